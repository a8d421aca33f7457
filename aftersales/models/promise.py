"""Service promises: the catalogue, and what each merchant promises its buyers."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet
from merchants.models import Merchant, OwnedQuerySet
from products.models import Product

LONGEST = 2_000


def money(label, **options):
    """An amount in yuan."""
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, validators=[MinValueValidator(0)], **options
    )


class PromiseKind(Record):
    """One kind of promise: owed by law or given beyond it; the catalogue from which merchants promise."""

    LATE_SHIPPING = "late_shipping"
    PRICE_PROTECTION = "price_protection"

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    by_law = models.BooleanField(_("owed by law"), default=False)
    description = models.TextField(_("what the buyer gets"), max_length=LONGEST)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    asks_days = models.BooleanField(
        _("names a number of days"), default=False, help_text=_("Such as the days of price protection.")
    )
    ended_on = models.DateField(_("not offered any more from"), null=True, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of promise")
        verbose_name_plural = _("kinds of promises")
        ordering = ["-by_law", "id"]
        default_permissions = ["add", "change", "view"]

    def __str__(self):
        return self.name


class ServicePromise(Record):
    """What a merchant promises the buyers of its goods, reviewed by the agency before it is shown."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("promise", "draft")
        SUBMITTED = "submitted", pgettext_lazy("promise", "waiting for our review")
        RETURNED = "returned", pgettext_lazy("promise", "sent back")
        IN_FORCE = "in_force", pgettext_lazy("promise", "in force")
        SUSPENDED = "suspended", pgettext_lazy("promise", "suspended")
        ENDED = "ended", pgettext_lazy("promise", "ended")

    class Capacity(models.TextChoices):
        SUFFICIENT = "sufficient", pgettext_lazy("capacity", "can keep it")
        CONDITIONAL = "conditional", pgettext_lazy("capacity", "can keep it within limits")
        LACKING = "lacking", pgettext_lazy("capacity", "cannot keep it")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        approve=([State.SUBMITTED], State.IN_FORCE),
        send_back=([State.SUBMITTED], State.RETURNED),
        suspend=([State.IN_FORCE], State.SUSPENDED),
        resume=([State.SUSPENDED], State.IN_FORCE),
        end=([State.IN_FORCE, State.SUSPENDED], State.ENDED),
    )
    EDITABLE = [State.DRAFT, State.RETURNED]
    OPEN = [*EDITABLE, State.SUBMITTED]
    FROZEN = [State.IN_FORCE, State.SUSPENDED, State.ENDED]
    CONTENT = [
        "wording",
        "days",
        "compensation",
        "percent",
        "least",
        "most",
        "resources",
        "valid_from",
        "valid_to",
    ]

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="promises", verbose_name=_("merchant")
    )
    kind = models.ForeignKey(
        PromiseKind, on_delete=models.PROTECT, related_name="promises", verbose_name=_("kind of promise")
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("product"),
        help_text=_("Empty for all goods of the merchant."),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    wording = models.TextField(
        pgettext_lazy("promise", "wording"),
        max_length=LONGEST,
        help_text=_("What the buyer gets, when and how, in plain numbers; no “as soon as possible”."),
    )
    days = models.PositiveSmallIntegerField(
        pgettext_lazy("promise", "days"),
        null=True,
        blank=True,
        help_text=_("Where the kind names a number of days."),
    )
    compensation = models.TextField(_("compensation if it is broken"), max_length=LONGEST, blank=True)
    percent = models.DecimalField(
        _("share of the amount paid (%)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1_000)],
        help_text=_("Works out the compensation of each case; empty where it is not money."),
    )
    least = money(_("at least (yuan)"), null=True, blank=True)
    most = money(_("at most (yuan)"), null=True, blank=True)
    resources = models.TextField(
        _("how it is kept"),
        max_length=LONGEST,
        blank=True,
        help_text=_("People, stock, partners and steps by which the merchant keeps it."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Inclusive; empty until it is ended.")
    )

    hits = models.JSONField(_("found by the claim scan"), default=list, blank=True, editable=False)
    submitted_by = ActorField(pgettext_lazy("promise", "submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    capacity = models.CharField(
        pgettext_lazy("promise", "our review of the capacity"),
        max_length=20,
        choices=Capacity,
        blank=True,
        editable=False,
    )
    opinion = models.TextField(pgettext_lazy("promise", "reasons of the review"), blank=True, editable=False)
    decided_by = ActorField(pgettext_lazy("promise", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("service promise")
        verbose_name_plural = _("service promises")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_servicepromise", _("Can submit service promises")),
            ("withdraw_servicepromise", _("Can withdraw service promises")),
            ("approve_servicepromise", _("Can approve service promises")),
            ("send_back_servicepromise", _("Can send service promises back")),
            ("suspend_servicepromise", _("Can suspend service promises")),
            ("resume_servicepromise", _("Can put service promises in force again")),
            ("end_servicepromise", _("Can end service promises")),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="promise_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="promise_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")),
                name="promise_most_not_below_least",
                violation_error_message=_("The highest compensation cannot be below the lowest."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "suspended", "ended"]) | Q(decided_at__isnull=False),
                name="promise_in_force_says_when",
                violation_error_message=_("A promise in force says when it was approved."),
            ),
        ]

    def __str__(self):
        return f"{self.merchant} · {self.kind}"

    @property
    def editable(self):
        """Whether its words may still change."""
        return self.state in self.EDITABLE

    def clean(self):
        """It is about goods of its merchant, and what is in force never changes."""
        if self.product_id and self.product.merchant_id != self.merchant_id:
            raise ValidationError({"product": _("The product belongs to another merchant.")})
        if self.pk:
            frozen = ServicePromise._base_manager.filter(pk=self.pk, state__in=self.FROZEN)
            stored = frozen.values(*self.CONTENT).first()
            # The last day is set when it ends.
            now = {name: getattr(self, name) for name in self.CONTENT} | {"valid_to": None}
            if stored and stored | {"valid_to": None} != now:
                said = _("A promise in force never changes: end it and make a new one.")
                raise ValidationError(said, code="frozen")

    def covers(self, product_id, on):
        """Whether it holds for a product on a day."""
        in_time = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return in_time and self.product_id in (None, product_id)
