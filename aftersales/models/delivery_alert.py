"""What is wrong on the way to the buyer and on receipt, from the moment it was found to its end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.order import Order
from aftersales.models.parcel import Parcel
from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class DeliveryAlertQuerySet(OwnedQuerySet):
    """Alerts about deliveries: seen by whom the order is."""

    owner = "order__merchant"

    def open(self):
        """Those that still wait for somebody."""
        return self.filter(state=DeliveryAlert.State.OPEN)


class DeliveryAlert(Record):
    """That an order is late, a parcel stuck or damaged, or a dear one unproven (EJAS 6.2.1.2, 6.2.3.1)."""

    class Kind(models.TextChoices):
        LATE = "late", _("not shipped in time")
        STUCK = "stuck", _("no news of the parcel")
        DAMAGED = "damaged", _("damaged on its way")
        UNPROVEN = "unproven", _("valuable goods without proof of receipt")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("alert", "open")
        SETTLED = "settled", pgettext_lazy("alert", "settled")

    MOVES = Moves(settle=([State.OPEN], State.SETTLED))

    kind = models.CharField(pgettext_lazy("alert", "what is wrong"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="delivery_alerts", verbose_name=_("order")
    )
    parcel = models.ForeignKey(
        Parcel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delivery_alerts",
        verbose_name=_("parcel"),
    )
    raised_at = models.DateTimeField(_("raised at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = ActorField(_("settled by"))
    outcome = models.TextField(_("how it was settled"), blank=True, editable=False)

    objects = DeliveryAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery alert")
        verbose_name_plural = _("delivery alerts")
        ordering = ["-raised_at", "-id"]
        default_permissions = ["view"]
        permissions = [("settle_deliveryalert", _("Can settle delivery alerts"))]
        indexes = [
            models.Index(fields=["kind", "raised_at"], name="delivery_alert_open", condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(state="open", parcel=None),
                name="one_open_alert_an_order",
                violation_error_message=_("This is known of the order already."),
            ),
            models.UniqueConstraint(
                fields=["parcel", "kind"],
                condition=Q(state="open", parcel__isnull=False),
                name="one_open_alert_a_parcel",
                violation_error_message=_("This is known of the parcel already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(settled_at__isnull=False),
                name="settled_alert_says_when",
                violation_error_message=_("A settled alert says when."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.order}"

    @property
    def merchant_id(self):
        """Whose people are asked to act."""
        return self.order.merchant_id
