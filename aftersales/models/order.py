"""What a buyer ordered in or beside a show, as the platform tells it, and by when it has to be shipped."""

import datetime
from decimal import Decimal

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.agency.models import Platform
from mcn.kit.clock import SHANGHAI
from mcn.kit.identity import compact
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField, KeyedHashField
from mcn.kit.records import Record
from merchants.models import Merchant, OwnedQuerySet
from streamers.models import Show

NOTHING = Decimal("0.00")
SECOND = datetime.timedelta(seconds=1)
# So many digits of a masked phone have to be there, for it to be told apart from others.
FEWEST_DIGITS = 7


def about_the_buyer(label, longest):
    """A column about who bought: encrypted, and of a bounded length, which a text column leaves open."""
    return EncryptedField(label, max_length=longest, blank=True, validators=[MaxLengthValidator(longest)])


class OrderQuerySet(OwnedQuerySet):
    """Orders."""

    def to_ship(self):
        """Those that the merchant still owes its carrier."""
        return self.filter(state=Order.State.PAID)

    def late(self, at):
        """Those that should have been shipped before a moment and were not."""
        return self.to_ship().filter(ship_by__lt=at)


class Order(Record):
    """One order of a platform, unique by platform and number; who bought lies encrypted in it."""

    class State(models.TextChoices):
        PAID = "paid", _("paid, to be shipped")
        SHIPPED = "shipped", pgettext_lazy("order", "shipped")
        RECEIVED = "received", pgettext_lazy("order", "received")
        CLOSED = "closed", pgettext_lazy("order", "closed")

    class Basis(models.TextChoices):
        PROMISE = "promise", _("promised to this buyer")
        PLAN = "plan", _("promised in the service plan of the show")
        RULE = "rule", _("nothing was promised: working days from the payment")
        UNKNOWN = "unknown", _("the official calendar of these days is not known yet")

    MOVES = Moves(
        ship=([State.PAID], State.SHIPPED),
        receive=([State.SHIPPED], State.RECEIVED),
        close=([State.PAID, State.SHIPPED, State.RECEIVED], State.CLOSED),
    )

    VERB_LABELS = {"ship": pgettext_lazy("order", "shipped")}

    platform = models.ForeignKey(
        Platform,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("platform"),
        # The constraint on platform and number has an index that begins with it.
        db_index=False,
    )
    number = models.CharField(_("order number"), max_length=40)
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name=_("merchant"),
        # orders_of_a_merchant begins with it.
        db_index=False,
    )
    show = models.ForeignKey(
        Show,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("show"),
        help_text=_("The one it was sold in."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PAID, editable=False)

    buyer_name = about_the_buyer(_("buyer's name"), 100)
    buyer_phone = about_the_buyer(_("buyer's phone"), 40)
    buyer_phone_hash = KeyedHashField(source="buyer_phone")
    buyer_address = about_the_buyer(_("delivery address"), 300)

    paid_at = models.DateTimeField(_("paid at"))
    amount = models.DecimalField(
        _("amount paid"), max_digits=12, decimal_places=2, validators=[MinValueValidator(NOTHING)]
    )
    promised_on = models.DateField(
        _("promised to ship by"),
        null=True,
        blank=True,
        help_text=_("Inclusive; empty where the platform names no day."),
    )
    # Worked out by the verbs: of a promise, of the show's service plan, or of working days.
    ship_by = models.DateTimeField(_("ship by"), null=True, blank=True, editable=False)
    ship_by_basis = models.CharField(
        _("basis of the deadline"), max_length=10, choices=Basis, default=Basis.UNKNOWN, editable=False
    )
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True, editable=False)
    received_at = models.DateTimeField(
        pgettext_lazy("order", "received at"), null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    purged_at = models.DateTimeField(_("removed after its term at"), null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = pgettext_lazy("order", "orders")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("ship_order", _("Can mark orders as shipped")),
            ("receive_order", _("Can mark orders as received")),
            ("close_order", _("Can close orders")),
            ("reveal_order", _("Can see buyers in clear")),
        ]
        indexes = [
            models.Index(fields=["merchant", "-id"], name="orders_of_a_merchant"),
            models.Index(fields=["ship_by"], name="order_to_ship", condition=Q(state="paid")),
            models.Index(
                fields=["merchant", "ship_by"], name="order_a_merchant_owes", condition=Q(state="paid")
            ),
            models.Index(fields=["number"], name="order_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "number"],
                name="order_number_once_a_platform",
                violation_error_message=_("There is an order with this number on this platform already."),
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(buyer_name="", buyer_phone="", buyer_address=""),
                name="purged_order_names_nobody",
                violation_error_message=_("The buyer of this order was removed after the term of keeping."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="order_amount_not_negative",
                violation_error_message=_("The amount of an order is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(ship_by=None, ship_by_basis="unknown")
                | (Q(ship_by__isnull=False) & ~Q(ship_by_basis="unknown")),
                name="order_deadline_has_a_basis",
                violation_error_message=_("A shipping deadline says what it rests on."),
            ),
            models.CheckConstraint(
                condition=~Q(state="shipped") | Q(shipped_at__isnull=False),
                name="shipped_order_says_when",
                violation_error_message=_("A shipped order says when it was shipped."),
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(received_at__isnull=False),
                name="received_order_says_when",
                violation_error_message=_("A received order says when it was received."),
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(shipped_at=None) | Q(received_at__gte=F("shipped_at")),
                name="order_received_after_shipping",
                violation_error_message=_("An order is received after it was shipped."),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def deadline_text(self):
        """By when it ships, in words: a day that is over at midnight is told as that day."""
        if self.ship_by is None:
            return _("calendar not known")
        moment = self.ship_by.astimezone(SHANGHAI)
        if (moment.hour, moment.minute) == (0, 0):
            return f"{moment - SECOND:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M}"

    def standing(self, at):
        """How it stands against its deadline at a moment: done, open, late, or not to be told."""
        if self.state != self.State.PAID:
            return "done"
        if self.ship_by is None:
            return "unknown"
        return "late" if self.ship_by < at else "open"

    @property
    def shipped_in_time(self):
        """Whether it was shipped by its deadline; None where it was not shipped or has none."""
        if self.shipped_at is None or self.ship_by is None:
            return None
        return self.shipped_at <= self.ship_by

    def is_of(self, phone):
        """Whether this is the buyer's phone: the stored one, or one that fits what the platform masked."""
        asked, stored = compact(phone), compact(self.buyer_phone)
        if not asked or not stored or "*" in asked:
            return False
        if "*" not in stored:
            return asked == stored
        start, end = stored.split("*", 1)[0], stored.rsplit("*", 1)[1]
        fits = len(asked) == len(stored) and asked.startswith(start) and asked.endswith(end)
        return fits and len(start) + len(end) >= FEWEST_DIGITS
