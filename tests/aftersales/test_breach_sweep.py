"""What was shipped late against a promise is found without a report, once."""

import datetime

import pytest
from django.urls import reverse

from aftersales import tasks
from aftersales.actions import promise as promises
from aftersales.actions.breach_sweep import sweep
from aftersales.models import Breach
from mcn.notices.models import Receipt
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.orders import PAID, OrderFactory, OrderLineFactory
from tests.factories.products import ProductFactory
from tests.factories.promises import PromiseKindFactory, ServicePromiseFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
DUE = PAID + 2 * DAY
LATER = DUE + HOUR


@pytest.fixture
def promise():
    return ServicePromiseFactory(valid_from=PAID.date())


def order(promise, **told):
    return OrderFactory(**{"merchant": promise.merchant, "lines": 0, "ship_by": DUE} | told)


@pytest.mark.clause("EJAS 6.10.3", "DB4401 5.5.2.4")
@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, 1),
        ({"ship_by": LATER + HOUR}, 0),
        ({"ship_by": LATER - 31 * DAY}, 0),
        ({"state": "shipped", "shipped_at": DUE + HOUR}, 1),
        ({"state": "received", "shipped_at": DUE + HOUR, "received_at": LATER}, 1),
        ({"state": "shipped", "shipped_at": DUE}, 0),
        ({"state": "closed"}, 0),
        ({"paid_at": AT - DAY, "ship_by": DUE}, 0),
    ],
)
def test_what_was_shipped_late_breaks_the_promise(promise, told, found):
    late = order(promise, **told)
    opened = sweep(at=LATER)

    assert [(row.order, row.promise, row.state, row.source) for row in opened] == [
        (late, promise, "reported", "agency")
    ] * found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"state": "suspended"}, 1),
        ({"state": "ended", "valid_to": PAID.date()}, 1),
        ({"state": "submitted"}, 0),
        ({"valid_from": PAID.date() + DAY}, 0),
        ({"decided_at": PAID + HOUR}, 0),
        ({"kind": {"code": "price_protection"}}, 0),
    ],
)
def test_only_a_promise_that_covered_the_day_of_payment_is_broken(told, found):
    PromiseKindFactory()
    if "kind" in told:
        told = {"kind": PromiseKindFactory(**told["kind"])}
    order(ServicePromiseFactory(**{"valid_from": PAID.date()} | told))

    assert len(sweep(at=LATER)) == found


def test_the_promise_for_the_goods_goes_before_that_for_all(promise):
    product = ProductFactory(merchant=promise.merchant)
    own = ServicePromiseFactory(merchant=promise.merchant, product=product, valid_from=PAID.date())
    ServicePromiseFactory(
        merchant=promise.merchant, product=ProductFactory(merchant=promise.merchant), valid_from=PAID.date()
    )
    OrderLineFactory(order=order(promise), product=product)

    assert [breach.promise for breach in sweep(at=LATER)] == [own]


def test_twice_is_once_and_what_was_dismissed_stays_dismissed(promise, django_assert_max_num_queries):
    MerchantUserFactory(merchant=promise.merchant)
    for _number in range(3):
        order(promise)
    with django_assert_max_num_queries(33):
        opened = sweep(at=LATER)
    assert [breach.code for breach in opened] == ["B000001", "B000002", "B000003"]
    assert Receipt.objects.filter(notice__title__contains="3").count() == 1

    promises.dismiss(opened[0], note="平台故障", by=StaffFactory(role="after_sales"), at=LATER)
    assert (sweep(at=LATER), tasks.find_breaches(), Breach.objects.count()) == ([], 0, 3)


def test_the_merchant_sees_it_and_the_agency_confirms_what_is_owed(client, promise):
    late = order(promise, amount=200)
    [breach] = sweep(at=LATER)
    client.force_login(MerchantUserFactory(merchant=promise.merchant))
    desk = client.get(reverse("portal_buyers", args=[promise.merchant.code])).content.decode()
    page = client.get(reverse("portal_order", args=[promise.merchant.code, late.pk])).content.decode()

    assert "尚未发货" in desk
    assert "尚未发货" in page
    promises.confirm(breach, by=StaffFactory(role="after_sales"), at=LATER)
    assert breach.amount == 10
