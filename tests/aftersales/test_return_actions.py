"""A return from the asking to the money: what is due cannot be refused, what is disputed needs evidence."""

import datetime
import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.actions.return_evidence import give
from aftersales.models import Clock, ReturnRequest
from aftersales.rules.return_request import RETURNS
from aftersales.rules.valuable import insurance
from mcn.audit import trail
from mcn.audit.models import Entry
from mcn.kit import records
from mcn.kit.refusal import Blocked, Refused, WrongState
from tests.factories import png
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.promises import InvoiceFactory
from tests.factories.returns import ASKED, ReturnFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import ShowFactory

DAY_AFTER = ASKED + datetime.timedelta(days=1)
TO = {"way": "post", "return_to": "佛山市南海区仓库路1号 退货组"}


def clock_of(request, kind):
    return Clock.objects.of(request, kind).get()


def late(request):
    """The same long after the seven days."""
    return request.asked_at + datetime.timedelta(days=30)


@pytest.mark.clause("EJAS 6.3.2.2")
def test_what_was_not_shipped_is_refunded_at_once():
    request = ReturnFactory(order_state="paid", at=ASKED)

    assert (request.state, request.kind, request.refunded) == ("refunded", "refund", Decimal("39.90"))
    assert not Clock.objects.of(request).open().exists()


@pytest.mark.clause("EJAS 6.9.2")
@pytest.mark.parametrize(
    ("state", "becomes", "waits"), [("requested", "cancelled", False), ("issued", "issued", True)]
)
def test_an_invoice_follows_the_goods_that_were_paid_back(state, becomes, waits):
    request = ReturnFactory()
    invoice = InvoiceFactory(order=request.order, state=state)
    returns.approve(request, **TO, by=None, at=ASKED)
    returns.arrive(request, condition="完好", by=None, at=DAY_AFTER)

    returns.refund(request, by=None, at=DAY_AFTER)

    invoice.refresh_from_db()
    assert (invoice.state, invoice.returned_at is not None) == (becomes, waits)


@pytest.mark.clause("DB4401 6.4.2 c", "DB4401 6.4.1 b", "EJAS 6.3.1.1")
def test_a_return_runs_through_and_its_deadline_rests_while_the_buyer_acts():
    request = ReturnFactory()
    due = clock_of(request, "return_settle").due_at
    assert (request.state, request.entitled, request.code) == ("asked", True, "R000001")

    returns.approve(request, **TO, by=None, at=ASKED)
    assert clock_of(request, "return_settle").state == "paused"
    returns.send(request, carrier="顺丰", parcel="SF1", by=None, at=DAY_AFTER)
    returns.arrive(request, condition="完好", by=None, at=DAY_AFTER)
    assert clock_of(request, "return_settle").due_at == due + datetime.timedelta(days=1)
    returns.refund(request, by=None, at=DAY_AFTER)

    assert (request.state, request.refunded) == ("refunded", Decimal("39.90"))
    assert set(Clock.objects.of(request).values_list("state", flat=True)) == {"met"}
    told = [entry.verb for entry in trail.history(request)]
    assert told == ["refund", "arrive", "send", "approve", "ask"]


@pytest.mark.clause("EJAS 6.3.1.2", "LSMS 7.2.7", "GDAS 4.1", "DB4401 6.1.1", "LSMS 7.3.2.3 c")
def test_what_the_law_gives_cannot_be_refused():
    request = ReturnFactory()
    with pytest.raises(Blocked, match=r"EJAS 6\.3\.1\.2"):
        returns.refuse(request, note="不想退", by=None, at=DAY_AFTER)

    free = ReturnFactory(at=late(request))
    assert not free.entitled
    returns.refuse(free, note="已超过七天", by=None, at=late(request))
    assert (free.state, free.decision) == ("refused", "已超过七天")


def test_facts_found_out_later_change_what_is_due():
    request = ReturnFactory(reason="no_reason")
    returns.weigh(
        request,
        confirmed=False,
        intact=False,
        misuse=False,
        same_model=True,
        note="吊牌已剪",
        by=None,
        at=DAY_AFTER,
    )
    assert not request.entitled
    returns.refuse(request, note="影响二次销售", by=None, at=DAY_AFTER)
    assert request.state == "refused"


