"""Price protection: a buyer's claim for the difference to a lower price, worked out, explained and paid."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.order_line import OrderLine
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class PriceClaimQuerySet(OwnedQuerySet):
    """Claims: seen by whom the order is."""

    owner = "line__order__merchant"


class PriceClaim(Record):
    """One claim for one line of an order: what was paid, the lowest price since, and what is owed."""

    class State(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("price claim", "granted, to be paid")
        REFUSED = "refused", pgettext_lazy("price claim", "not granted")
        PAID = "paid", pgettext_lazy("price claim", "paid")
        CANCELLED = "cancelled", pgettext_lazy("price claim", "cancelled")

    class Reason(models.TextChoices):
        OWED = "owed", pgettext_lazy("price claim", "the price fell within the days")
        NOT_PROTECTED = "not_protected", pgettext_lazy("price claim", "the goods have no price protection")
        TOO_LATE = "too_late", pgettext_lazy("price claim", "the days of price protection are over")
        NOT_LOWER = "not_lower", pgettext_lazy("price claim", "the price was not lower since")
        SETTLED = "settled", pgettext_lazy("price claim", "this difference was settled already")
        NO_SKU = "no_sku", pgettext_lazy("price claim", "the goods of the line are not known to us")

    class Channel(models.TextChoices):
        BUYER = "buyer", pgettext_lazy("price claim", "by the buyer")
        AGENT = "agent", pgettext_lazy("price claim", "by an agent")

    MOVES = Moves(
        pay=([State.GRANTED], State.PAID),
        cancel=([State.GRANTED], State.CANCELLED),
    )

    VERB_LABELS = {"pay": pgettext_lazy("price claim", "paid")}

    code = models.CharField(_("claim number"), max_length=12, unique=True, editable=False)
    line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, related_name="price_claims", verbose_name=_("line of an order")
    )
    channel = models.CharField(
        pgettext_lazy("price claim", "applied for"), max_length=10, choices=Channel, default=Channel.AGENT
    )
    state = models.CharField(_("state"), max_length=12, choices=State, editable=False)
    reason = models.CharField(
        pgettext_lazy("price claim", "outcome"), max_length=20, choices=Reason, editable=False
    )
    applied_at = models.DateTimeField(_("applied at"), editable=False)
    days = models.PositiveSmallIntegerField(_("days of price protection"), default=0, editable=False)
    until_on = models.DateField(_("protected until"), null=True, blank=True, editable=False)
    unit_paid = models.DecimalField(_("paid per piece"), max_digits=12, decimal_places=2, editable=False)
    lowest = models.DecimalField(
        _("lowest price since"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    amount = models.DecimalField(
        _("difference owed"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        editable=False,
    )
    reasoning = models.JSONField(_("how it was worked out"), default=list, blank=True, editable=False)
    due_at = models.DateTimeField(_("to be paid by"), null=True, blank=True, editable=False)
    paid_by = ActorField(_("paid by"))
    paid_at = models.DateTimeField(
        pgettext_lazy("price claim", "paid at"), null=True, blank=True, editable=False
    )
    reference = models.CharField(_("payment reference"), max_length=100, blank=True, editable=False)

    objects = PriceClaimQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("price protection", "price claim")
        verbose_name_plural = _("price claims")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("pay_priceclaim", _("Can pay price claims")),
            ("work_out_priceclaim", _("Can work out price claims anew")),
            ("cancel_priceclaim", _("Can cancel price claims")),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="granted"), name="price_claim_to_pay")]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state="granted"),
                name="one_open_price_claim_a_line",
                violation_error_message=_("A claim for these goods waits for its payment already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "paid"]) | Q(amount__gt=0),
                name="granted_price_claim_owes_something",
                violation_error_message=_("A granted claim owes something."),
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | (Q(paid_at__isnull=False) & ~Q(reference="")),
                name="paid_price_claim_says_how",
                violation_error_message=_("A paid claim says when and how it was paid."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.line.order.merchant_id
