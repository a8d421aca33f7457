"""Service promises: plain, with the means and a compensation, reviewed by another, audited, made good."""

import datetime
from decimal import Decimal

import pytest

from aftersales.actions import promise as promises
from aftersales.models import Breach, PromiseAudit, PromiseKind, ServicePromise
from aftersales.rules.promise import BREACHES, PROMISE, PROMISES, compensation, shown
from mcn.kit import records
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.orders import OrderFactory
from tests.factories.promises import BreachFactory, PromiseKindFactory, ServicePromiseFactory

State = ServicePromise.State


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ({"wording": "我们会尽快发货。"}, "EJAS 6.10.1"),
        ({"wording": "本品能治疗高血压，无效退款。"}, "EJAS 6.10.1"),
        ({"compensation": ""}, "EJAS 6.10.3"),
        ({"compensation": "视情况赔付"}, "EJAS 6.10.1"),
        ({"resources": " "}, "EJAS 6.10.3"),
    ],
)
@pytest.mark.clause("EJAS 6.10.1", "EJAS 6.10.2", "EJAS 6.10.3")
def test_what_is_vague_or_cannot_be_kept_is_not_submitted(db, words, clause):
    promise = ServicePromiseFactory(state="draft", **words)
    owner = MerchantUserFactory(merchant=promise.merchant)
    with pytest.raises(Blocked, match=clause.replace(".", r"\.")):
        promises.submit(promise, by=owner, at=AT)


@pytest.mark.clause("EJAS 6.10.1")
def test_a_promise_by_days_names_them(db):
    kind = PromiseKindFactory(code="price_protection", name="价格保护", asks_days=True)
    promise = ServicePromiseFactory(kind=kind, state="draft")
    assert [found.message for found in PROMISE.inspect(promise, on=DAY).blockers] == ["请填写天数"]


@pytest.mark.clause("EJAS 6.10.2", "EJAS 4.2.1 -3")
def test_another_reviews_what_the_merchant_can_keep(db):
    promise = ServicePromiseFactory(state="draft")
    owner, desk = MerchantUserFactory(merchant=promise.merchant), StaffFactory(role="merchant_desk")
    promises.submit(promise, by=owner, at=AT)
    with pytest.raises(Denied):
        promises.approve(promise, capacity="sufficient", opinion="可以", by=owner, at=AT)
    with pytest.raises(Refused, match="履约能力"):
        promises.approve(promise, capacity="lacking", opinion="人手不足", by=desk, at=AT)
    promises.approve(promise, capacity="sufficient", opinion="日均 3000 单，产能充足", by=desk, at=AT)
    assert (promise.state, promise.decided_by) == (State.IN_FORCE, desk)
    assert shown(promise.merchant, DAY) == [promise]
    promise.wording = "改了"
    with pytest.raises(Exception, match="不能修改"):
        records.save(promise, by=None, at=AT)

    promises.suspend(promise, note="仓库停电", by=desk, at=AT)
    assert shown(promise.merchant, DAY) == []
    promises.resume(promise, note="已恢复", by=desk, at=AT)
    promises.end(promise, by=owner, at=AT)
    assert (promise.state, promise.valid_to) == (State.ENDED, DAY)


def test_who_submitted_for_the_merchant_does_not_review(db):
    desk = StaffFactory(role="merchant_desk")
    promise = promises.submit(ServicePromiseFactory(state="draft"), by=desk, at=AT)
    for verb, given in [
        (promises.approve, {"capacity": "sufficient", "opinion": "好"}),
        (promises.send_back, {"note": "不"}),
    ]:
        with pytest.raises(Denied, match="提交"):
            verb(promise, by=desk, at=AT, **given)