@pytest.mark.clause("EJAS 6.3.3.1", "EJAS 6.3.3.2")
def test_a_dispute_is_decided_on_evidence_and_not_by_who_opened_it():
    request = ReturnFactory(reason="damaged", words="罐子压扁")
    returns.approve(request, **TO, by=None, at=ASKED)
    returns.arrive(request, condition="罐体有撞击痕迹", by=None, at=DAY_AFTER)
    agent, judge = StaffFactory(role="after_sales"), StaffFactory(role="after_sales")
    disputes.dispute(request, side="merchant", subject="damage", words="发货时完好", by=agent, at=DAY_AFTER)

    with pytest.raises(Refused):
        disputes.award(request, basis="x", by=agent, at=DAY_AFTER)
    with pytest.raises(Blocked, match=r"EJAS 6\.3\.3\.1"):
        disputes.award(request, basis="x", by=judge, at=DAY_AFTER)
    give(request, png(), side="buyer", by=None, at=DAY_AFTER)
    disputes.award(request, basis="开箱照片显示外箱破损", panel="王、李", by=judge, at=DAY_AFTER)

    assert (request.state, request.disputes.get().outcome) == ("approved", "buyer")
    returns.refund(request, by=None, at=DAY_AFTER)
    assert request.state == "refunded"


def test_a_dispute_lost_stays_refused():
    request = ReturnFactory(reason="damaged", words="罐子压扁")
    returns.approve(request, **TO, by=None, at=ASKED)
    returns.arrive(request, condition="人为拆毁", by=None, at=DAY_AFTER)
    judge = StaffFactory(role="after_sales")
    files = [png()]
    disputes.dispute(request, files, side="merchant", subject="damage", words="人为", by=None, at=DAY_AFTER)
    disputes.dismiss(request, basis="监控显示完好", by=judge, at=DAY_AFTER)

    assert request.state == "refused"
    assert RETURNS.inspect(request, on=DAY_AFTER.date()).findings == []
    with pytest.raises(WrongState):
        disputes.dispute(request, side="buyer", subject="refusal", words="不服", by=None, at=DAY_AFTER)


@pytest.mark.clause("EJAS 6.3.2.1")
def test_a_buyer_in_good_standing_is_paid_in_advance():
    orders = [OrderFactory(state="received", buyer_phone="13900000001") for _number in range(4)]
    request = ReturnFactory(order=orders[0])

    assert (request.good_standing, request.advanced, request.state) == (True, True, "asked")
    assert request.refunded == Decimal("39.90")
    returns.approve(request, **TO, by=None, at=ASKED)
    with pytest.raises(Refused):
        returns.cancel(request, by=None, at=ASKED)


@pytest.mark.clause("EJAS 6.3.4.1")
def test_an_exchange_sends_another_model_and_begins_the_guarantee_anew():
    request = ReturnFactory(kind="exchange", reason="wrong", words="发成小号")
    returns.approve(request, **TO, by=None, at=ASKED)
    with pytest.raises(WrongState):
        returns.refund(request, by=None, at=DAY_AFTER)
    returns.arrive(request, condition="完好", by=None, at=DAY_AFTER)
    returns.replace(request, parcel="顺丰 SF2", by=None, at=DAY_AFTER)

    assert (request.state, request.replaced_on) == ("exchanged", DAY_AFTER.date())
    again = ReturnFactory(line=request.line, kind="exchange", reason="wrong", words="还是小号", at=DAY_AFTER)
    assert again.state == "asked"


@pytest.mark.clause("DB4401 6.4.2 c")
def test_the_service_plan_says_how_long_it_takes():
    show = ShowFactory(cast=False, crew=False, plans=False, items=0)
    seller = MerchantFactory(papers=False)
    plan = ServicePlanFactory(show=show, merchant=seller, return_hours=24, lines=False)
    order = OrderFactory(state="received", show=plan.show, merchant=plan.merchant)
    request = ReturnFactory(order=order)

    assert request.promised_hours == 24
    assert clock_of(request, "return_settle").due_at == ASKED + datetime.timedelta(hours=24)
    # Asked at 20:30 the hours end the next evening: it is late the day after that.
    found = RETURNS.inspect(request, on=ASKED.date() + datetime.timedelta(days=2)).findings
    assert [finding.clause for finding in found] == ["DB4401 6.4.2 c"]
    assert not RETURNS.inspect(request, on=ASKED.date()).findings


