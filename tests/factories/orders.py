"""Orders and their parcels: the default one was paid on ``DAY`` in a show that ended, and ships in time."""

import datetime
from decimal import Decimal

import factory

from aftersales.models import DeliveryAlert, Order, OrderLine, Parcel, TrackingEvent
from tests.factories import AT, RecordFactory
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory

PAID = AT.replace(hour=20, minute=30)
DAY_AFTER = PAID + datetime.timedelta(hours=18)
THREE_DAYS_ON = PAID + datetime.timedelta(days=3)


class OrderFactory(RecordFactory):
    """A paid order of one line, to be shipped by the end of the third working day.

    ``state="shipped"`` gives its moment, ``state="received"`` both; ``lines=0`` for an order without goods.
    """

    class Meta:
        model = Order

    platform = factory.SubFactory(PlatformFactory, code="douyin")
    number = factory.Sequence(lambda number: f"6920{number:014d}")
    merchant = factory.SubFactory(MerchantFactory)
    buyer_name = "林小满"
    buyer_phone = "13800138000"
    buyer_address = "广东省佛山市南海区桂城街道测试路1号"
    paid_at = PAID
    amount = Decimal("39.90")
    ship_by = factory.LazyAttribute(
        lambda order: (order.paid_at + datetime.timedelta(days=4)).replace(hour=0, minute=0)
    )
    ship_by_basis = Order.Basis.RULE
    shipped_at = factory.LazyAttribute(
        lambda order: (
            order.paid_at + datetime.timedelta(hours=18)
            if order.state in (Order.State.SHIPPED, Order.State.RECEIVED)
            else None
        )
    )
    received_at = factory.LazyAttribute(
        lambda order: (
            order.paid_at + datetime.timedelta(days=3) if order.state == Order.State.RECEIVED else None
        )
    )
    closed_at = factory.LazyAttribute(
        lambda order: (
            order.paid_at + datetime.timedelta(days=1) if order.state == Order.State.CLOSED else None
        )
    )
    state = Order.State.PAID

    @factory.post_generation
    def lines(self, create, extracted, **kwargs):
        """Order as many kinds of goods, all by the same merchant."""
        for number in range(1 if extracted is None else extracted) if create else []:
            OrderLineFactory(order=self, number=f"{self.number}-{number + 1}", **kwargs)


class OrderLineFactory(RecordFactory):
    """One piece; ``product=`` and ``sku=`` tie it to the catalogue."""

    class Meta:
        model = OrderLine

    order = factory.SubFactory(OrderFactory, lines=0)
    number = factory.Sequence(lambda number: f"{number + 1}")
    title = "岭南手工鸡蛋卷"
    spec = "454克/罐"
    quantity = 1
    price = Decimal("39.90")
    paid = Decimal("39.90")


class ParcelFactory(RecordFactory):
    """A parcel on its way since the day after the payment."""

    class Meta:
        model = Parcel

    order = factory.SubFactory(OrderFactory, state=Order.State.SHIPPED)
    carrier = "顺丰速运"
    number = factory.Sequence(lambda number: f"SF{number:013d}")
    shipped_at = DAY_AFTER
    heard_at = factory.SelfAttribute("shipped_at")
    state = Parcel.State.SHIPPED
    received_at = factory.LazyAttribute(
        lambda parcel: THREE_DAYS_ON if parcel.state == Parcel.State.RECEIVED else None
    )


class TrackingEventFactory(RecordFactory):
    """That the carrier took the parcel over."""

    class Meta:
        model = TrackingEvent

    parcel = factory.SubFactory(ParcelFactory)
    happened_at = DAY_AFTER
    kind = TrackingEvent.Kind.SHIPPED
    place = "佛山南海营业点"
    text = "快件已揽收"


class DeliveryAlertFactory(RecordFactory):
    """That an order is late since this moment."""

    class Meta:
        model = DeliveryAlert

    kind = DeliveryAlert.Kind.LATE
    order = factory.SubFactory(OrderFactory)
    raised_at = THREE_DAYS_ON
