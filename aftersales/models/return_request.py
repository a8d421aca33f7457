"""Returns, exchanges and refunds: what a buyer asked for, why, what is due by law, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.guarantee import Reason
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.privacy import ConcealedTextField, EncryptedField
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet
from products.models import Sku


class ReturnRequest(Record):
    """One request of a buyer about goods of an order, from the asking to the money or the new goods."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("refund only")
        RETURN = "return", _("return and refund")
        EXCHANGE = "exchange", pgettext_lazy("return request", "exchange")

    class Channel(models.TextChoices):
        CONSUMER = "consumer", _("buyer's own page")
        STAFF = "staff", _("taken down by customer service")
        API = "api", _("by a program")

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for the merchant")
        APPROVED = "approved", _("approved, goods to be sent back")
        SENT = "sent", _("goods on their way back")
        ARRIVED = "arrived", _("goods are back")
        DISPUTED = "disputed", _("disputed")
        REFUSED = "refused", pgettext_lazy("return request", "refused")
        REFUNDED = "refunded", _("refunded")
        EXCHANGED = "exchanged", _("exchanged")
        CANCELLED = "cancelled", _("withdrawn by the buyer")

    MOVES = Moves(
        approve=([State.ASKED], State.APPROVED),
        refuse=([State.ASKED, State.ARRIVED], State.REFUSED),
        send=([State.APPROVED], State.SENT),
        arrive=([State.APPROVED, State.SENT], State.ARRIVED),
        dispute=([State.REFUSED, State.ARRIVED], State.DISPUTED),
        award=([State.DISPUTED], State.APPROVED),
        dismiss=([State.DISPUTED], State.REFUSED),
        refund=([State.ASKED, State.APPROVED, State.ARRIVED], State.REFUNDED),
        replace=([State.ARRIVED], State.EXCHANGED),
        cancel=([State.ASKED, State.APPROVED, State.REFUSED], State.CANCELLED),
    )
    VERB_LABELS = {
        "approve": pgettext_lazy("return request", "approved"),
        "refuse": pgettext_lazy("return request", "refused"),
        "send": _("goods sent back"),
        "arrive": _("goods back at the merchant's"),
        "dispute": _("dispute opened"),
        "award": _("decided for the buyer"),
        "dismiss": _("decided for the merchant"),
        "refund": _("refunded"),
        "advance": _("refund advanced by the agency"),
        "replace": _("new goods sent"),
        "weigh": _("facts weighed"),
        "cancel": _("withdrawn by the buyer"),
    }
    OPEN = [State.ASKED, State.APPROVED, State.SENT, State.ARRIVED, State.DISPUTED]
    # Where the merchant has to act next.
    MERCHANTS_TURN = [State.ASKED, State.ARRIVED]

    class Way(models.TextChoices):
        PICKUP = "pickup", _("picked up at the buyer's door")
        POST = "post", _("sent by the buyer")
        DOOR = "door", _("refused at the door or called back")

    code = models.CharField(_("return number"), max_length=12, unique=True, editable=False)
    order = models.ForeignKey(
        "aftersales.Order", on_delete=models.PROTECT, related_name="returns", verbose_name=_("order")
    )
    line = models.ForeignKey(
        "aftersales.OrderLine", on_delete=models.PROTECT, related_name="returns", verbose_name=_("goods")
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="returns", verbose_name=_("merchant"), editable=False
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    kind = models.CharField(pgettext_lazy("return request", "asked for"), max_length=20, choices=Kind)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    words = ConcealedTextField(_("in the buyer's words"), max_length=2_000, blank=True)
    intact = models.BooleanField(_("complete and unharmed"), default=True)
    # What is found out about the goods and the order later, and weighed into the entitlement.
    confirmed = models.BooleanField(
        _("buyer confirmed the exception at the order"), default=False, editable=False
    )
    misuse = models.BooleanField(_("caused by the buyer's own use"), default=False, editable=False)
    same_model = models.BooleanField(_("same model to be had"), default=True, editable=False)
    amount = models.DecimalField(_("amount asked for (yuan)"), max_digits=12, decimal_places=2)
    wanted = models.ForeignKey(
        Sku,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wanted instead"),
        help_text=_("Another model or size; empty for the same."),
    )
    channel = models.CharField(
        _("came by"), max_length=20, choices=Channel, default=Channel.CONSUMER, editable=False
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED, editable=False)

    asked_at = models.DateTimeField(_("asked for at"), editable=False)
    promised_hours = models.PositiveSmallIntegerField(
        _("hours promised in the service plan"), null=True, blank=True, editable=False
    )
    entitlement = models.JSONField(_("entitlement and reasons"), default=dict, blank=True, editable=False)
    entitled = models.BooleanField(_("due by law"), default=False, editable=False)
    good_standing = models.BooleanField(_("buyer in good standing"), default=False, editable=False)

    way = models.CharField(_("way back"), max_length=20, choices=Way, blank=True, editable=False)
    return_to = EncryptedField(_("where to send the goods"), blank=True, editable=False)
    pickup_on = models.DateField(_("picked up on"), null=True, blank=True, editable=False)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True, editable=False)
    parcel = models.CharField(
        pgettext_lazy("return request", "tracking number"), max_length=60, blank=True, editable=False
    )
    insured = models.DecimalField(
        _("insured for (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    insure = models.BooleanField(_("to be insured on its way back"), default=False, editable=False)
    sent_at = models.DateTimeField(_("sent back at"), null=True, blank=True, editable=False)
    arrived_at = models.DateTimeField(_("goods arrived at"), null=True, blank=True, editable=False)
    condition = ConcealedTextField(_("condition on arrival"), max_length=2_000, blank=True, editable=False)

    decided_by = ActorField(pgettext_lazy("return request", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decision = ConcealedTextField(_("words of the decision"), max_length=2_000, blank=True, editable=False)
    advanced = models.BooleanField(_("advanced by the agency"), default=False, editable=False)
    refunded_at = models.DateTimeField(_("refunded at"), null=True, blank=True, editable=False)
    refunded = models.DecimalField(
        _("amount refunded (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True, editable=False
    )
    refund_reference = models.CharField(_("payment reference"), max_length=80, blank=True, editable=False)
    sent_again = models.CharField(_("parcel with the new goods"), max_length=80, blank=True, editable=False)
    replaced_on = models.DateField(_("exchanged on"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("return request")
        verbose_name_plural = _("return requests")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("approve_returnrequest", _("Can approve returns")),
            ("refuse_returnrequest", _("Can refuse returns")),
            ("send_returnrequest", _("Can note that goods were sent back")),
            ("arrive_returnrequest", _("Can note that goods are back")),
            ("dispute_returnrequest", _("Can open disputes about returns")),
            ("weigh_returnrequest", _("Can weigh what was found out about returns")),
            ("award_returnrequest", _("Can decide disputes for the buyer")),
            ("dismiss_returnrequest", _("Can decide disputes for the merchant")),
            ("refund_returnrequest", _("Can refund")),
            ("advance_returnrequest", _("Can advance refunds for the agency")),
            ("replace_returnrequest", _("Can send new goods")),
            ("cancel_returnrequest", _("Can withdraw returns for the buyer")),
            ("reveal_returnrequest", _("Can see personal data of returns in clear")),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="return_waiting"),
            models.Index(fields=["merchant", "-id"], name="return_of_a_merchant"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state__in=["asked", "approved", "sent", "arrived", "disputed"]),
                name="one_open_return",
                violation_error_message=_("A request about these goods is open already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(refunded=None) | Q(refunded__gte=0)),
                name="return_amounts",
                violation_error_message=_("Amounts are not below nothing."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="return_of_something",
                violation_error_message=_("At least one piece goes back."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refunded") | Q(refunded_at__isnull=False, refunded__isnull=False),
                name="refunded_return_says_how_much",
                violation_error_message=_("A refund says how much went back and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="exchanged") | Q(replaced_on__isnull=False),
                name="exchanged_return_says_when",
                violation_error_message=_("An exchange says when the new goods were sent."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("asked_at")),
                name="return_closed_after_asked",
                violation_error_message=_("A request cannot end before it was made."),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def is_open(self):
        return self.state in self.OPEN
