"""Parcels of orders and what their carriers tell of them, until somebody has received them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.order import Order
from mcn.evidence.models import DocumentField
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet


class ParcelQuerySet(OwnedQuerySet):
    """Parcels: seen by whom the order is."""

    owner = "order__merchant"

    def under_way(self):
        """Those that have been handed over and are not yet at their end."""
        return self.filter(state__in=Parcel.UNDER_WAY)

    def without_proof(self):
        """Those of which no slip is kept, or not said whether the buyer looked inside."""
        return self.filter(Q(receipt=None) | Q(inspected=None))


class Parcel(Record):
    """What a carrier takes to the buyer, with the last that was heard of it and the proof of its receipt."""

    class State(models.TextChoices):
        SHIPPED = "shipped", pgettext_lazy("parcel", "handed over")
        MOVING = "moving", _("under way")
        DELIVERING = "delivering", _("being delivered")
        RECEIVED = "received", pgettext_lazy("parcel", "received")
        RETURNED = "returned", _("went back")

    VERB_LABELS = {"ship": _("handed to the carrier"), "pack": _("parcel added")}
    UNDER_WAY = [State.SHIPPED, State.MOVING, State.DELIVERING]

    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="parcels",
        verbose_name=_("order"),
        # The constraint on order and number has an index that begins with it.
        db_index=False,
    )
    carrier = models.CharField(_("carrier"), max_length=60)
    number = models.CharField(_("waybill number"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SHIPPED, editable=False)
    shipped_at = models.DateTimeField(_("shipped at"))
    heard_at = models.DateTimeField(_("last heard of"), editable=False)
    received_at = models.DateTimeField(
        pgettext_lazy("order", "received at"), null=True, blank=True, editable=False
    )
    damaged_at = models.DateTimeField(_("damage reported at"), null=True, blank=True, editable=False)

    # Proof of receipt: the signed slip or photograph, and whether the buyer looked inside first.
    receipt = DocumentField(_("proof of receipt"))
    inspected = models.BooleanField(
        _("opened and looked at on receipt"), null=True, blank=True, help_text=_("Asked of valuable goods.")
    )

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("prove_parcel", _("Can add proof of receipt to parcels"))]
        indexes = [
            models.Index(fields=["number"], name="parcel_by_number"),
            models.Index(
                fields=["heard_at"],
                name="parcel_under_way",
                condition=Q(state__in=["shipped", "moving", "delivering"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"],
                name="waybill_once_an_order",
                violation_error_message=_("This order has a parcel with this number already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(received_at__isnull=False),
                name="received_parcel_says_when",
                violation_error_message=_("A received parcel says when it was received."),
            ),
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(received_at__gte=F("shipped_at")),
                name="parcel_received_after_shipping",
                violation_error_message=_("A parcel is received after it was shipped."),
            ),
        ]

    def __str__(self):
        return f"{self.carrier} {self.number}"

    @property
    def merchant_id(self):
        """Whose people work with it."""
        return self.order.merchant_id


class TrackingEventQuerySet(OwnedQuerySet):
    """Tracking events: seen by whom the order is."""

    owner = "parcel__order__merchant"


class TrackingEvent(Record):
    """What a carrier said of a parcel at a moment; written once and never changed."""

    audited = False

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("taken over by the carrier")
        MOVING = "moving", pgettext_lazy("tracking", "under way")
        DELIVERING = "delivering", pgettext_lazy("tracking", "out for delivery")
        RECEIVED = "received", pgettext_lazy("tracking", "signed for")
        DAMAGED = "damaged", pgettext_lazy("tracking", "damaged")
        PROBLEM = "problem", pgettext_lazy("tracking", "trouble")
        RETURNED = "returned", pgettext_lazy("tracking", "going back")

    parcel = models.ForeignKey(
        Parcel,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("parcel"),
        # The constraint has an index that begins with it.
        db_index=False,
    )
    happened_at = models.DateTimeField(_("when"))
    kind = models.CharField(pgettext_lazy("tracking", "what"), max_length=10, choices=Kind)
    place = models.CharField(pgettext_lazy("tracking", "where"), max_length=100, blank=True)
    text = models.CharField(_("carrier's words"), max_length=300, blank=True)

    objects = TrackingEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("tracking event")
        verbose_name_plural = _("tracking events")
        ordering = ["happened_at", "id"]
        default_permissions = ["add", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "happened_at", "kind"],
                name="tracking_event_once",
                violation_error_message=_("This event is there already."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.place}".strip()

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.parcel.merchant_id
