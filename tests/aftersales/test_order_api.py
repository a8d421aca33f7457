"""Orders by the API: put under platform and number, tracked by waybill, and seen by nobody else."""

import pytest
from django.test import Client

from aftersales.models import Order, TrackingEvent
from mcn.kit import attempts
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import DeliveryAlertFactory, OrderFactory, ParcelFactory, TrackingEventFactory
from tests.kit.api_suite import ResourceSuite, client_of

ADDRESS = "/api/v1/orders/by-number/douyin/69201/"


class TestOrderApi(ResourceSuite):
    path = "/api/v1/orders/"
    role = "after_sales"
    secrets = ["13800138000", "林小满"]

    def make(self):
        return OrderFactory()


class TestParcelApi(ResourceSuite):
    path = "/api/v1/parcels/"
    role = "after_sales"

    def make(self):
        return ParcelFactory(order__lines=0)


@pytest.fixture
def agent(db):
    PlatformFactory(code="douyin")
    return client_of(StaffFactory(role="after_sales"))


def body(merchant, **given):
    line = {"number": "1", "title": "鸡蛋卷", "quantity": 2, "price": "39.90", "paid": "75.80"}
    return {
        "merchant": merchant.pk,
        "paid_at": "2026-03-16T20:30:00+08:00",
        "buyer_phone": "13800138000",
        "lines": [line],
    } | given


def test_an_order_is_put_under_its_number_again_and_again(agent):
    merchant = MerchantFactory()
    first = agent.put(ADDRESS, body(merchant), format="json")
    again = agent.put(ADDRESS, body(merchant), format="json")
    shipped = {"state": "shipped", "shipped_at": "2026-03-17T10:00:00+08:00"}
    parcel = {"carrier": "顺丰速运", "number": "SF1"}
    last = agent.put(ADDRESS, {**shipped, "parcels": [parcel]}, format="json")

    assert (first.status_code, again.status_code, last.status_code) == (201, 200, 200), last.content
    assert (last.json()["amount"], last.json()["state"], last.json()["version"]) == ("75.80", "shipped", 2)
    assert agent.get(ADDRESS).json()["parcels"][0]["number"] == "SF1"
    assert Order.objects.get().lines.get().quantity == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"state": "shipped"}, "shipped_at"),
        ({"lines": []}, "lines"),
        ({"paid_at": None}, "paid_at"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_written(agent, given, field):
    answer = agent.put(ADDRESS, body(MerchantFactory(), **given), format="json")

    assert answer.status_code == 400
    assert field in answer.content.decode()
    assert not Order.objects.exists()


def test_many_orders_are_put_by_as_many_queries_as_one(agent, django_assert_max_num_queries):
    merchant = MerchantFactory()

    def orders(numbers):
        return {"orders": [body(merchant, platform="douyin", number=str(number)) for number in numbers]}

    agent.post("/api/v1/orders/put/", orders([0]), format="json")
    with django_assert_max_num_queries(70):
        answer = agent.post("/api/v1/orders/put/", orders(range(1, 8)), format="json")
    assert len(answer.json()["orders"]) == 7
    wrong = orders([90, 91])
    wrong["orders"][1]["state"] = "received"
    answer = agent.post("/api/v1/orders/put/", wrong, format="json")
    assert answer.status_code == 400
    assert Order.objects.count() == 8


def test_a_merchant_puts_its_own_orders_and_no_others(agent):
    member = MerchantUserFactory()
    own = member.memberships.get().merchant
    client = client_of(member)

    assert client.put(ADDRESS, body(own), format="json").status_code == 201
    assert (
        client.put(ADDRESS.replace("69201", "2"), body(MerchantFactory()), format="json").status_code == 400
    )


@pytest.mark.clause("EJAS 6.4.1.1")
def test_tracking_comes_by_waybill_number_and_once(agent):
    parcel = ParcelFactory(order__lines=0)
    event = {"number": parcel.number, "kind": "moving", "happened_at": "2026-03-18T10:00:00+08:00"}

    assert agent.post("/api/v1/parcels/track/", {"events": [event, event]}, format="json").json() == {
        "new": 1
    }
    assert agent.post("/api/v1/parcels/track/", {"events": [event]}, format="json").json() == {"new": 0}
    unknown = {"events": [event | {"number": "X"}]}
    assert agent.post("/api/v1/parcels/track/", unknown, format="json").status_code == 400
    assert TrackingEvent.objects.count() == 1


def test_events_and_alerts_are_listed_for_staff_and_a_merchants_own_for_it(agent):
    event, alert = TrackingEventFactory(parcel__order__lines=0), DeliveryAlertFactory(order__lines=0)
    stranger = client_of(MerchantUserFactory())

    for row, address in [(event, "tracking-events"), (alert, "delivery-alerts")]:
        assert [shown["id"] for shown in agent.get(f"/api/v1/{address}/").json()["results"]] == [row.pk]
        assert stranger.get(f"/api/v1/{address}/").json()["results"] == []
        assert stranger.get(f"/api/v1/{address}/{row.pk}/").status_code == 404


def test_a_masked_phone_is_not_found_by_trying_all_its_digits(monkeypatch):
    monkeypatch.setattr(attempts, "LOOK_UPS", 2)
    order = OrderFactory(lines=0, buyer_phone="13800138000")
    user = MerchantUserFactory(merchant=order.merchant)
    api, page = client_of(user), Client()
    page.force_login(user)
    orders = f"/portal/m/{order.merchant.code}/orders/"

    assert len(api.get("/api/v1/orders/?phone=13800138000").json()["results"]) == 1
    assert order.number in page.get(f"{orders}?q=13800138000").content.decode()
    assert api.get("/api/v1/orders/?phone=13800138000").status_code == 429
    late = page.get(f"{orders}?q=13800138000").content.decode()
    assert "一小时后再试" in late
    assert order.number not in late
    assert order.number in page.get(f"{orders}?q={order.number}").content.decode()
