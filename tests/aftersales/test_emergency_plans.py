"""Emergency plans: whom they call and what they lack, adopted and rehearsed, opened by ladders and cases."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import clock_sweep
from aftersales.actions import complaint_talk as talk
from aftersales.actions import emergency_plan as plan_actions
from aftersales.actions import opinion_case as case_actions
from aftersales.models import DeadlineRule, EmergencyPlan, PlanCall, PlanDrill
from aftersales.rules.emergency_plan import LADDERS, PLANS
from mcn.kit.refusal import Blocked, Denied, WrongState
from mcn.notices.models import Notice
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.clocks import ClockFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.emergency import EmergencyPlanFactory, PlanCallFactory
from tests.factories.opinion import OpinionCaseFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def lead():
    return StaffFactory(role="after_sales_lead")


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


def lacks(plan, on=DAY):
    return [finding.message for finding in PLANS.inspect(plan, on=on).findings]


def outside(plan):
    PlanCallFactory(
        plan=plan, place=3, user=None, name="平台对接经理", phone="020-83228888", within_minutes=90
    )


def hasty(plan):
    plan.calls.filter(place=2).update(within_minutes=10)


def left(plan):
    first = plan.calls.get(place=1).user
    first.is_active = False
    first.save()


def alone(plan):
    plan.calls.get(place=2).delete()


def outsider_first(plan):
    plan.calls.filter(place=1).update(user=None, name="公关公司")


def boastful(plan):
    EmergencyPlan.objects.update(first_words="我们是全国第一的国家级品牌")


@pytest.mark.clause("DB4401 6.2.1 d", "GDAS 5.1.2 d")
@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (outside, 0),
        (hasty, ["后通知的人到位时限早于先通知的人"]),
        (left, 1),
        (alone, ["只有一位联络人：请补充后备人员"]),
        (outsider_first, ["第一位通知的须是本机构员工"]),
        (boastful, 2),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_plan_calls_people_in_order_and_says_nothing_banned(wrong, found):
    plan = EmergencyPlanFactory(draft=True)
    wrong(plan)

    said = lacks(plan)
    assert (said if isinstance(found, list) else len(said)) == found


@pytest.mark.clause("DB4401 6.2.1 d", "GDAS 5.1.2 d")
def test_another_adopts_a_plan_and_the_one_before_goes(lead, officer):
    before = EmergencyPlanFactory()
    plan = EmergencyPlan(title="新预案", matter="complaint", when="逾期", first_words="正在核实")
    plan_actions.write(plan, by=lead, at=AT)
    assert (plan.code, plan.written_by) == (f"E{int(before.code[1:]) + 1:03d}", lead)
    with pytest.raises(Blocked):
        plan_actions.adopt(plan, by=officer, at=AT)
    for place, person in enumerate([lead, officer], start=1):
        call = PlanCall(plan=plan, place=place, user=person, within_minutes=30, task="核实")
        plan_actions.write_call(call, by=lead, at=AT)
    with pytest.raises(Denied):
        plan_actions.adopt(plan, by=lead, at=AT)
    plan_actions.adopt(plan, by=officer, at=AT)

    before.refresh_from_db()
    assert (plan.state, plan.adopted_on, before.state) == ("adopted", DAY, "retired")
    with pytest.raises(WrongState):
        plan_actions.write(plan, by=lead, at=AT)
    with pytest.raises(WrongState):
        plan_actions.write_call(call, by=lead, at=AT)
    with pytest.raises(Denied):
        plan_actions.retire(plan, note="x", by=StaffFactory(role="after_sales"), at=AT)


@pytest.mark.clause("EJAS 4.4.2")
def test_a_drill_is_kept_and_asked_for_again(lead):
    plan = EmergencyPlanFactory()
    due = plan.drill_due_on
    assert [lacks(plan, on) for on in (due, due + ONE)] == [[], [f"应于 {due:%Y-%m-%d} 前演练"]]

    told = {"kind": "acted", "people": "客服三人、公关一人", "findings": "电话打不通"}
    plan_actions.drill(plan, **told, held_on=DAY + ONE, by=lead, at=AT + 2 * ONE, file=pdf())

    plan.refresh_from_db()
    assert plan.drill_due_on == due + ONE
    assert PlanDrill.objects.get().document.latest
    with pytest.raises(ValidationError):
        plan_actions.drill(plan, **told, held_on=DAY + 9 * ONE, by=lead, at=AT)
    with pytest.raises(WrongState):
        plan_actions.drill(EmergencyPlanFactory(draft=True), **told, held_on=DAY, by=lead, at=AT)


@pytest.mark.clause("DB4401 6.2.1 d", "GDAS 5.1.2 d", "GDAS 5.3.3 d", "DB4401 6.4.1 d")
def test_a_ladder_that_ends_with_the_plan_finds_one(django_assert_max_num_queries):
    rules = DeadlineRule.objects.filter(
        kind__in=["complaint_resolve", "opinion_case"], rungs__tells="emergency"
    )

    def without():
        found = LADDERS.inspect_many(rules.distinct(), on=DAY)
        kinds = DeadlineRule.objects.in_bulk(found)
        return {kinds[pk].kind for pk, report in found.items() if report.findings}

    assert without() == {"complaint_resolve", "opinion_case"}
    EmergencyPlanFactory(draft=True, matter="opinion")
    EmergencyPlanFactory()
    assert without() == {"opinion_case"}
    EmergencyPlanFactory(matter="opinion")
    with django_assert_max_num_queries(4):
        assert without() == set()


@pytest.mark.clause("GDAS 5.3.3 d", "DB4401 6.4.1 d")
def test_the_ladder_names_the_plan_and_tells_whom_it_calls():
    plan = EmergencyPlanFactory()
    PlanCallFactory(plan=plan, place=3, user__role="operator")
    clock = ClockFactory(at=AT)
    clock_sweep.sweep(at=clock.due_at + 60 * ONE)
    while clock_sweep.sweep(at=clock.due_at + 60 * ONE):
        pass

    for call in plan.calls.all():
        texts = Notice.objects.filter(receipts__user=call.user).values_list("text", flat=True)
        assert [text for text in texts if str(plan) in text], call


@pytest.mark.clause("GDAS 5.4")
def test_a_case_opens_its_plan_and_calls_its_people_in_order(lead, officer):
    plan = EmergencyPlanFactory(matter="opinion")
    outside(plan)
    case = OpinionCaseFactory()
    case_actions.escalate(case, note="停售召回", owner=officer, by=lead, at=AT)

    assert case.plan == plan
    assert case.steps.get(kind="emergency").text == f"{plan}\n停售召回"
    told = Notice.objects.filter(kind="emergency").order_by("id")
    assert [
        (notice.receipts.get().user, f"第 {place} 位" in notice.text) for place, notice in enumerate(told, 1)
    ] == [(call.user, True) for call in plan.calls.order_by("place")[:2]]


@pytest.mark.clause("GDAS 5.3.3 d", "DB4401 6.4.1 d")
def test_a_complaint_that_stays_unsettled_opens_its_plan():
    agent = StaffFactory(role="after_sales")
    complaint = ComplaintFactory(state="verifying")
    talk.record(complaint, kind="emergency", note="尚无预案", by=agent, at=AT)
    plan = EmergencyPlanFactory()
    talk.record(complaint, kind="emergency", note="联系平台", by=agent, at=AT + HOUR)

    texts = [entry.text for entry in complaint.entries.filter(kind="emergency").order_by("number")]
    assert texts == ["尚无预案", f"{plan}\n联系平台"]
    assert Notice.objects.filter(kind="emergency").count() == 2


def test_the_back_office_writes_adopts_and_shows_a_plan(client, lead, officer):
    client.force_login(lead)
    rows = {
        "calls-TOTAL_FORMS": 2,
        "calls-INITIAL_FORMS": 0,
        "drills-TOTAL_FORMS": 0,
        "drills-INITIAL_FORMS": 0,
    }
    for place, person in enumerate([lead, officer]):
        told = {
            "place": place + 1,
            "user": person.pk,
            "within_minutes": 30,
            "task": "核实",
            "name": "",
            "phone": "",
        }
        rows |= {f"calls-{place}-{name}": value for name, value in told.items()}
    words = {"title": "舆情预案", "matter": "opinion", "when": "上热搜", "first_words": "正在核实"}
    made = client.post(
        "/admin/aftersales/emergencyplan/add/",
        words | {"first_words_minutes": 60, "drill_months": 6} | rows,
    )
    plan = EmergencyPlan.objects.get()
    assert (made.status_code, plan.calls.count()) == (302, 2)

    client.force_login(officer)
    page = f"/admin/aftersales/emergencyplan/{plan.pk}/"
    assert client.post(f"{page}do/adopt/", {"note": ""}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "adopted"
    assert client.get("/admin/aftersales/emergencyplan/").status_code == 200
    assert "登记演练" in client.get(f"{page}change/").content.decode()
    outside(plan)
    case = OpinionCaseFactory(level="serious")
    shown = client.get(f"/admin/aftersales/opinioncase/{case.pk}/change/").content.decode()
    assert str(plan) in shown
    assert "正在核实" in shown
    call = f"/admin/aftersales/plancall/{plan.calls.get(place=3).pk}/"
    assert call in shown
    assert "83228888" not in client.get(f"{call}change/").content.decode()
    told = client.post(f"{call}reveal/", {"field": "phone", "why": "启动预案"}).content.decode()
    assert "83228888" in told


def test_programs_read_plans_and_put_drills_on_record(lead):
    plan = EmergencyPlanFactory()
    outside(plan)
    path = f"/api/v1/emergency-plans/{plan.pk}/"
    seen = client_of(lead).get(path)
    assert [call["place"] for call in seen.json()["calls"]] == [1, 2, 3]
    assert "83228888" not in seen.content.decode()
    given = {"kind": "table", "held_on": "2026-03-16", "people": "三人", "findings": "无"}
    answer = client_of(lead).post(f"{path}drill/", given, format="json")
    assert (answer.status_code, PlanDrill.objects.count()) == (200, 1)
    assert (
        client_of(StaffFactory(role="reviewer")).post(f"{path}drill/", given, format="json").status_code
        == 403
    )
