"""What other tests stand on: the default order is good in every way, and its states say when."""

import pytest

from aftersales.models import Order, Parcel
from tests.factories.orders import (
    DeliveryAlertFactory,
    OrderFactory,
    ParcelFactory,
    TrackingEventFactory,
)


def test_an_order_has_a_line_and_a_deadline():
    order = OrderFactory()

    assert order.lines.count() == 1
    assert order.ship_by > order.paid_at


@pytest.mark.parametrize("state", Order.State)
def test_an_order_in_any_state_says_when(state):
    order = OrderFactory(state=state, lines=0)

    moment = {"paid": order.paid_at, "shipped": order.shipped_at, "received": order.received_at}
    assert moment.get(state, order.closed_at) is not None


def test_parcels_events_and_alerts_hang_on_an_order():
    event = TrackingEventFactory()
    assert event.merchant_id == event.parcel.order.merchant_id
    assert ParcelFactory(state=Parcel.State.RECEIVED).received_at
    assert DeliveryAlertFactory().order.delivery_alerts.open().count() == 1
