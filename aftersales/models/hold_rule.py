"""What of complaints and recalls stops a product, a streamer or a merchant."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.complaint_kinds import Nature
from mcn.evidence.models import DocumentField
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.visibility import SharedQuerySet
from merchants.models import MerchantHold, OwnedQuerySet
from products.models import Product, ProductHold
from streamers.models import StreamerHold


class HoldRuleQuerySet(SharedQuerySet):
    """Rules with the days on which they are in force."""

    def in_force(self, on):
        """Those in force on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class HoldRule(Record):
    """So many upheld complaints of a nature within so many days hold what they are about."""

    class Subject(models.TextChoices):
        PRODUCT = "product", _("product")
        STREAMER = "streamer", _("streamer")
        MERCHANT = "merchant", _("merchant")

    subject = models.CharField(_("holds the"), max_length=10, choices=Subject)
    nature = models.CharField(_("nature of the complaints"), max_length=20, choices=Nature)
    count = models.PositiveSmallIntegerField(
        _("upheld complaints"), default=3, validators=[MinValueValidator(1)]
    )
    days = models.PositiveSmallIntegerField(
        _("within days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    clause = models.CharField(_("clause"), max_length=40, default="DB4401 6.4.1 e")
    source = models.CharField(_("source"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Inclusive."))

    objects = HoldRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for holds")
        verbose_name_plural = _("rules for holds")
        ordering = ["subject", "nature", "-valid_from"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "nature", "valid_from"],
                name="hold_rule_once_a_day",
                violation_error_message=_("A rule for these complaints begins on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="hold_rule_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_subject_display()} · {self.get_nature_display()} ≥ {self.count}"


class RecallQuerySet(OwnedQuerySet):
    """Recalls: the merchant of the product sees them."""

    owner = "product__merchant"


class Recall(Record):
    """A recall of a product by its producer or an authority: it is sold in no show until it is over."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("recall", "under way")
        ENDED = "ended", pgettext_lazy("recall", "ended")

    MOVES = Moves(end=([State.OPEN], State.ENDED))

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="recalls", verbose_name=_("product")
    )
    announced_by = models.CharField(_("announced by"), max_length=120)
    number = models.CharField(_("number of the announcement"), max_length=80, blank=True)
    announced_on = models.DateField(_("announced on"))
    batches = models.CharField(
        _("batches"), max_length=300, blank=True, help_text=_("Empty where all of it is recalled.")
    )
    reason = models.TextField(_("defect and danger"), max_length=2_000)
    remedy = models.TextField(
        _("what buyers are offered"), max_length=2_000, help_text=_("Refund, exchange, repair, and how.")
    )
    document = DocumentField(_("announcement"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    entered_by = ActorField(_("entered by"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    result = models.TextField(_("what came of it"), max_length=2_000, blank=True, editable=False)

    objects = RecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [("end_recall", _("Can end a recall"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="ended_recall_says_what_came",
                violation_error_message=_("A recall that ended says when and what came of it."),
            )
        ]

    def __str__(self):
        return f"{self.product} {self.announced_on:%Y-%m-%d}"


class RuledHold(Record):
    """A hold that a rule or a recall placed, and what it rests on; looked at before another is placed."""

    rule = models.ForeignKey(
        HoldRule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placed",
        verbose_name=_("rule for holds"),
    )
    recall = models.ForeignKey(
        Recall,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placed",
        verbose_name=_("recall"),
    )
    subject_id = models.BigIntegerField(_("what is held"))
    placed_at = models.DateTimeField(_("placed at"))
    complaints = models.JSONField(_("complaints"), default=list, blank=True)
    product_hold = models.ForeignKey(
        ProductHold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hold on the product"),
    )
    streamer_hold = models.ForeignKey(
        StreamerHold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hold on the streamer"),
    )
    merchant_hold = models.ForeignKey(
        MerchantHold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hold on the merchant"),
    )

    class Meta:
        verbose_name = _("hold by rule")
        verbose_name_plural = _("holds by rule")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["rule", "subject_id", "-placed_at"], name="hold_by_a_rule")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__isnull=False, recall=None) | Q(rule=None, recall__isnull=False),
                name="ruled_hold_says_why",
                violation_error_message=_("It rests on a rule or on a recall."),
            ),
            models.CheckConstraint(
                condition=Q(product_hold__isnull=False)
                | Q(streamer_hold__isnull=False)
                | Q(merchant_hold__isnull=False),
                name="ruled_hold_holds",
                violation_error_message=_("It holds a product, a streamer or a merchant."),
            ),
        ]

    def __str__(self):
        return f"{self.rule or self.recall}"

    @property
    def hold(self):
        """The hold that was placed."""
        return self.product_hold or self.streamer_hold or self.merchant_hold
