"""Orders shipped, received and closed; parcels followed; what goes wrong on the way told once."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import delivery_alert as alert_actions
from aftersales.actions import order as order_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.models import DeliveryAlert, Order, OrderLine, Parcel, TrackingEvent
from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.kit.refusal import Denied, WrongState
from streamers.models import PlanLine
from tests.factories import AT, DAY, png
from tests.factories.accounts import StaffFactory
from tests.factories.on_air import LiveShowFactory
from tests.factories.orders import DAY_AFTER, PAID, DeliveryAlertFactory, OrderFactory, ParcelFactory

Kind = TrackingEvent.Kind
LATER = PAID + datetime.timedelta(days=5)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def event(kind, hours):
    return TrackingEvent(kind=kind, happened_at=DAY_AFTER + hours * HOUR)


def test_shipping_makes_a_parcel(agent):
    order = OrderFactory()
    order_actions.ship(order, carrier="顺丰速运", number="SF1", by=agent, at=DAY_AFTER)

    assert (order.state, order.shipped_at, order.shipped_in_time) == ("shipped", DAY_AFTER, True)
    assert order.parcels.get().number == "SF1"
    parcel_actions.pack(order, carrier="顺丰速运", number="SF2", by=agent, at=DAY_AFTER)
    assert order.parcels.count() == 2


@pytest.mark.parametrize("state", ["shipped", "received", "closed"])
def test_what_is_not_waiting_is_not_shipped(agent, state):
    with pytest.raises(WrongState):
        order_actions.ship(OrderFactory(state=state, lines=0), carrier="a", number="1", by=agent, at=LATER)


def test_a_stranger_does_not_ship():
    with pytest.raises(Denied):
        order_actions.ship(
            OrderFactory(lines=0), carrier="a", number="1", by=StaffFactory(role="trainer"), at=LATER
        )


def test_nothing_is_received_in_the_future(agent):
    order = OrderFactory(state="shipped", lines=0)
    with pytest.raises(ValidationError):
        order_actions.receive(order, received_at=LATER + HOUR, by=agent, at=LATER)
    order_actions.receive(order, received_at=LATER - HOUR, by=agent, at=LATER)
    assert (order.state, order.received_at) == ("received", LATER - HOUR)


def test_an_order_is_closed_with_a_reason(agent):
    order = OrderFactory(lines=0)
    with pytest.raises(ValidationError):
        order_actions.close(order, note=" ", by=agent, at=LATER)
    order_actions.close(order, note="买家取消", by=agent, at=LATER)
    assert order.closed_at == LATER


def test_an_order_finds_its_show_and_the_plan_its_merchant_agreed_to():
    show = LiveShowFactory()
    item = show.items.get()
    sku = item.product.skus.first()
    room = show.room
    order = Order(
        platform=room.platform,
        number="1",
        merchant=item.product.merchant,
        paid_at=show.started_at + HOUR / 2,
        amount=0,
    )
    line = OrderLine(title="鸡蛋卷", sku=sku, product=sku.product, price=1, paid=1)
    order_actions.add(order, [line], by=None, at=LATER)

    assert order.show == show
    assert (order.ship_by_basis, order.ship_by) == (Order.Basis.PLAN, order.paid_at + 48 * HOUR)
    presale = PlanLine.objects.get(sku=sku)
    presale.spot, presale.presale, presale.ships_on = 0, 10, DAY + datetime.timedelta(days=15)
    records.save(presale, by=None, at=AT)
    assert order_actions.reckon_again(at=LATER) == 1
    order.refresh_from_db()
    assert f"{order.deadline_text}" == "2026-03-31"


def test_a_new_day_of_rest_moves_the_deadlines_that_wait_and_no_others():
    waiting, shipped = OrderFactory(lines=0), OrderFactory(state="shipped", lines=0)
    records.save(CalendarDay(day="2026-03-17", worked=False), by=None, at=AT)

    assert order_actions.reckon_again(at=AT) == 1
    before = shipped.ship_by
    waiting.refresh_from_db()
    shipped.refresh_from_db()
    assert waiting.deadline_text == "2026-03-20"
    assert shipped.ship_by == before


@pytest.mark.clause("EJAS 6.2.1.1", "EJAS 6.2.3.2")
def test_a_track_moves_its_parcel_on_and_the_last_parcel_receives_the_order():
    parcel = ParcelFactory(order__lines=0)
    told = [(parcel, event(Kind.MOVING, 3)), (parcel, event(Kind.DELIVERING, 20))]
    assert parcel_actions.track(told, by=None, at=LATER) == 2
    again = [
        (parcel, event(Kind.MOVING, 3)),
        (parcel, event(Kind.RECEIVED, 22)),
        (parcel, event(Kind.MOVING, 5)),
    ]
    assert parcel_actions.track(again, by=None, at=LATER) == 2

    parcel.refresh_from_db()
    assert (parcel.state, parcel.received_at) == ("received", DAY_AFTER + 22 * HOUR)
    assert (parcel.order.state, parcel.order.received_at) == ("received", DAY_AFTER + 22 * HOUR)
    assert [row.kind for row in parcel.events.all()] == ["moving", "moving", "delivering", "received"]


def test_an_order_waits_for_the_parcel_that_is_still_under_way():
    first = ParcelFactory(order__lines=0)
    ParcelFactory(order=first.order)
    parcel_actions.track([(first, event(Kind.RECEIVED, 22))], by=None, at=LATER)

    assert Order.objects.get().state == "shipped"


def test_nothing_is_told_of_the_future(agent):
    parcel = ParcelFactory(order__lines=0)
    with pytest.raises(ValidationError):
        parcel_actions.note(parcel, kind="moving", happened_at=LATER + HOUR, by=agent, at=LATER)
    parcel_actions.note(parcel, kind="moving", place="广州", by=agent, at=LATER)
    assert (parcel.state, parcel.heard_at) == ("moving", LATER)


@pytest.mark.clause("EJAS 6.2.3.1")
def test_a_receipt_is_proved_by_a_file(agent):
    parcel = ParcelFactory(state="received", order__lines=0)
    parcel_actions.prove(parcel, file=png(), inspected=True, by=agent, at=LATER)

    assert (parcel.receipt.title, parcel.inspected) == (f"签收凭证 {parcel.number}", True)
    with pytest.raises(WrongState):
        parcel_actions.prove(ParcelFactory(order__lines=0), file=png(), by=agent, at=LATER)


@pytest.mark.clause("EJAS 6.2.3.1")
@pytest.mark.parametrize(
    ("amount", "days", "raised"),
    [("2000.00", 1, 1), ("1999.99", 1, 0), ("2000.00", 0.9, 0), ("2000.00", 30, 1), ("2000.00", 31, 0)],
)
def test_a_valuable_parcel_without_proof_is_raised_and_settled_by_the_proof(agent, amount, days, raised):
    parcel = ParcelFactory(state="received", order__lines=0, order__amount=amount)
    at = parcel.received_at + datetime.timedelta(days=days)

    found, _settled = alert_actions.sweep(at=at)
    assert [alert.kind for alert in found] == ["unproven"] * raised
    assert alert_actions.sweep(at=at) == ([], 0)
    parcel_actions.prove(parcel, file=png(), inspected=False, by=agent, at=at)
    assert alert_actions.sweep(at=at) == ([], raised)


@pytest.mark.clause("EJAS 6.2.3.1")
def test_of_valuable_goods_the_proof_says_whether_they_were_looked_at(agent):
    parcel = ParcelFactory(state="received", order__lines=0, order__amount=2000)
    with pytest.raises(ValidationError, match="贵重商品"):
        parcel_actions.prove(parcel, file=png(), by=agent, at=LATER)
    assert parcel.receipt is None


@pytest.mark.clause("EJAS 6.2.1.2", "DB4401 6.4.3 b")
def test_the_sweep_raises_each_alert_once_and_settles_what_came_right(agent):
    late = OrderFactory(lines=0)
    OrderFactory(lines=0, ship_by=LATER + 3 * HOUR)
    silent = ParcelFactory(order__lines=0)
    broken = ParcelFactory(order__lines=0, state="received", damaged_at=DAY_AFTER)

    raised, _settled = alert_actions.sweep(at=LATER)
    assert {(alert.kind, alert.order_id, alert.parcel_id) for alert in raised} == {
        ("late", late.pk, None),
        ("stuck", silent.order_id, silent.pk),
        ("damaged", broken.order_id, broken.pk),
    }
    assert alert_actions.sweep(at=LATER) == ([], 0)

    order_actions.ship(late, carrier="顺丰速运", number="SF1", by=agent, at=LATER)
    parcel_actions.note(silent, kind="moving", by=agent, at=LATER + HOUR)
    assert alert_actions.sweep(at=LATER + 2 * HOUR) == ([], 2)
    open_alert = DeliveryAlert.objects.open().get()
    alert_actions.settle(open_alert, note="已补发", by=agent, at=LATER)
    assert (open_alert.state, open_alert.outcome, open_alert.settled_by) == ("settled", "已补发", agent)


def test_an_alert_is_settled_with_words():
    alert = DeliveryAlertFactory(order__lines=0)
    with pytest.raises(ValidationError):
        alert_actions.settle(alert, note="", by=None, at=LATER)


def test_alerts_are_raised_by_as_many_queries_for_many_as_for_few(django_assert_max_num_queries):
    OrderFactory.create_batch(4, lines=0)
    assert Parcel.objects.count() == 0
    with django_assert_max_num_queries(30):
        alert_actions.sweep(at=LATER)
