"""Violations from the report to the last word, the points, and what they lead to."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.audit import trail
from mcn.evidence.models import Document
from mcn.kit.clock import add_months
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import correction as correction_actions
from streamers.actions import measure as measure_actions
from streamers.actions import violation as actions
from streamers.models import ConductMeasure, Correction, Streamer, Violation
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import (
    ConductMeasureFactory,
    ConductThresholdFactory,
    CorrectionFactory,
    ViolationCodeFactory,
    ViolationFactory,
    ViolationTariffFactory,
)
from tests.factories.streamers import StreamerFactory, StreamerHoldFactory

State = Violation.State
ASKED = "主播 3 月 20 日来电要求代为申诉"
DAY_LONG = datetime.timedelta(days=1)


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


def new(**given):
    values = {"streamer": StreamerFactory(), "code": ViolationCodeFactory(), "happened_at": AT}
    return Violation(**values | {"description": "口播称“七天见效”"} | given)


def test_a_report_takes_the_tariff_of_its_day(manager):
    code = ViolationCodeFactory()
    ViolationTariffFactory(code=code, valid_from=DAY, points=8, severity="grave", action="stop")
    ViolationTariffFactory(code=code, valid_from=DAY + DAY_LONG, points=9)

    made = actions.report(new(), [pdf()], by=manager, at=AT)
    before = actions.report(new(happened_at=AT - DAY_LONG), by=manager, at=AT)

    assert (made.state, made.points, made.severity, made.action) == (State.REPORTED, 8, "grave", "stop")
    assert (made.reported_by, before.points) == (manager, 6)
    assert Document.objects.get(owner_model="streamers.violation", owner_id=made.pk).latest.name == "scan.pdf"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"happened_at": None}, "happened_at"),
        ({"happened_at": AT + DAY_LONG}, "happened_at"),
        ({"description": ""}, "description"),
        ({"points": 101}, "__all__"),
        ({"severity": "nonsense"}, "severity"),
    ],
)
def test_a_wrong_report_is_refused_under_its_field(manager, given, field):
    with pytest.raises(ValidationError) as refused:
        actions.report(new(**given), by=manager, at=AT)

    assert list(refused.value.message_dict) == [field]
    assert not Violation.objects.exists()


def test_a_code_out_of_use_and_the_same_report_twice_are_refused(manager):
    old = ViolationCodeFactory(clause="DB4401 5.2.3.3 p", ended_on=DAY)
    first = actions.report(new(), by=manager, at=AT)

    with pytest.raises(ValidationError, match="停用"):
        actions.report(new(code=old), by=manager, at=AT)
    with pytest.raises(ValidationError, match="登记过"):
        actions.report(new(streamer=first.streamer), by=manager, at=AT)


@pytest.mark.clause("DB4401 5.4.3.2 d", "LSMS 7.4.2", "LSEC 42")
def test_somebody_else_confirms_and_the_points_are_told_with_their_days(manager, officer):
    violation = actions.report(new(), by=manager, at=AT)

    with pytest.raises(Denied):
        actions.confirm(violation, by=manager, at=AT)
    actions.confirm(violation, by=officer, at=AT)

    assert (violation.state, violation.decided_by) == (State.CONFIRMED, officer)
    assert violation.lapses_on == datetime.date(2027, 3, 16)
    assert violation.appeal_until == datetime.date(2026, 3, 31)


def test_other_points_than_reported_need_a_reason(officer):
    violation = ViolationFactory()

    with pytest.raises(ValidationError, match="说明原因"):
        actions.confirm(violation, points=3, by=officer, at=AT)
    actions.confirm(violation, points=3, action="remind", note="首次且当场更正", by=officer, at=AT)

    assert (violation.points, violation.action) == (3, "remind")
    assert trail.history(violation).first().why == "首次且当场更正"


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (state, verb)
        for state in State
        for verb in Violation.MOVES
        if verb not in Violation.MOVES.leaving(state)
    ],
)
def test_every_verb_from_every_wrong_state(officer, state, verb):
    known = {} if state in ("reported", "dismissed") else {"confirmed": True}
    violation = ViolationFactory(**known, state=state)
    given = {"confirm": {}, "appeal": {"appeal": "不属实"}}.get(verb, {"note": "x"})
    by = StaffFactory(role="administrator") if verb == "appeal" else officer

    with pytest.raises(WrongState):
        getattr(actions, verb)(violation, **given, by=by, at=AT)


def test_an_appeal_within_its_days_and_its_answer_by_somebody_else(manager, officer):
    violation = ViolationFactory(confirmed=True, decided_by=officer, reported_by=manager)
    last = AT + datetime.timedelta(days=15)

    with pytest.raises(Refused, match="2026-03-31"):
        actions.appeal(violation, appeal="话术有依据", note=ASKED, by=manager, at=last + DAY_LONG)
    with pytest.raises(ValidationError):
        actions.appeal(violation, appeal=" ", note=ASKED, by=manager, at=last)
    with pytest.raises(ValidationError) as refused:
        actions.appeal(violation, appeal="话术有检测报告", by=manager, at=last)
    assert list(refused.value.message_dict) == ["note"]
    proof = pdf("report.pdf")
    actions.appeal(violation, appeal="话术有检测报告", note=ASKED, file=proof, by=manager, at=last)
    assert trail.history(violation).first().why == ASKED
    for party in (manager, officer):
        with pytest.raises(Denied):
            actions.uphold(violation, note="维持", by=party, at=last)
    with pytest.raises(ValidationError):
        actions.overturn(violation, note="", by=StaffFactory(role="compliance"), at=last)
    other = StaffFactory(role="compliance")
    actions.uphold(violation, note="报告与口播不符", by=other, at=last)

    assert (violation.state, violation.answer) == (State.UPHELD, "报告与口播不符")
    assert Document.objects.filter(owner_model="streamers.violation").count() == 1


def test_a_report_changes_until_it_is_decided_and_its_facts_are_frozen_then(manager, officer):
    violation = actions.report(new(), by=manager, at=AT)
    violation.description = "口播称“三天见效”"
    with pytest.raises(Denied, match="登记人"):
        actions.change(violation, by=officer, at=AT)
    actions.change(violation, by=manager, at=AT)
    actions.confirm(violation, by=officer, at=AT)
    violation.description = "别的"

    with pytest.raises(WrongState):
        actions.change(violation, by=manager, at=AT)
    actions.prove(violation, file=pdf("more.pdf"), by=manager, at=AT)

    assert Violation.objects.get().description == "口播称“三天见效”"


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (DAY - DAY_LONG, False),
        (DAY, True),
        (add_months(DAY, 12) - DAY_LONG, True),
        (add_months(DAY, 12), False),
        (add_months(DAY, 12) + DAY_LONG, False),
    ],
)
def test_points_lapse_after_the_months_of_the_policy(officer, on, counts):
    violation = ViolationFactory()
    actions.confirm(violation, by=officer, at=AT)

    assert violation.counts(on) == counts
    assert Violation.objects.counting(on).exists() == counts


@pytest.mark.parametrize("state", State)
def test_points_count_while_the_violation_stands(state):
    violation = ViolationFactory(confirmed=True, state=state)
    assert violation.counts(DAY) == (state in ("confirmed", "appealed", "upheld"))


@pytest.fixture
def thresholds():
    ConductThresholdFactory(kind="remind", points=6, hold_days=None)
    ConductThresholdFactory()
    ConductThresholdFactory(kind="blacklist", points=24, automatic=False, hold_days=None)


def confirmed(streamer, points, officer, at=AT):
    violation = ViolationFactory(streamer=streamer, points=points)
    return actions.confirm(violation, by=officer, at=at)


@pytest.mark.clause("DB4401 5.6.3.8", "DB4401 5.6.3.10")
def test_points_that_reach_a_threshold_hold_at_once(officer, thresholds):
    streamer = StreamerFactory()
    confirmed(streamer, 5, officer)
    assert not streamer.measures.exists()
    confirmed(streamer, 6, officer)
    assert [row.kind for row in streamer.measures.all()] == ["remind"]
    last = confirmed(streamer, 1, officer)

    measure = streamer.measures.get(kind="hold")
    hold = streamer.holds.get()

    assert (measure.state, measure.points, measure.violation) == ("taken", 12, last)
    assert (measure.hold, hold.placed_by, hold.clause) == (hold, None, "DB4401 5.6.3.8")
    assert (hold.valid_from, hold.valid_to) == (DAY, DAY + datetime.timedelta(days=29))
    assert "12" in hold.reason


def test_asked_again_it_does_nothing_more_and_a_standing_hold_serves(officer, thresholds):
    streamer = StreamerFactory()
    confirmed(streamer, 12, officer)

    assert measure_actions.answer_points(streamer, at=AT) == []
    assert measure_actions.review(at=AT) == 0
    second = confirmed(streamer, 1, officer)

    assert streamer.holds.count() == 1
    assert second.measures.get(kind="hold").hold == streamer.holds.get()


def test_a_blacklisting_is_only_suggested_and_a_person_takes_it(officer, thresholds):
    streamer = StreamerFactory()
    confirmed(streamer, 24, officer)
    suggested = streamer.measures.get(kind="blacklist")
    assert suggested.state == ConductMeasure.State.SUGGESTED

    measure_actions.take(suggested, by=officer, at=AT)

    hold = streamer.holds.get(kind="blacklist")
    assert (hold.placed_by, hold.valid_to, suggested.hold) == (officer, None, hold)


def test_a_suggestion_is_set_aside_with_a_reason_or_not_at_all(officer):
    measure = ConductMeasureFactory()

    with pytest.raises(ValidationError):
        measure_actions.set_aside(measure, note=" ", by=officer, at=AT)
    measure_actions.set_aside(measure, note="已面谈整改", by=officer, at=AT)
    with pytest.raises(WrongState):
        measure_actions.take(measure, by=officer, at=AT)
    with pytest.raises(Denied):
        measure_actions.take(ConductMeasureFactory(), by=StaffFactory(role="auditor"), at=AT)


def test_a_threshold_that_is_lowered_is_answered_by_the_review(officer, thresholds):
    streamer = StreamerFactory()
    confirmed(streamer, 11, officer)
    ConductThresholdFactory(points=10, automatic=False, valid_from=DAY + DAY_LONG)

    assert measure_actions.review(at=AT) == 0
    assert measure_actions.review(at=AT + DAY_LONG) == 1
    assert measure_actions.review(at=AT + DAY_LONG) == 0
    assert streamer.measures.get(kind="hold").state == ConductMeasure.State.SUGGESTED


def test_points_of_another_streamer_and_lapsed_ones_do_not_add_up(officer, thresholds):
    streamer = StreamerFactory()
    confirmed(StreamerFactory(), 11, officer)
    old = confirmed(streamer, 11, officer)
    confirmed(streamer, 5, officer, at=add_months_at(12))

    assert not old.counts(DAY + datetime.timedelta(days=365))
    assert not streamer.holds.exists()


def add_months_at(months):
    day = add_months(DAY, months)
    return AT.replace(year=day.year, month=day.month, day=day.day)


@pytest.mark.clause("DB4401 5.4.3.2 d")
def test_an_entrusted_streamer_is_reminded_with_a_deadline_and_not_held_at_once(officer, thresholds):
    streamer = StreamerFactory(engagement=Streamer.Engagement.ENTRUSTED)
    violation = confirmed(streamer, 12, officer)

    correction = violation.correction

    assert (correction.due_on, correction.state) == (datetime.date(2026, 3, 19), Correction.State.OPEN)
    assert "DB4401 5.2.3.3 d" in correction.reminder
    assert not streamer.holds.exists()
    assert streamer.measures.get(kind="hold").state == ConductMeasure.State.SUGGESTED


def test_a_signed_streamer_is_reminded_where_it_is_to_be_corrected(officer):
    to_correct = actions.confirm(ViolationFactory(action="correct"), by=officer, at=AT)
    taken_down = actions.confirm(ViolationFactory(), by=officer, at=AT)

    assert Correction.objects.get().violation == to_correct
    assert not hasattr(taken_down, "correction")


def test_a_correction_is_accepted_or_cancelled_with_a_word_once(manager):
    correction = CorrectionFactory()

    with pytest.raises(ValidationError):
        correction_actions.close(correction, note="", by=manager, at=AT)
    correction_actions.close(correction, note="次日口播更正，录像 00:12:03", by=manager, at=AT)
    with pytest.raises(WrongState):
        correction_actions.cancel(correction, note="x", by=manager, at=AT)

    assert (correction.closed_by, correction.closed_on) == (manager, DAY)


def test_what_is_overturned_takes_its_hold_and_reminder_with_it(manager, officer, thresholds):
    streamer = StreamerFactory(engagement=Streamer.Engagement.SIGNED)
    confirmed(streamer, 6, officer)
    violation = ViolationFactory(streamer=streamer, points=18, action="correct")
    actions.confirm(violation, by=officer, at=AT)
    actions.appeal(violation, appeal="剪辑拼接，非本场内容", note=ASKED, by=manager, at=AT)
    assert violation.counts(DAY)

    actions.overturn(violation, note="核对完整录像，不成立", by=StaffFactory(role="compliance"), at=AT)

    states = dict(streamer.measures.filter(violation=violation).values_list("kind", "state"))
    assert streamer.holds.get().state == "lifted"
    assert states == {"remind": "taken", "hold": "taken", "blacklist": "set_aside"}
    assert Correction.objects.get().state == Correction.State.CANCELLED
    assert not violation.counts(DAY)


def test_a_hold_that_other_points_still_carry_stays(manager, officer, thresholds):
    streamer = StreamerFactory()
    confirmed(streamer, 12, officer)
    second = confirmed(streamer, 3, officer)
    actions.appeal(second, appeal="不属实", note=ASKED, by=manager, at=AT)

    actions.overturn(second, note="不成立", by=StaffFactory(role="compliance"), at=AT)

    assert streamer.holds.get().state == "active"


def test_a_hold_of_the_desk_is_not_lifted_by_an_overturned_violation(manager, officer, thresholds):
    streamer = StreamerFactory()
    StreamerHoldFactory(streamer=streamer, placed_by=manager)
    violation = confirmed(streamer, 12, officer)
    actions.appeal(violation, appeal="不属实", note=ASKED, by=manager, at=AT)

    actions.overturn(violation, note="不成立", by=StaffFactory(role="compliance"), at=AT)

    assert streamer.holds.get().state == "active"