@pytest.mark.clause("EJAS 6.3.4.2", "EJAS 6.3.2.3")
def test_dear_goods_travel_insured_and_the_sellers_fault_is_picked_up():
    order = OrderFactory(state="received", lines__paid=Decimal(3000), lines__price=Decimal(3000))
    request = ReturnFactory(order=order, reason="wrong", words="型号不对")
    returns.approve(request, **TO, by=None, at=ASKED)
    assert [one.clause for one in RETURNS.inspect(request, on=ASKED.date()).warnings] == ["EJAS 6.3.2.3"]
    with pytest.raises(ValidationError, match=r"声明价值不低于 3000.00 元，保价费由商家承担"):
        returns.send(request, carrier="顺丰", parcel="SF1", by=None, at=ASKED)
    returns.send(request, carrier="顺丰", parcel="SF1", insured=Decimal(0), by=None, at=ASKED)
    assert [one.clause for one in RETURNS.inspect(request, on=ASKED.date()).warnings] == ["EJAS 6.3.4.2"]


@pytest.mark.clause("EJAS 6.3.4.2")
def test_who_picks_dear_goods_up_insures_them_for_what_they_are_worth():
    order = OrderFactory(state="received", lines__paid=Decimal(3000), lines__price=Decimal(3000))
    request = ReturnFactory(order=order)
    fetched = TO | {"way": "pickup", "pickup_on": ASKED.date()}
    for short in (None, Decimal("2999.99")):
        with pytest.raises(ValidationError, match=r"声明价值不低于 3000.00 元"):
            returns.approve(request, **fetched, insured=short, by=None, at=ASKED)
    returns.approve(request, **fetched, insured=Decimal(3000), by=None, at=ASKED)
    returns.send(request, carrier="顺丰", parcel="SF1", by=None, at=ASKED)

    assert request.insured == 3000
    assert not RETURNS.inspect(request, on=ASKED.date()).warnings


@pytest.mark.clause("EJAS 6.3.4.2")
@pytest.mark.parametrize(
    ("insure", "reason", "way", "said"),
    [
        (False, "no_reason", "post", ""),
        (True, "no_reason", "door", ""),
        (True, "no_reason", "post", "消费者承担"),
        (True, "fault", "post", "商家承担"),
        (True, "no_reason", "pickup", "商家承担"),
    ],
)
def test_it_is_told_who_pays_the_insurance(insure, reason, way, said):
    told = str(insurance(ReturnRequest(insure=insure, reason=reason, way=way, amount=Decimal(3000))))
    assert (said in told, bool(told)) == (True, bool(said))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quantity": 2}, "quantity"),
        ({"amount": Decimal(40)}, "amount"),
        ({"reason": "fault"}, "words"),
        ({"reason": "not_received"}, "reason"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(wrong, field):
    with pytest.raises(ValidationError) as said:
        ReturnFactory(**wrong)
    assert field in said.value.message_dict


def test_only_one_request_about_the_same_goods_is_open():
    first = ReturnFactory()
    with pytest.raises(ValidationError):
        ReturnFactory(line=first.line)
    returns.cancel(first, by=None, at=ASKED)
    assert ReturnFactory(line=first.line).code == "R000002"


def test_a_wrong_state_is_refused_by_every_verb():
    request = ReturnFactory(order_state="paid", at=ASKED)
    assert ReturnRequest.MOVES.leaving(request.state) == []
    for act, given in [
        (returns.approve, TO),
        (returns.refuse, {"note": "x"}),
        (returns.send, {"carrier": "x", "parcel": "y"}),
        (returns.arrive, {"condition": "x"}),
        (returns.refund, {}),
        (returns.advance, {}),
        (returns.replace, {"parcel": "x"}),
        (returns.cancel, {}),
    ]:
        with pytest.raises(WrongState):
            act(request, by=None, at=ASKED, **given)


def test_the_trail_does_not_keep_what_the_buyer_wrote():
    request = ReturnFactory()
    request.words = "请联系张三"
    records.save(request, by=None, at=DAY_AFTER)

    changes = json.loads(Entry.objects.latest("id").changes)
    assert changes["words"][1] == trail.CHANGED
