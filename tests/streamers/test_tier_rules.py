"""Tiers: what a rule set makes of figures, on which day which counts, and the shipped conduct data."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from mcn.audit import trail
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import assessment as actions
from streamers.actions import figures as figures_actions
from streamers.actions import tier as tier_actions
from streamers.actions.violation_code import sync_conduct
from streamers.models import (
    Component,
    ConductThreshold,
    Streamer,
    StreamerFigures,
    TierAssessment,
    TierRuleSet,
    ViolationCode,
)
from streamers.rules.figures import inputs_of
from streamers.rules.tiers import assess, in_force, measures_of
from streamers.tasks import assess_tiers
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import (
    PlatformFactory,
    StreamerFiguresFactory,
    TierAssessmentFactory,
    TierBandFactory,
    TierRuleSetFactory,
    ViolationFactory,
)
from tests.factories.streamers import StreamerFactory

FEBRUARY = datetime.date(2026, 2, 1)
END = datetime.date(2026, 2, 28)
FULL = {"followers": 150_000, "sales": 2_000_000, "orientation": 80, "violations": 0}
State = TierAssessment.State


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


@pytest.mark.clause("DB4401 5.4.3.2 e", "DB4401 5.6.3.8")
@pytest.mark.parametrize(
    ("given", "total", "grade"),
    [
        ({}, "100.00", "S"),
        ({"followers": 99_999}, "80.00", "A"),
        ({"followers": 100_000}, "100.00", "S"),
        ({"violations": 5}, "100.00", "S"),
        ({"violations": 6}, "88.00", "S"),
        ({"violations": 12}, "80.00", "A"),
        ({"sales": 0, "orientation": 59}, "52.00", "C"),
        ({"followers": 0, "sales": Decimal("999999.99"), "orientation": 0, "violations": 99}, "12.00", "C"),
    ],
)
def test_the_bands_and_weights_give_the_total(given, total, grade):
    result = assess(TierRuleSetFactory(), FULL | given)

    assert (result.total, result.grade) == (Decimal(total), grade)
    assert sum(line["weight"] for line in result.lines) == 100
    assert sum(Decimal(line["weighted"]) for line in result.lines) == result.total


@pytest.mark.parametrize("missing", Component.values)
def test_without_a_figure_nobody_is_rated(missing):
    result = assess(TierRuleSetFactory(), FULL | {missing: None})

    line = next(line for line in result.lines if line["component"] == missing)
    assert (result.total, result.grade) == (None, "")
    assert (line["input"], line["points"], line["weighted"]) == (None, None, None)


def test_figures_of_platforms_add_up_and_the_newest_counts():
    streamer = StreamerFactory()
    StreamerFiguresFactory(streamer=streamer, day=END - datetime.timedelta(days=9), followers=1, sales=5)
    StreamerFiguresFactory(streamer=streamer, day=END - datetime.timedelta(days=1), followers=70, sales=None)
    StreamerFiguresFactory(streamer=streamer, day=END + datetime.timedelta(days=1), followers=999)
    other = PlatformFactory(code="kuaishou")
    StreamerFiguresFactory(streamer=streamer, platform=other, followers=30, sales=2, orientation=60)
    ViolationFactory(
        streamer=streamer, confirmed=True, happened_at=AT - datetime.timedelta(days=40), points=3
    )
    ViolationFactory(streamer=streamer, confirmed=True, points=5)

    assert inputs_of([streamer], END)[streamer.pk] == {
        "followers": 100,
        "sales": 7,
        "orientation": 60,
        "violations": 3,
    }


@pytest.mark.parametrize(("age", "known"), [(34, True), (35, False), (36, False)])
def test_old_figures_are_no_figures(age, known):
    figures = StreamerFiguresFactory(day=END - datetime.timedelta(days=age))
    found = inputs_of([figures.streamer], END)[figures.streamer.pk]
    assert (found["followers"] is not None) == known


def test_everybody_at_work_is_assessed_once_a_month(django_assert_num_queries):
    TierRuleSetFactory()
    figures = StreamerFiguresFactory()
    StreamerFactory(state=Streamer.State.SUSPENDED)
    StreamerFactory(state=Streamer.State.ENDED)
    StreamerFactory(state=Streamer.State.APPLIED)
    StreamerFactory(activated_on=END + datetime.timedelta(days=1))

    made = actions.assess_month(FEBRUARY, by=None, at=AT)
    again = actions.assess_month(FEBRUARY, by=None, at=AT)

    first = TierAssessment.objects.get(streamer=figures.streamer)
    assert (len(made), again, TierAssessment.objects.count()) == (2, [], 2)
    assert (first.proposed, first.state, first.proposed_by) == ("S", State.PROPOSED, None)
    assert [line["weighted"] for line in first.lines] == ["25.00", "35.00", "20.00", "20.00"]
    assert TierAssessment.objects.exclude(pk=first.pk).get().proposed == ""
    assert first.version == 1


def test_six_streamers_take_as_many_queries_as_one(django_assert_max_num_queries):
    TierRuleSetFactory()
    StreamerFiguresFactory()
    with django_assert_max_num_queries(100) as one:
        actions.assess_month(FEBRUARY, by=None, at=AT)
    for _ in range(6):
        StreamerFiguresFactory(day=datetime.date(2026, 1, 31))
    with django_assert_max_num_queries(100) as six:
        actions.assess_month(datetime.date(2026, 1, 1), by=None, at=AT)

    assert TierAssessment.objects.filter(month="2026-01-01").count() == 7
    assert len(six) == len(one)


def test_the_rule_set_of_the_months_last_day_counts():
    TierRuleSetFactory(name="旧规则")
    mid = TierRuleSetFactory(name="新规则", valid_from=datetime.date(2026, 2, 15))
    TierRuleSetFactory(name="明日规则", valid_from=datetime.date(2026, 3, 1))
    TierRuleSetFactory(name="草稿", valid_from=datetime.date(2026, 2, 20), state="draft")
    StreamerFiguresFactory()

    (assessment,) = actions.assess_month(FEBRUARY, by=None, at=AT)

    assert assessment.rule_set == mid
    assert in_force(datetime.date(2026, 2, 14)).name == "旧规则"
    assert in_force(datetime.date(2026, 3, 1)).name == "明日规则"


def test_a_month_that_is_not_over_and_one_without_rules_are_refused(manager):
    with pytest.raises(Refused, match="还没有结束"):
        actions.assess_month(DAY, by=None, at=AT)
    with pytest.raises(Refused, match="分级规则"):
        actions.assess_month(FEBRUARY, by=None, at=AT)
    with pytest.raises(Denied):
        actions.assess_month(FEBRUARY, by=StaffFactory(role="auditor"), at=AT)


def test_the_beat_and_the_command_do_the_same(capsys):
    TierRuleSetFactory(valid_from=datetime.date(2020, 1, 1))
    StreamerFactory()

    assert assess_tiers() == 1
    assert assess_tiers() == 0
    call_command("assess_tiers", "--month", "2026-02")
    assert capsys.readouterr().out == "2026-02: 1\n"


def test_a_proposal_is_approved_by_somebody_else_than_its_proposer(manager, officer):
    TierRuleSetFactory()
    StreamerFiguresFactory()
    (assessment,) = actions.assess_month(FEBRUARY, by=manager, at=AT)

    with pytest.raises(Denied):
        actions.approve(assessment, by=manager, at=AT)
    actions.approve(assessment, by=officer, at=AT)

    assert (assessment.grade, assessment.effective_on, assessment.decided_by) == ("S", DAY, officer)
    with pytest.raises(WrongState):
        actions.approve(assessment, by=StaffFactory(role="compliance"), at=AT)


@pytest.mark.parametrize(
    ("grade", "note", "field"),
    [("S", "x", "grade"), ("X", "x", "grade"), ("", "x", "grade"), ("A", " ", "note")],
)
def test_an_adjustment_needs_another_tier_and_a_reason(officer, grade, note, field):
    assessment = TierAssessmentFactory()

    with pytest.raises(ValidationError) as refused:
        actions.adjust(assessment, grade=grade, note=note, by=officer, at=AT)

    assert list(refused.value.message_dict) == [field]


def test_an_adjustment_is_made_by_somebody_else_with_the_reason(manager, officer):
    assessment = TierAssessmentFactory(proposed_by=manager)

    with pytest.raises(Denied):
        actions.adjust(assessment, grade="A", note="x", by=manager, at=AT)
    actions.approve(assessment, by=officer, at=AT)
    with pytest.raises(Denied):
        actions.adjust(assessment, grade="A", note="x", by=officer, at=AT)
    other = StaffFactory(role="compliance")
    actions.adjust(assessment, grade="A", note="主推品类合规风险高", by=other, at=AT)

    assert (assessment.proposed, assessment.grade, assessment.state) == ("S", "A", State.ADJUSTED)
    assert trail.history(assessment).first().why == "主推品类合规风险高"


def test_a_proposal_is_assessed_again_when_figures_have_come(manager):
    TierRuleSetFactory()
    streamer = StreamerFactory()
    (assessment,) = actions.assess_month(FEBRUARY, by=None, at=AT)
    assert assessment.missing == ["粉丝数", "近30天成交额（元）", "内容导向"]
    StreamerFiguresFactory(streamer=streamer)

    actions.reassess(assessment, by=manager, at=AT)

    assert (assessment.proposed, assessment.proposed_by) == ("S", manager)


@pytest.mark.parametrize("verb", ["approve", "adjust", "reassess"])
def test_what_is_adjusted_stays(officer, verb):
    assessment = TierAssessmentFactory(state=State.ADJUSTED, grade="A", effective_on=DAY)
    given = {"grade": "C", "note": "x"} if verb == "adjust" else {}

    with pytest.raises(WrongState):
        getattr(actions, verb)(assessment, **given, by=officer, at=AT)


def test_the_measures_of_a_tier_hold_from_its_day_on(officer):
    streamer = StreamerFactory()
    assessment = TierAssessmentFactory(streamer=streamer)

    assert (measures_of(streamer, DAY).grade, measures_of(streamer, DAY).recording_share) == ("", 80)
    actions.approve(assessment, by=officer, at=AT)
    day_before = measures_of(streamer, DAY - datetime.timedelta(days=1))
    on_the_day = measures_of(streamer, DAY)

    assert (day_before.grade, on_the_day.grade, on_the_day.recording_share) == ("", "S", 100)
    assert on_the_day.assessment == assessment


def test_without_rules_somebody_is_watched_most_closely():
    measures = measures_of(StreamerFactory(), DAY)
    assert (measures.script_review, measures.recording_share) == (True, 100)


@pytest.mark.parametrize("weights", [(25, 35, 20, 21), (25, 35, 20, 19), (0, 0, 0, 0)])
def test_the_weights_add_up_to_a_hundred(manager, weights):
    names = ["weight_followers", "weight_sales", "weight_orientation", "weight_violations"]
    rule_set = TierRuleSet(name="x", valid_from=DAY, source="x", **dict(zip(names, weights, strict=True)))

    with pytest.raises(ValidationError, match="100"):
        tier_actions.draft(rule_set, by=manager, at=AT)


def test_a_rule_set_is_adopted_whole_by_somebody_else_and_frozen(manager, officer):
    made = TierRuleSet(
        name="新规则",
        valid_from=DAY,
        weight_followers=10,
        weight_sales=20,
        weight_orientation=30,
        weight_violations=40,
        source="总经理办公会",
    )
    tier_actions.draft(made, by=manager, at=AT)

    with pytest.raises(Denied):
        tier_actions.adopt(made, by=manager, at=AT)
    with pytest.raises(Blocked) as blocked:
        tier_actions.adopt(made, by=officer, at=AT)
    assert len(blocked.value.findings) == 6
    whole = tier_actions.copy(TierRuleSetFactory(), name="副本", valid_from=DAY, by=manager, at=AT)
    tier_actions.adopt(whole, by=officer, at=AT)

    assert (whole.bands.count(), whole.grades.count(), whole.adopted_by) == (9, 4, officer)
    with pytest.raises(WrongState):
        tier_actions.draft(whole, by=manager, at=AT)
    with pytest.raises(WrongState):
        tier_actions.change_part(whole.bands.first(), by=manager, at=AT)
    second = tier_actions.copy(whole, name="副本二", valid_from=DAY, by=manager, at=AT)
    with pytest.raises(ValidationError, match="当天"):
        tier_actions.adopt(second, by=officer, at=AT)


def test_bands_and_tiers_are_sound():
    rule_set = TierRuleSetFactory(parts=False)
    with pytest.raises(ValidationError):
        TierBandFactory.build(rule_set=rule_set, points=101).full_clean()
    with pytest.raises(ValidationError):
        TierBandFactory.build(rule_set=rule_set, at_least=-1).full_clean()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": DAY + datetime.timedelta(days=1)}, "day"),
        ({"orientation": 101}, "__all__"),
        ({"sales": -1}, "__all__"),
        ({"followers": -1}, "followers"),
        ({"day": None}, "day"),
    ],
)
def test_wrong_figures_are_refused_under_their_field(manager, given, field):
    values = {"streamer": StreamerFactory(), "platform": PlatformFactory(), "day": DAY} | given

    with pytest.raises(ValidationError) as refused:
        figures_actions.add(StreamerFigures(**values), by=manager, at=AT)

    assert list(refused.value.message_dict) == [field]


def test_figures_come_once_a_day(manager):
    figures = StreamerFiguresFactory()
    again = StreamerFigures(streamer=figures.streamer, platform=figures.platform, day=figures.day)
    with pytest.raises(ValidationError, match="已存在"):
        figures_actions.add(again, by=manager, at=AT)


@pytest.mark.clause(
    *(f"DB4401 5.2.3.1 {letter}" for letter in "abcdefghij"),
    "DB4401 5.2.3.2",
    *(f"DB4401 5.2.3.3 {letter}" for letter in "abcdefghijklmnop"),
    *(f"LSMS 7.4.3 {letter}" for letter in "abcde"),
)
def test_every_code_of_the_standards_is_shipped_with_its_tariff():
    sync_conduct(at=AT)
    code = ViolationCode.objects.get(clause="DB4401 5.2.3.3 b")
    code.name = "我们的叫法"
    code.save()
    sync_conduct(at=AT)

    codes = ViolationCode.objects.order_by("place")
    wanted = [f"DB4401 5.2.3.1 {letter}" for letter in "abcdefghij"]
    wanted += ["DB4401 5.2.3.2", *(f"DB4401 5.2.3.3 {letter}" for letter in "abcdefghijklmnop")]
    wanted += [f"LSMS 7.4.3 {letter}" for letter in "abcde"]
    assert [row.clause for row in codes] == wanted
    assert all(row.told and row.name and row.tariffs.count() == 1 for row in codes)
    assert codes.get(clause="DB4401 5.2.3.3 b").name == "我们的叫法"
    assert ConductThreshold.objects.count() == 3
    assert in_force(DAY).grades.count() == 5
    assert assess(in_force(DAY), FULL).grade
