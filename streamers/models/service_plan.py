"""The service plan of a show: what a merchant promises the buyers, in versions that both sides agree to."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet
from products.models import Sku
from streamers.models.show import Show

LONGEST = 2_000


def hours(label, **options):
    """A span in whole hours, empty while nothing is promised yet."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2_400)], **options
    )


class ServicePlan(Record):
    """One version of what a merchant promises for a show (DB4401 6.2.2); agreed, it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("service plan", "draft")
        SUBMITTED = "submitted", _("waiting for our agreement")
        RETURNED = "returned", pgettext_lazy("service plan", "sent back")
        AGREED = "agreed", _("agreed by both")
        SUPERSEDED = "superseded", pgettext_lazy("service plan", "superseded")

    class ReturnWay(models.TextChoices):
        PICKUP = "pickup", _("picked up at the buyer's door")
        PREPAID = "prepaid", _("sent back at the merchant's cost")
        INSURED = "insured", _("sent back, return freight insured")
        BUYER = "buyer", _("sent back at the buyer's cost, unless the goods are at fault")

    class Rating(models.TextChoices):
        SUFFICIENT = "sufficient", _("sufficient")
        CONDITIONAL = "conditional", _("sufficient with conditions")
        LACKING = "lacking", _("not sufficient")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        agree=([State.SUBMITTED], State.AGREED),
        send_back=([State.SUBMITTED], State.RETURNED),
    )
    OPEN = [State.DRAFT, State.SUBMITTED, State.RETURNED]
    EDITABLE = [State.DRAFT, State.RETURNED]
    FROZEN = [State.AGREED, State.SUPERSEDED]
    CONTENT = [
        "ship_hours",
        "arrive_days",
        "carrier",
        "cold_chain",
        "installation",
        "logistics",
        "return_way",
        "return_hours",
        "return_terms",
        "complaint_process",
        "complaint_hours",
        "seats",
        "seats_trained",
        "service_hours",
        "answer_percent",
        "answer_seconds",
        "training",
        "guarantee",
    ]

    show = models.ForeignKey(
        Show, on_delete=models.PROTECT, related_name="service_plans", verbose_name=_("show")
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="service_plans", verbose_name=_("merchant")
    )
    number = models.PositiveIntegerField(_("version number"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)

    ship_hours = hours(_("ships within (hours)"), help_text=_("Goods in stock, counted from the payment."))
    arrive_days = models.PositiveSmallIntegerField(
        _("arrives within (days)"), null=True, blank=True, help_text=_("Counted from the shipping.")
    )
    carrier = models.CharField(_("carrier"), max_length=100, blank=True)
    cold_chain = models.BooleanField(_("cold chain"), default=False)
    installation = models.BooleanField(_("delivered with installation"), default=False)
    logistics = models.TextField(
        _("further on logistics"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Temperatures of a cold chain, who installs and when, regions that are not served."),
    )
    return_way = models.CharField(_("way of return"), max_length=20, choices=ReturnWay, blank=True)
    return_hours = hours(
        _("returns are settled within (hours)"), help_text=_("From the request to the refund or exchange.")
    )
    return_terms = models.TextField(
        _("terms of return and exchange"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Where seven days without reason do not apply, say why."),
    )
    complaint_process = models.TextField(
        _("complaint process"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Who takes a complaint in, who decides, to whom it goes next, and how the buyer learns."),
    )
    complaint_hours = hours(_("complaints are answered within (hours)"))
    seats = models.PositiveSmallIntegerField(
        _("customer-service seats"),
        null=True,
        blank=True,
        help_text=_("People answering at the same time in the busiest hour."),
    )
    seats_trained = models.PositiveSmallIntegerField(
        _("of these trained for this show"), null=True, blank=True
    )
    service_hours = models.CharField(
        _("service hours"), max_length=100, blank=True, help_text=_("Such as daily 9:00 to 24:00.")
    )
    answer_percent = models.PositiveSmallIntegerField(
        _("share answered in time (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    answer_seconds = models.PositiveSmallIntegerField(
        _("in time is within (seconds)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    training = models.TextField(
        _("training of the seats"),
        max_length=LONGEST,
        blank=True,
        help_text=_("What they were taught about these goods and this show, by whom and when."),
    )
    guarantee = models.TextField(
        _("after-sales guarantee plan"),
        max_length=LONGEST,
        blank=True,
        help_text=_("How questions on goods, after-sales, delivery and purchase are settled fast."),
    )

    # What the seats follow from, worked out anew at every save until both have agreed.
    seats_needed = models.PositiveIntegerField(_("seats needed"), default=0, editable=False)
    reasoning = models.JSONField(_("how the seats were worked out"), default=dict, editable=False)
    rating = models.CharField(_("our assessment"), max_length=20, choices=Rating, blank=True, editable=False)
    opinion = models.TextField(_("reasons of the assessment"), blank=True, editable=False)
    assessed_by = ActorField(pgettext_lazy("service plan", "assessed by"))
    assessed_at = models.DateTimeField(_("assessed at"), null=True, blank=True, editable=False)
    submitted_by = ActorField(_("agreed for the merchant by"))
    submitted_at = models.DateTimeField(_("merchant agreed at"), null=True, blank=True, editable=False)
    decided_by = ActorField(pgettext_lazy("service plan", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decision_note = models.TextField(_("our words"), blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("service plan")
        verbose_name_plural = _("service plans")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_serviceplan", _("Can agree to service plans for the merchant")),
            ("withdraw_serviceplan", _("Can withdraw service plans")),
            ("assess_serviceplan", _("Can assess the after-sales guarantee of service plans")),
            ("agree_serviceplan", _("Can agree to service plans for the agency")),
            ("send_back_serviceplan", _("Can send service plans back")),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="service_plan_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["show", "merchant", "number"],
                name="service_plan_number_once",
                violation_error_message=_("A version with this number is there already."),
            ),
            models.UniqueConstraint(
                fields=["show", "merchant"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_service_plan",
                violation_error_message=_("There is an open version already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=["show", "merchant"],
                condition=Q(state="agreed"),
                name="one_agreed_service_plan",
                violation_error_message=_("Both have agreed on a version already."),
            ),
            models.CheckConstraint(
                condition=Q(seats_trained=None) | Q(seats=None) | Q(seats_trained__lte=models.F("seats")),
                name="no_more_trained_than_seats",
                violation_error_message=_("No more seats can be trained than there are."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "superseded"])
                | Q(submitted_at__isnull=False, decided_at__isnull=False),
                name="agreed_service_plan_says_when",
                violation_error_message=_("An agreed plan says when each side agreed."),
            ),
        ]

    def __str__(self):
        return f"{self.show.code} · {self.merchant} v{self.number}"

    @property
    def editable(self):
        """Whether its words may still change."""
        return self.state in self.EDITABLE

    def clean(self):
        """What both agreed on never changes."""
        if self.pk:
            frozen = ServicePlan._base_manager.filter(pk=self.pk, state__in=self.FROZEN)
            stored = frozen.values(*self.CONTENT).first()
            if stored and stored != {name: getattr(self, name) for name in self.CONTENT}:
                raise ValidationError(_("Both agreed on this version: amend it by a new one."), code="frozen")


class PlanLineQuerySet(OwnedQuerySet):
    """Lines of service plans: seen by whom the plan is."""

    owner = "plan__merchant"


class PlanLine(Record):
    """How much of a SKU a merchant has for the show, in stock and on presale, and when presale goods ship."""

    plan = models.ForeignKey(
        ServicePlan, on_delete=models.PROTECT, related_name="lines", verbose_name=_("service plan")
    )
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="plan_lines", verbose_name=_("SKU"))
    spot = models.PositiveIntegerField(_("spot quantity"), default=0)
    presale = models.PositiveIntegerField(_("presale quantity"), default=0)
    ships_on = models.DateField(_("presale ships by"), null=True, blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("quantity of a service plan")
        verbose_name_plural = _("quantities of a service plan")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sku"],
                name="sku_once_a_service_plan",
                violation_error_message=_("This SKU stands in the plan already."),
            )
        ]

    def __str__(self):
        return str(self.sku)

    @property
    def merchant_id(self):
        """Whose people write it."""
        return self.plan.merchant_id
