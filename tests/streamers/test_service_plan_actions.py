"""Service plans: begun, written, agreed by both, amended; never by one side alone, never after the start."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.audit.models import Entry
from mcn.kit import records
from mcn.kit.refusal import Blocked, Denied, Refused, Stale, WrongState
from streamers.actions import service_plan as plans
from streamers.models import ServicePlan, Show
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import ShowFactory

State = ServicePlan.State
LATER = AT + datetime.timedelta(hours=1)


@pytest.fixture
def show():
    return ShowFactory(plans=False)


@pytest.fixture
def merchant(show):
    return show.items.get().product.merchant


@pytest.fixture
def owner(merchant):
    return MerchantUserFactory(merchant=merchant)


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


def put(show, state):
    show.state = state
    records.save(show, by=None, at=AT)


def submitted(show, owner, **words):
    plan = ServicePlanFactory(show=show, state="draft", rating="", **words)
    return plans.submit(plan, by=owner, at=AT)


@pytest.mark.clause("DB4401 6.2.2 a", "GDAS 5.1.1 a")
def test_a_plan_begins_with_what_the_run_sheet_offers(show, merchant, owner):
    plan = plans.open_version(show, merchant, by=owner, at=AT)

    offer = show.items.get().offers.get()
    assert list(plan.lines.values_list("sku", "spot", "presale")) == [(offer.sku_id, 100, 0)]
    assert (plan.number, plan.state, plan.answer_percent, plan.answer_seconds) == (1, State.DRAFT, 80, 30)
    assert plan.reasoning["lines"][0]["spot"] == 100
    with pytest.raises(WrongState):
        plans.open_version(show, merchant, by=owner, at=AT)


def test_the_usual_words_are_taken_over_from_the_last_plan(show, merchant, owner):
    other = ServicePlanFactory(
        show=ShowFactory(items=0, plans=False, starts_at=AT + datetime.timedelta(days=30)),
        merchant=merchant,
        carrier="京东物流",
        training="三月专场培训",
    )
    plan = plans.open_version(show, merchant, by=owner, at=AT)
    assert (plan.carrier, plan.complaint_hours) == ("京东物流", other.complaint_hours)
    assert (plan.training, plan.seats_trained) == ("", None)


def test_strangers_and_merchants_without_goods_begin_none(show, operator):
    stranger = MerchantUserFactory()
    elsewhere = stranger.memberships.get().merchant
    with pytest.raises(Refused, match="流程单"):
        plans.open_version(show, elsewhere, by=stranger, at=AT)
    with pytest.raises(Denied):
        plans.open_version(show, show.items.get().product.merchant, by=stranger, at=AT)
    with pytest.raises(Refused):
        plans.open_version(show, MerchantFactory(), by=operator, at=AT)


def test_all_merchants_are_asked_at_once_and_once_by_who_may(operator):
    show = ShowFactory(items=3, plans=False)
    with pytest.raises(Denied):
        plans.ask(show, by=StaffFactory(role="auditor"), at=AT)
    assert len(plans.ask(show, by=operator, at=AT)) == 3
    assert plans.ask(show, by=operator, at=AT) == []
    assert {plan.lines.count() for plan in ServicePlan.objects.all()} == {1}


def test_what_is_typed_is_kept_and_the_seats_worked_out(show, owner):
    plan = ServicePlanFactory(show=show, state="draft", carrier="")
    line = plan.lines.get()
    words = {"carrier": "中通", "seats": 2, "seats_trained": 2, "rating": "lacking"}

    plans.save_draft(plan, words=words, lines={line.pk: {"spot": 60_000}}, by=owner, at=AT)

    assert (plan.carrier, plan.seats, plan.rating) == ("中通", 2, "sufficient")
    assert plan.seats_needed == plan.reasoning["seats"] > 3
    assert plan.reasoning["offered"]["seats"] == 2
    with pytest.raises(Stale):
        plans.save_draft(plan, words={"carrier": "圆通"}, seen=plan.version - 1, by=owner, at=AT)


def test_the_run_sheets_quantities_are_taken_over_again(show, owner):
    plan = ServicePlanFactory(show=show, state="draft")
    offer = show.items.get().offers.get()
    offer.spot, offer.presale, offer.ships_on = 30, 20, DAY
    records.save(offer, by=None, at=AT)

    plans.refill(plan, by=owner, at=AT)

    assert list(plan.lines.values_list("spot", "presale", "ships_on")) == [(30, 20, DAY)]


def test_both_sides_agree(show, owner, operator):
    plan = submitted(show, owner)
    plans.assess(plan, rating="sufficient", opinion="席位充足，承诺清楚", by=operator, at=AT)

    plans.agree(plan, by=operator, at=LATER)

    assert (plan.state, plan.submitted_by, plan.submitted_at) == (State.AGREED, owner, AT)
    assert (plan.decided_by, plan.decided_at) == (operator, LATER)
    verbs = Entry.objects.filter(model="streamers.serviceplan", row=plan.pk).values_list("verb", flat=True)
    assert {"submit", "assess", "agree"} <= set(verbs)


@pytest.mark.clause("DB4401 6.2.2 b", "GDAS 5.1.1 b")
def test_neither_side_agrees_to_too_few_seats(show, owner, operator):
    plan = ServicePlanFactory(show=show, state="draft", seats=0, seats_trained=0)
    with pytest.raises(Blocked, match=r"DB4401 6\.2\.2 b"):
        plans.submit(plan, by=owner, at=AT)

    waiting = ServicePlanFactory(show=ShowFactory(plans=False), state="submitted", seats=0, seats_trained=0)
    with pytest.raises(Blocked, match=r"DB4401 6\.2\.2 b"):
        plans.agree(waiting, by=operator, at=AT)


def test_who_agreed_for_the_merchant_does_not_agree_for_the_agency(show, operator):
    plan = ServicePlanFactory(show=show, state="draft")
    with pytest.raises(ValidationError):
        plans.submit(plan, by=operator, at=AT)
    plans.submit(plan, by=operator, at=AT, note="商家王经理 3 月 15 日邮件同意")

    for verb, given in [
        (plans.agree, {}),
        (plans.send_back, {"note": "席位"}),
        (plans.assess, {"rating": "sufficient", "opinion": "可以"}),
    ]:
        with pytest.raises(Denied):
            verb(plan, by=operator, at=AT, **given)
    plans.agree(plan, by=StaffFactory(role="merchant_desk"), at=AT)


def test_a_merchant_does_not_agree_for_the_agency(show, owner):
    plan = submitted(show, owner)
    with pytest.raises(Denied):
        plans.agree(plan, by=owner, at=AT)
    plans.withdraw(plan, by=owner, at=AT)
    assert plan.state == State.DRAFT
    with pytest.raises(Denied):
        plans.submit(plan, by=MerchantUserFactory(merchant=plan.merchant, role="customer_service"), at=AT)


@pytest.mark.clause("DB4401 6.2.1 b", "GDAS 5.1.2 b")
def test_an_insufficient_guarantee_goes_back(show, owner, operator):
    plan = submitted(show, owner)
    plans.assess(plan, rating="lacking", opinion="未写明先行赔付", by=operator, at=AT)
    with pytest.raises(Refused, match="退回"):
        plans.agree(plan, by=operator, at=AT)
    with pytest.raises(ValidationError):
        plans.send_back(plan, note=" ", by=operator, at=AT)

    plans.send_back(plan, note="补充先行赔付条件", by=operator, at=AT)
    plans.submit(plan, by=owner, at=LATER)

    assert (plan.state, plan.rating, plan.opinion) == (State.SUBMITTED, "", "")


def test_an_amendment_is_a_version_that_both_agree_to_again(show, owner, operator):
    first = ServicePlanFactory(show=show)
    second = plans.amend(first, by=owner, at=AT)
    assert (second.number, second.carrier, second.lines.count()) == (2, first.carrier, 1)
    first.refresh_from_db()
    assert first.state == State.AGREED

    plans.save_draft(second, words={"carrier": "德邦", "seats": 4}, by=owner, at=AT)
    plans.submit(second, by=owner, at=AT)
    plans.agree(second, by=operator, at=LATER)

    first.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.AGREED)
    with pytest.raises(WrongState):
        plans.amend(first, by=owner, at=LATER)


def test_an_agreed_plan_never_changes(show, owner):
    plan = ServicePlanFactory(show=show)
    with pytest.raises(WrongState):
        plans.save_draft(plan, words={"carrier": "圆通"}, by=owner, at=AT)
    plan.carrier = "圆通"
    with pytest.raises(ValidationError, match="双方"):
        records.save(plan, by=None, at=AT)


@pytest.mark.parametrize("state", [Show.State.LIVE, Show.State.ENDED, Show.State.CANCELLED])
def test_nothing_changes_once_the_show_has_begun(show, merchant, owner, operator, state):
    plan = ServicePlanFactory(show=show, state="submitted")
    put(show, state)
    for verb, given in [
        (plans.withdraw, {"by": owner}),
        (plans.agree, {"by": operator}),
        (plans.send_back, {"by": operator, "note": "晚了"}),
        (plans.assess, {"by": operator, "rating": "sufficient", "opinion": "可以"}),
        (plans.refill, {"by": owner}),
    ]:
        with pytest.raises(WrongState):
            verb(plan, at=AT, **given)
    with pytest.raises(WrongState):
        plans.open_version(show, merchant, by=owner, at=AT)


@pytest.mark.parametrize("verb", ["submit", "withdraw", "agree", "send_back"])
def test_every_verb_is_refused_from_every_other_state(show, owner, operator, verb):
    sources = ServicePlan.MOVES.table[verb][0]
    actor = owner if verb in ("submit", "withdraw") else operator
    plan = ServicePlanFactory(show=show, state="superseded")
    for state in State:
        if state not in sources:
            ServicePlan.objects.filter(pk=plan.pk).update(state=state, submitted_at=AT, decided_at=AT)
            given = {"note": "说明"}
            with pytest.raises(WrongState):
                getattr(plans, verb)(plan, by=actor, at=AT, **given)
