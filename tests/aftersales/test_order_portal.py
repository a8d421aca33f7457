"""A merchant's orders in its portal: shipped there, never another's, never a buyer in clear."""

import pytest
from django.test import Client
from django.urls import reverse

from aftersales.actions import delivery_alert as alert_actions
from mcn.notices.models import Receipt
from tests.factories import png
from tests.factories.accounts import MerchantUserFactory
from tests.factories.orders import (
    PAID,
    THREE_DAYS_ON,
    DeliveryAlertFactory,
    OrderFactory,
    ParcelFactory,
    TrackingEventFactory,
)


@pytest.fixture
def member(client: Client):
    user = MerchantUserFactory()
    client.force_login(user)
    user.merchant = user.memberships.get().merchant
    return user


def address(name, member, *args):
    return reverse(name, args=[member.merchant.code, *args])


def test_a_merchant_sees_what_it_has_to_ship_and_nobody_elses(client, member):
    own, other = OrderFactory(merchant=member.merchant, lines=0), OrderFactory(lines=0)
    text = client.get(address("portal_orders", member)).content.decode()

    assert own.number in text
    assert other.number not in text
    assert client.get(address("portal_order", member, other.pk)).status_code == 404


@pytest.mark.parametrize(("query", "found"), [("q={number}", True), ("q=13800138000", True), ("q=1", False)])
def test_an_order_is_found_by_a_whole_number(client, member, query, found):
    own = OrderFactory(merchant=member.merchant, lines=0)
    asked = query.format(number=own.number)
    text = client.get(f"{address('portal_orders', member)}?{asked}").content.decode()

    assert (f"/{own.pk}/" in text) is found


def test_a_merchant_ships_and_adds_a_parcel(client, member):
    order = OrderFactory(merchant=member.merchant, lines=0)
    for number in ("SF1", "SF2"):
        sent = {"carrier": "顺丰速运", "number": number}
        assert client.post(address("portal_order_ship", member, order.pk), sent).status_code == 302

    order.refresh_from_db()
    assert (order.state, order.parcels.count()) == ("shipped", 2)
    again = client.post(address("portal_order_ship", member, order.pk), sent)
    assert (again.status_code, "已有此运单号" in again.content.decode()) == (422, True)


def test_the_page_of_an_order_tells_its_track_and_hides_its_buyer(client, member):
    parcel = ParcelFactory(order=OrderFactory(merchant=member.merchant, state="shipped"), state="received")
    TrackingEventFactory(parcel=parcel)
    DeliveryAlertFactory(order=parcel.order, parcel=parcel, kind="stuck")
    page = address("portal_order", member, parcel.order_id)
    text = client.get(page).content.decode()

    assert "佛山南海营业点" in text
    assert "物流停滞" in text
    assert not [secret for secret in ("13800138000", "林小满", "测试路1号") if secret in text]
    proof = address("portal_order_prove", member, parcel.order_id, parcel.pk)
    client.post(proof, {"file": png(), "inspected": "on"})
    parcel.refresh_from_db()
    assert parcel.inspected
    assert "签收凭证" in client.get(page).content.decode()


def test_what_is_not_known_of_a_buyer_leaves_no_gap(client, member):
    order = OrderFactory(merchant=member.merchant, buyer_address="")

    page = client.get(address("portal_order", member, order.pk))

    assert [bool(told) for told in page.context["buyer"]] == [True, True]


def test_an_alert_is_settled_with_words(client, member):
    alert = DeliveryAlertFactory(order__merchant=member.merchant, order__lines=0)
    page = address("portal_order_settle", member, alert.order_id, alert.pk)

    assert client.post(page, {"note": ""}).status_code == 422
    client.post(page, {"note": "已补发"})
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("settled", "已补发")


def test_the_sweep_tells_a_merchants_people_once(member):
    OrderFactory.create_batch(2, merchant=member.merchant, lines=0)
    for _twice in range(2):
        alert_actions.sweep(at=THREE_DAYS_ON.replace(day=PAID.day + 5))

    notice = Receipt.objects.get(user=member).notice
    assert "逾期未发货 2" in notice.title
    assert notice.url == address("portal_orders", member)