@pytest.mark.clause("EJAS 6.10.4")
def test_audits_are_kept_and_asked_for(db):
    auditor, promise = StaffFactory(role="compliance"), ServicePromiseFactory()
    assert PROMISES.inspect(promise, on=DAY + datetime.timedelta(days=90)).findings == []
    late = PROMISES.inspect(promise, on=DAY + datetime.timedelta(days=91))
    assert [found.clause for found in late.warnings] == ["EJAS 6.10.4"]
    outcomes = PromiseAudit.Outcome
    for sample, kept, outcome in [
        (20, 20, outcomes.KEPT),
        (20, 10, outcomes.PARTLY),
        (20, 9, outcomes.BROKEN),
    ]:
        made = promises.audit(promise, sample=sample, kept=kept, note="抽查订单", by=auditor, at=AT)
        assert made.outcome == outcome
    broken = PROMISES.inspect(promise, on=DAY)
    assert [found.clause for found in broken.blockers] == ["EJAS 6.10.3"]
    with pytest.raises(Exception, match="不能超过"):
        promises.audit(promise, sample=1, kept=2, note="x", by=auditor, at=AT)


@pytest.mark.parametrize(
    ("amount", "owed"), [("39.90", "2.00"), ("5.00", "1.00"), ("9999.00", "100.00"), ("200.10", "10.01")]
)
def test_a_compensation_follows_from_the_promises_own_terms(amount, owed):
    promise = ServicePromiseFactory.build(merchant=None, kind=None)
    order = OrderFactory.build(amount=Decimal(amount), merchant=None, platform=None)
    assert compensation(promise, order)[0] == Decimal(owed)


@pytest.mark.clause("EJAS 6.10.3", "DB4401 6.4.2 b", "DB4401 6.4.1 a", "GDAS 5.3.3 a")
def test_a_breach_is_confirmed_compensated_and_due(db):
    agent = StaffFactory(role="after_sales")
    breach = BreachFactory()
    promises.confirm(breach, by=agent, at=AT)
    assert (breach.state, breach.amount) == (Breach.State.CONFIRMED, Decimal("2.00"))
    assert breach.due_at == AT + datetime.timedelta(hours=48)
    late = BREACHES.inspect(breach, on=DAY + datetime.timedelta(days=3))
    assert [found.clause for found in late.blockers] == ["EJAS 6.10.3"]
    owner = MerchantUserFactory(merchant=breach.promise.merchant, role="customer_service")
    with pytest.raises(Denied):
        promises.compensate(breach, reference="x", by=MerchantUserFactory(), at=AT)
    promises.compensate(breach, reference="PAY-1", by=owner, at=AT)
    assert (breach.state, breach.compensated_by) == (Breach.State.COMPENSATED, owner)
    with pytest.raises(WrongState):
        promises.dismiss(breach, note="不", by=agent, at=AT)


@pytest.mark.clause("EJAS 6.10.4")
def test_a_serious_breach_stops_the_merchant_and_the_promise(db):
    officer, breach = StaffFactory(role="compliance"), BreachFactory()
    with pytest.raises(Refused, match="严重"):
        promises.hold_merchant(breach, note="屡次", by=officer, at=AT)
    promises.confirm(breach, serious=True, by=officer, at=AT)
    hold = promises.hold_merchant(breach, note="一周内 12 起", by=officer, at=AT)
    breach.promise.refresh_from_db()
    assert hold.holds(DAY)
    assert (hold.clause, hold.merchant, breach.promise.state) == (
        "EJAS 6.10.4",
        breach.promise.merchant,
        State.SUSPENDED,
    )


@pytest.mark.clause("EJAS 6.10.2 -1", "EJAS 6.10.2 -2", "EJAS 6.10.2 -3", "EJAS 6.10.2 -4", "EJAS 6.10.2 -5")
def test_the_catalogue_ships_what_can_be_promised(db):
    promises.sync_promise_kinds(at=AT)
    promises.sync_promise_kinds(at=AT)
    names = set(PromiseKind.objects.values_list("name", flat=True))
    assert {"原厂保修", "延时交付必赔", "免费取旧", "免费测量", "退货免运费"} <= names
    assert PromiseKind.objects.filter(by_law=True).count() == 4
