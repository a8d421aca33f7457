"""Price protection: what is owed follows from what was paid and the lowest price within the days."""

import datetime
from decimal import Decimal

import pytest

from aftersales.actions import price_claim as price_claims
from aftersales.models import Clock, PriceClaim
from aftersales.rules.price_protection import PRICE_CLAIMS, work_out
from mcn.kit import records
from mcn.kit.refusal import Denied, Refused, WrongState
from products.actions.sku import write_skus
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import CategoryFactory
from tests.factories.orders import PAID, OrderFactory, OrderLineFactory
from tests.factories.products import ProductFactory, SkuFactory
from tests.factories.promises import PriceClaimFactory, PromiseKindFactory, ServicePromiseFactory

State, Reason = PriceClaim.State, PriceClaim.Reason
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def sku():
    category = CategoryFactory(price_protection_days=7, name="炒货糕点")
    return SkuFactory(product=ProductFactory(parts=False, category=category, merchant__papers=False))


@pytest.fixture
def line(sku):
    order = OrderFactory(lines=0, merchant=sku.merchant, amount=Decimal("119.70"))
    return OrderLineFactory(
        order=order, product=sku.product, sku=sku, quantity=3, price=Decimal("39.90"), paid=Decimal("119.70")
    )


def price(sku, amount, at):
    sku.refresh_from_db()
    sku.price = Decimal(amount)
    write_skus([sku], by=None, at=at)


# The price that the goods fall to, days after the payment of that and of the claim; what comes of it.
CASES = [
    ("29.90", 1, 2, Reason.OWED, "30.00"),
    ("29.90", 7, 7, Reason.OWED, "30.00"),
    ("29.90", 7, 8, Reason.TOO_LATE, "0"),
    ("39.90", 1, 2, Reason.NOT_LOWER, "0"),
    ("45.00", 1, 2, Reason.NOT_LOWER, "0"),
    ("29.90", 3, 2, Reason.NOT_LOWER, "0"),
    ("29.90", -1, 2, Reason.NOT_LOWER, "0"),
]


@pytest.mark.clause("EJAS 6.8.2")
def test_the_time_for_the_payment_runs_while_a_claim_is_granted(sku, line):
    asked, agent = PAID + 2 * A_DAY, StaffFactory(role="after_sales")
    price(sku, "29.90", PAID + A_DAY)
    claim = price_claims.apply(line, by=None, at=asked)
    clock = Clock.objects.of(claim, "price_protection").get()
    assert (clock.due_at, clock.merchant) == (claim.due_at, sku.merchant) == (asked + 2 * A_DAY, sku.merchant)

    price_claims.work_out_anew(claim, by=agent, at=asked + A_DAY)
    assert claim.due_at == Clock.objects.of(claim).get().due_at == asked + 2 * A_DAY
    price_claims.pay(claim, reference="1", by=agent, at=asked + 3 * A_DAY)
    clock.refresh_from_db()
    assert clock.state == "missed"


@pytest.mark.parametrize(("fallen", "fell", "claimed", "reason", "owed"), CASES)
@pytest.mark.clause("EJAS 6.8.1", "EJAS 6.8.2")
def test_the_difference_is_worked_out_and_explained(sku, line, fallen, fell, claimed, reason, owed):
    if fell < 0:  # cheap before, dear again when it was paid
        price(sku, fallen, PAID + fell * A_DAY)
        price(sku, "39.90", PAID - datetime.timedelta(minutes=1))
    else:
        price(sku, fallen, PAID + fell * A_DAY - datetime.timedelta(hours=1))
    result = work_out(line, PAID + claimed * A_DAY)
    assert (result.reason, result.amount) == (reason, Decimal(owed))
    assert result.days == 7
    assert result.until_on == DAY + 7 * A_DAY
    if reason == Reason.OWED:
        assert result.steps[-1][1:] == ["30.00 元", "(39.90 - 29.90) × 3"]


@pytest.mark.clause("EJAS 6.8.1")
def test_a_promise_may_protect_for_longer_and_no_promise_not_at_all(sku, line):
    kind = PromiseKindFactory(code="price_protection", name="价格保护", asks_days=True)
    promise = ServicePromiseFactory(kind=kind, merchant=sku.merchant, days=30)
    price(sku, "35.00", PAID + 20 * A_DAY)
    result = work_out(line, PAID + 21 * A_DAY)
    assert (result.days, result.amount) == (30, Decimal("14.70"))

    promise.kind.code = "elsewhere"
    records.save(promise.kind, by=None, at=AT)
    assert work_out(line, PAID + 21 * A_DAY).reason == Reason.TOO_LATE
    sku.product.category.price_protection_days = 0
    records.save(sku.product.category, by=None, at=AT)
    line.refresh_from_db()
    assert work_out(line, PAID + 2 * A_DAY).reason == Reason.NOT_PROTECTED
    line.sku = None
    assert work_out(line, PAID + 2 * A_DAY).reason == Reason.NO_SKU


@pytest.mark.clause("EJAS 6.8.2")
def test_a_claim_is_paid_once_and_a_further_fall_is_owed_beyond_it(sku, line):
    agent = StaffFactory(role="after_sales")
    price(sku, "29.90", PAID + A_DAY)
    claim = price_claims.apply(line, by=None, at=PAID + 2 * A_DAY, channel="buyer")
    assert (claim.code, claim.state, claim.amount) == ("P000001", State.GRANTED, Decimal("30.00"))
    with pytest.raises(Refused, match="P000001"):
        price_claims.apply(line, by=agent, at=PAID + 2 * A_DAY)
    with pytest.raises(Denied):
        price_claims.pay(claim, reference="x", by=MerchantUserFactory(), at=AT)

    price_claims.pay(claim, reference="RF20260318001", by=agent, at=PAID + 2 * A_DAY)
    with pytest.raises(WrongState):
        price_claims.pay(claim, reference="RF20260318001", by=agent, at=PAID + 2 * A_DAY)
    again = price_claims.apply(line, by=agent, at=PAID + 2 * A_DAY)
    assert (again.state, again.reason) == (State.REFUSED, Reason.SETTLED)
    price(sku, "24.90", PAID + 3 * A_DAY)
    further = price_claims.apply(line, by=agent, at=PAID + 4 * A_DAY)
    assert further.amount == Decimal("15.00")
    assert list(PriceClaim.objects.visible_to(MerchantUserFactory(merchant=sku.merchant))) == [
        further,
        again,
        claim,
    ]
    assert not PriceClaim.objects.visible_to(MerchantUserFactory()).exists()


def test_a_corrected_price_is_worked_out_anew(sku, line):
    agent = StaffFactory(role="after_sales")
    claim = price_claims.apply(line, by=agent, at=PAID + 2 * A_DAY)
    assert claim.state == State.REFUSED
    price(sku, "29.90", PAID + A_DAY)
    price_claims.work_out_anew(claim, by=agent, at=PAID + 3 * A_DAY)
    assert (claim.state, claim.amount) == (State.GRANTED, Decimal("30.00"))
    price_claims.cancel(claim, note="商品已退回", by=agent, at=AT)
    with pytest.raises(WrongState):
        price_claims.work_out_anew(claim, by=agent, at=AT)


@pytest.mark.clause("EJAS 6.8.1")
def test_a_late_payment_is_found(db):
    claim = PriceClaimFactory()
    assert PRICE_CLAIMS.inspect(claim, on=DAY).findings == []
    assert [found.clause for found in PRICE_CLAIMS.inspect(claim, on=DAY + A_DAY).blockers] == ["EJAS 6.8.1"]
