"""What deliveries put on a person's start page."""

from django.utils.translation import gettext_lazy as _

from aftersales.models import DeliveryAlert, Order
from aftersales.rules.ship_by import due_soon
from mcn.kit import clock
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, pile, waited

Kind = DeliveryAlert.Kind


def work(user, on):
    """Late, stuck and damaged deliveries for whoever settles them; orders due, or without a calendar."""
    if user.has_perm("aftersales.settle_deliveryalert"):
        yield from _alerts(on)
    if user.has_perm("aftersales.change_order"):
        yield from _orders()


def _alerts(on):
    opened = DeliveryAlert.objects.open().select_related("order__merchant").order_by("raised_at", "id")
    for kind, label in [
        (Kind.LATE, _("Orders not shipped in time")),
        (Kind.STUCK, _("Parcels without news")),
        (Kind.DAMAGED, _("Damaged parcels")),
        (Kind.UNPROVEN, _("Valuable parcels without proof of receipt")),
    ]:
        yield pile(
            WAITS,
            label,
            opened.filter(kind=kind),
            f"state__exact=open&kind__exact={kind}",
            lambda alert: (str(alert.order), f"{alert.order.merchant} · {waited(alert.raised_at, on)}"),
        )


def _orders():
    orders = Order.objects.select_related("merchant").order_by("ship_by", "id")
    due = due_soon(orders, clock.now())
    yield pile(EXPIRES, _("Orders to be shipped soon"), due, "deadline=soon", _told)
    unknown = orders.to_ship().filter(ship_by=None)
    label = _("Orders whose deadline no calendar tells yet")
    yield pile(BLOCKED, label, unknown, "deadline=unknown", _told)


def _told(order):
    return str(order), f"{order.merchant} · {order.deadline_text}"
