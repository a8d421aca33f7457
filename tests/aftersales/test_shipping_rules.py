"""Whether merchants ship in time, as the nightly inspection asks."""

import datetime

import pytest

from aftersales.rules.shipping import SHIPPING, selling
from merchants.models import Merchant
from tests.factories import DAY
from tests.factories.orders import PAID, DeliveryAlertFactory, OrderFactory, ParcelFactory


def day(days):
    return DAY + datetime.timedelta(days=days)


@pytest.mark.clause("DB4401 5.5.2.4", "DB4401 6.4.3 b", "EJAS 6.2.2.1")
@pytest.mark.parametrize(("on", "state", "found"), [(3, "paid", 0), (4, "paid", 1), (9, "shipped", 0)])
def test_a_merchant_ships_in_time(on, state, found):
    order = OrderFactory(state=state, lines=0)

    report = SHIPPING.inspect(order.merchant, on=day(on))
    assert [finding.clause for finding in report.findings] == ["DB4401 5.5.2.4"] * found
    assert [finding.message for finding in report.findings] == [
        "应于 2026-03-19 前发货的订单尚未发货"
    ] * found


@pytest.mark.clause("EJAS 6.2.1.2", "EJAS 6.2.3.2")
def test_a_merchant_settles_what_went_wrong_on_the_way():
    parcel = ParcelFactory(order__lines=0)
    alert = DeliveryAlertFactory(order=parcel.order, parcel=parcel, kind="stuck", raised_at=PAID)

    assert SHIPPING.inspect(parcel.order.merchant, on=day(3)).findings == []
    [finding] = SHIPPING.inspect(parcel.order.merchant, on=day(4)).findings
    assert (finding.clause, f"={alert.merchant_id}" in finding.mend_url) == ("EJAS 6.2.1.2", True)


@pytest.mark.clause("EJAS 6.2.3.1")
def test_a_merchant_proves_the_receipt_of_what_is_valuable():
    parcel = ParcelFactory(order__lines=0, state="received")
    DeliveryAlertFactory(order=parcel.order, parcel=parcel, kind="unproven", raised_at=PAID)

    [finding] = SHIPPING.inspect(parcel.order.merchant, on=day(9)).findings
    assert (finding.clause, finding.blocks) == ("EJAS 6.2.3.1", False)


def test_many_merchants_are_judged_by_one_query(django_assert_num_queries):
    OrderFactory.create_batch(3, lines=0)
    with django_assert_num_queries(1):
        reports = SHIPPING.inspect_many(selling(), on=day(9))
    assert len(reports) == Merchant.objects.count() == 3
