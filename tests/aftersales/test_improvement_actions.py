"""Improvement goes all the way round: facts, root cause, actions, verified effect."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import improvement as action_actions
from aftersales.actions import nonconformity as nonconformity_actions
from aftersales.actions import pilot as pilot_actions
from aftersales.models import Cause, GoodPractice, ImprovementAction, Nonconformity
from aftersales.rules.fishbone import fishbone
from aftersales.rules.improvement import IMPROVEMENT, to_verify
from mcn.kit.refusal import Blocked, Denied, WrongState
from mcn.notices.models import Notice
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.opinion import (
    CauseFactory,
    GoodPracticeFactory,
    ImprovementActionFactory,
    NonconformityFactory,
    PilotFactory,
    ReviewFactory,
    WhyFactory,
)

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


@pytest.fixture
def colleague():
    return StaffFactory(role="after_sales")


def found(by, **given):
    row = Nonconformity(
        **{"title": "破损多", "source": "review", "found_on": DAY, "facts": "31 件", "owner": by} | given
    )
    return nonconformity_actions.find(row, by=by, at=AT, reviews=[ReviewFactory()])


@pytest.mark.clause("EJAS 7.4.1", "EJAS 7.5.1", "EJAS 7.5.2", "EJAS 7.5.3", "LSMS 6.4", "GDAS 6.2")
@pytest.mark.clause("EJAS 4.1.1 -3", "EJAS 6.4.2.2")
def test_from_the_facts_to_the_verified_effect(agent, colleague):
    row = found(agent)
    assert row.reviews.count() == 1
    for place in range(3):
        nonconformity_actions.ask_why(
            row, question=f"为什么 {place}", answer="纸箱软", evidence="抽检", by=agent, at=AT
        )
    nonconformity_actions.settle(row, root_cause="无来料检验", by=agent, at=AT)

    merchant = MerchantFactory(papers=False)
    action = ImprovementAction(
        nonconformity=row,
        what="加来料抽检",
        goal="千单 1 件",
        owner=colleague,
        merchant=merchant,
        due_on=DAY + ONE,
    )
    action_actions.plan(action, by=agent, at=AT)
    assert Notice.objects.filter(receipts__user=colleague).exists()
    with pytest.raises(Blocked):
        nonconformity_actions.close(row, effect="降了", by=agent, at=AT)

    action_actions.finish(action, result="每批抽 20 箱", file=pdf(), by=colleague, at=AT + ONE)
    with pytest.raises(Denied):
        action_actions.verify(action, effect="降到 0.8", by=colleague, at=AT + ONE)
    assert list(to_verify(agent)) == [action]
    action_actions.verify(action, effect="千单 0.8 件", by=agent, at=AT + ONE)
    done = ImprovementAction.objects.get(merchant=merchant)
    assert (done.state, done.effect) == ("verified", "千单 0.8 件")
    nonconformity_actions.close(row, effect="三月千单 0.8 件", by=agent, at=AT + ONE)
    assert row.state == "closed"


@pytest.mark.clause("EJAS 7.5.1")
@pytest.mark.parametrize(("whys", "root", "settled"), [(2, False, False), (3, False, True), (0, True, True)])
def test_a_root_is_settled_by_whys_or_on_the_fishbone(agent, whys, root, settled):
    row = NonconformityFactory()
    for place in range(whys):
        WhyFactory(nonconformity=row, place=place + 1)
    CauseFactory(nonconformity=row, is_root=root, evidence="抽检记录" if root else "")

    def settle():
        nonconformity_actions.settle(row, root_cause="无来料检验", by=agent, at=AT)

    if settled:
        settle()
    else:
        with pytest.raises(Blocked):
            settle()
    assert (row.state == "acting") is settled


def test_a_root_cause_names_its_fact(agent):
    cause = CauseFactory()
    with pytest.raises(ValidationError):
        nonconformity_actions.mark_root(cause, evidence="", by=agent, at=AT)
    assert nonconformity_actions.mark_root(cause, evidence="抽检", by=agent, at=AT).is_root


def test_the_search_is_over_when_the_root_is_settled(agent):
    row = NonconformityFactory(acting=True)
    with pytest.raises(WrongState):
        nonconformity_actions.keep(Cause(nonconformity=row, bone="goods", text="新"), by=agent, at=AT)


@pytest.mark.clause("EJAS 7.4.2")
def test_a_serious_shortfall_has_a_team(agent):
    with pytest.raises(ValidationError):
        found(agent, serious=True)
    assert found(agent, serious=True, team="客服部、仓储部").pk


@pytest.mark.clause("EJAS 7.5.3")
@pytest.mark.parametrize(
    ("states", "closes"),
    [
        (["verified"], True),
        (["verified", "dropped"], True),
        (["failed", "verified"], True),
        (["failed"], False),
        (["verified", "planned"], False),
        (["verified", "done"], False),
        ([], False),
    ],
)
def test_closing_needs_every_action_verified(agent, states, closes):
    row = NonconformityFactory(acting=True)
    CauseFactory(nonconformity=row, is_root=True, evidence="抽检")
    for state in states:
        effect = "有" if state in ("verified", "failed") else ""
        ImprovementActionFactory(nonconformity=row, state=state, effect=effect)
    try:
        nonconformity_actions.close(row, effect="好了", by=agent, at=AT)
    except Blocked:
        assert not closes
    else:
        assert closes


@pytest.mark.clause("EJAS 7.4.1")
def test_what_is_overdue_or_without_a_plan_is_found_every_night():
    planned = NonconformityFactory(acting=True)
    ImprovementActionFactory(nonconformity=planned, due_on=DAY)
    bare = NonconformityFactory(acting=True)

    reports = IMPROVEMENT.inspect_many(IMPROVEMENT.subjects(), on=DAY)
    assert {key for key, report in reports.items() if report.findings} == {bare.pk}
    reports = IMPROVEMENT.inspect_many(IMPROVEMENT.subjects(), on=DAY + ONE)
    assert {key for key, report in reports.items() if report.findings} == {bare.pk, planned.pk}


def test_before_the_root_only_what_is_put_right_at_once_is_planned(agent):
    row = NonconformityFactory()
    given = {"nonconformity": row, "what": "补发", "goal": "当天到", "owner": agent, "due_on": DAY}
    with pytest.raises(WrongState):
        action_actions.plan(ImprovementAction(**given), by=agent, at=AT)
    action_actions.plan(ImprovementAction(**given, kind="correction"), by=agent, at=AT)
    with pytest.raises(ValidationError):
        action_actions.plan(
            ImprovementAction(**given | {"kind": "correction", "due_on": DAY - ONE}), by=agent, at=AT
        )


def test_the_fishbone_stands_on_its_six_bones():
    row = NonconformityFactory()
    causes = [CauseFactory(nonconformity=row, text=f"原因{place}很长很长很长很长很长") for place in range(4)]
    drawn = fishbone(row, causes)
    goods = drawn["bones"][2]

    assert [len(bone.twigs) for bone in drawn["bones"]] == [0, 0, 4, 0, 0, 0]
    assert all(
        0 <= twig.x1 < twig.x2 <= drawn["width"] and 0 < twig.y < drawn["spine"] for twig in goods.twigs
    )
    assert all(len(twig.label) <= 13 for twig in goods.twigs)


@pytest.mark.clause("EJAS 7.6.1", "EJAS 7.6.2")
def test_a_pilot_is_tried_on_a_small_scale_and_adopted(agent):
    pilot = PilotFactory()
    with pytest.raises(WrongState):
        pilot_actions.adopt(pilot, result="满意度 4.6", by=agent, at=AT)
    pilot_actions.start(pilot, by=agent, at=AT)
    with pytest.raises(ValidationError):
        pilot_actions.adopt(pilot, result="", by=agent, at=AT)
    pilot_actions.adopt(pilot, result="满意度 4.6", by=agent, at=AT)
    assert pilot.state == "adopted"


@pytest.mark.clause("EJAS 7.5.3", "EJAS 7.4.3")
def test_good_practice_is_published_by_another_and_read_by_merchants(agent, colleague):
    practice = pilot_actions.add(
        GoodPractice(title="坏果赔付", situation="生鲜", text="收到照片即赔", proof="降六成"), by=agent, at=AT
    )
    reader = MerchantUserFactory()
    assert not GoodPractice.objects.visible_to(reader).exists()
    with pytest.raises(Denied):
        pilot_actions.publish(practice, by=agent, at=AT)
    pilot_actions.publish(practice, by=colleague, at=AT)
    assert GoodPractice.objects.visible_to(reader).get() == practice
    with pytest.raises(WrongState):
        pilot_actions.change(practice, by=agent, at=AT)


@pytest.mark.clause("EJAS 7.6.3")
def test_ones_own_regular_look_is_a_source_too(agent):
    assert found(agent, source="own").get_source_display() == "定期自查"


def test_a_draft_practice_changes(agent):
    practice = GoodPracticeFactory()
    practice.title = "坏果一小时赔"
    pilot_actions.change(practice, by=agent, at=AT)
    assert GoodPractice.objects.get().title == "坏果一小时赔"
