"""Orders, parcels and alerts in the back office: found, explained, moved on, and nobody's phone in clear."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from aftersales.admin.order_start import work
from aftersales.models import DeliveryAlert, Order
from tests.factories import DAY
from tests.factories.accounts import StaffFactory
from tests.factories.orders import DeliveryAlertFactory, OrderFactory, ParcelFactory, TrackingEventFactory

LIST = reverse("admin:aftersales_order_changelist")


@pytest.fixture
def agent(client: Client):
    user = StaffFactory(role="after_sales")
    client.force_login(user)
    return user


def page(row, name="change", *args):
    return reverse(f"admin:aftersales_{row._meta.model_name}_{name}", args=[row.pk, *args])


def test_an_order_is_found_by_its_number_its_waybill_or_the_whole_phone(client, agent):
    parcel = ParcelFactory(order__lines=0)
    other = OrderFactory(lines=0, buyer_phone="13900139000")

    for term, found in [(parcel.number, parcel.order), (other.number, other), ("139 0013 9000", other)]:
        text = client.get(LIST, {"q": term}).content.decode()
        assert found.number in text
        assert Order.objects.exclude(pk=found.pk).get().number not in text


def test_an_order_explains_its_deadline_and_hides_its_buyer(client, agent):
    order = OrderFactory(state="shipped")
    TrackingEventFactory(parcel=ParcelFactory(order=order))
    text = client.get(page(order)).content.decode()

    assert "工作日" in text
    assert "13800138000" not in text
    assert "138****8000" in text


def test_an_agent_ships_an_order(client, agent):
    order = OrderFactory(lines=0)
    sent = {"carrier": "顺丰速运", "number": "SF1", "shipped_at_0": "", "shipped_at_1": ""}
    client.post(page(order, "verb", "ship"), sent)

    order.refresh_from_db()
    assert (order.state, order.parcels.get().number) == ("shipped", "SF1")
    assert client.post(page(order, "verb", "ship"), sent).status_code == 409


def test_an_alert_is_settled_on_its_page(client, agent):
    alert = DeliveryAlertFactory(order__lines=0)
    client.post(page(alert, "verb", "settle"), {"note": "商家已补发"})

    assert DeliveryAlert.objects.get().outcome == "商家已补发"


def test_the_start_page_tells_what_is_late_and_whose_deadline_nobody_knows(agent):
    DeliveryAlertFactory(order__lines=0)
    OrderFactory(lines=0, ship_by=None, ship_by_basis=Order.Basis.UNKNOWN)

    piles = {pile.label: pile.count for pile in work(agent, DAY + datetime.timedelta(days=9)) if pile.count}
    assert [*piles.values()] == [1, 1]
    assert list(work(StaffFactory(role="trainer"), DAY)) == []


@pytest.mark.parametrize("query", ["deadline=late", "deadline=soon", "deadline=unknown"])
def test_orders_are_narrowed_by_their_deadline(client, agent, query):
    late, unknown = OrderFactory(lines=0), OrderFactory(lines=0, ship_by=None, ship_by_basis="unknown")
    text = client.get(f"{LIST}?{query}").content.decode()

    shown = {order for order in (late, unknown) if order.number in text}
    assert shown == {"deadline=late": {late}, "deadline=unknown": {unknown}}.get(query, set())
