"""Deadlines begin, pause, run on and end with the steps of a matter, and follow their rules."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import clock as clocks
from aftersales.actions import clock_sweep
from aftersales.actions import deadline_rule as rules
from aftersales.models import Clock, ClockStep, DeadlineRule, Pause
from aftersales.rules.clock import explain, face
from mcn.accounts.models import User
from mcn.agency.models import CalendarDay
from mcn.audit.models import Entry
from mcn.kit import records
from mcn.kit.clock import SHANGHAI
from mcn.kit.refusal import Denied, WrongState
from mcn.notices.models import Notice, Receipt
from tests.factories.accounts import StaffFactory
from tests.factories.clocks import ClockFactory, DeadlineRuleFactory, MatterFactory
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db
Kind, Unit, State = DeadlineRule.Kind, DeadlineRule.Unit, Clock.State


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


BEGAN = moment("18 10:00")


def told(clock: Clock) -> str:
    """Its deadline in Shanghai."""
    clock.refresh_from_db()
    return f"{clock.due_at.astimezone(SHANGHAI):%d %H:%M}"


@pytest.mark.clause("EJAS 6.6.1")
def test_the_most_particular_rule_in_force_counts():
    assert told(ClockFactory(at=BEGAN)) == "19 10:00"
    assert told(ClockFactory(at=BEGAN, urgency="urgent")) == "18 12:00"
    DeadlineRuleFactory(amount=5)
    DeadlineRuleFactory(amount=6, valid_from=datetime.date(2026, 11, 18))
    DeadlineRuleFactory(amount=7, valid_from=datetime.date(2026, 11, 19))
    DeadlineRuleFactory(amount=1, urgency="urgent", channel="phone")
    assert told(ClockFactory(at=BEGAN, nature="test")) == "18 16:00"
    assert told(ClockFactory(at=BEGAN, nature="test", urgency="urgent")) == "18 12:00", "urgency weighs more"
    assert told(ClockFactory(at=BEGAN, nature="test", urgency="urgent", channel="phone")) == "18 11:00"


@pytest.mark.clause("DB4401 6.4.2 c")
def test_what_was_promised_takes_the_place_of_the_rule():
    assert told(ClockFactory(kind=Kind.RETURN_DECIDE, at=BEGAN, promised_hours=12)) == "18 22:00"


def test_begun_twice_it_runs_once():
    matter = MatterFactory()
    first = ClockFactory(subject=matter, at=BEGAN)
    assert ClockFactory(subject=matter, at=moment("18 18:00")) == first
    clocks.stop(matter, by=None, at=moment("18 19:00"))
    assert ClockFactory(subject=matter, at=moment("18 20:00")) != first


def test_many_begin_in_as_many_queries_as_one(django_assert_num_queries):
    matters = [MatterFactory() for _ in range(6)]
    clocks.begin(matters[0], Kind.DISPUTE, by=None, at=BEGAN)
    with django_assert_num_queries(15):
        clocks.begin(matters[1], Kind.DISPUTE, by=None, at=BEGAN)
    with django_assert_num_queries(15):
        clocks.begin_many([clocks.Start(matter, Kind.DISPUTE) for matter in matters[2:]], by=None, at=BEGAN)


def test_a_pause_moves_the_deadline_and_stays():
    clock = ClockFactory(at=BEGAN)
    clocks.pause(clock.subject, reason="等待消费者补充材料", by=None, at=moment("18 12:00"))
    assert clock_sweep.sweep(at=moment("25 12:00")) == 0, "nothing is late while it is paused"
    clocks.resume(clock.subject, by=None, at=moment("19 12:00"))
    assert told(clock) == "20 10:00"
    clocks.pause(clock.subject, Kind.COMPLAINT_ACCEPT, reason="送第三方检测", by=None, at=moment("19 13:00"))
    clocks.resume(clock.subject, by=None, at=moment("19 14:30"))
    assert told(clock) == "20 11:30"
    assert [str(pause)[8:] for pause in clock.pauses.all()] == [
        "18 12:00:00 · 等待消费者补充材料",
        "19 13:00:00 · 送第三方检测",
    ]


@pytest.mark.parametrize(("at", "state"), [("19 10:00", State.MET), ("19 10:01", State.MISSED)])
def test_it_is_met_until_its_last_moment(at: str, state: str):
    clock = ClockFactory(at=BEGAN)
    clocks.stop(clock.subject, by=None, at=moment(at))
    clock.refresh_from_db()
    assert clock.state == state
    assert clocks.stop(clock.subject, by=None, at=moment(at)) == []


def test_stopped_while_paused_no_time_has_passed_since():
    clock = ClockFactory(at=BEGAN)
    clocks.pause(clock.subject, reason="等待", by=None, at=moment("19 09:00"))
    [clock] = clocks.stop(clock.subject, by=None, at=moment("25 09:00"))
    assert clock.state == State.MET
    assert Pause.objects.get().ended_at == moment("25 09:00")


def test_by_hand_it_takes_the_right_and_a_reason():
    clock = ClockFactory(at=BEGAN)
    lead, agent = StaffFactory(role="after_sales_lead"), StaffFactory(role="after_sales")
    with pytest.raises(Denied):
        clocks.pause_one(clock, by=agent, at=BEGAN, note="x")
    with pytest.raises(ValidationError):
        clocks.pause_one(clock, by=lead, at=BEGAN, note=" ")
    clocks.pause_one(clock, by=lead, at=moment("18 11:00"), note="等待平台")
    with pytest.raises(WrongState):
        clocks.pause_one(clock, by=lead, at=moment("18 11:00"), note="等待平台")
    clocks.resume_one(clock, by=lead, at=moment("18 12:00"))
    assert told(clock) == "19 11:00"


# --- the sweep ---


@pytest.fixture
def people() -> dict[str, User]:
    """Somebody for each step of the ladder."""
    owner = MembershipFactory(role="owner")
    return {
        "agent": StaffFactory(role="after_sales"),
        "lead": StaffFactory(role="after_sales_lead"),
        "owner": owner.user,
        "emergency": StaffFactory(role="compliance"),
        "merchant": owner.merchant,
    }


@pytest.mark.clause("GDAS 5.3.3 d", "DB4401 6.4.1 d", "EJAS 7.2.3")
def test_a_missed_deadline_climbs_the_ladder_with_a_row_and_a_notice_a_step(people: dict):
    clock = ClockFactory(at=BEGAN, merchant=people["merchant"], agent=people["agent"])
    for at, taken in [("19 05:59", 0), ("19 06:00", 1), ("19 10:00", 2), ("19 22:00", 1), ("25 00:00", 1)]:
        assert clock_sweep.sweep(at=moment(at)) == taken
        assert clock_sweep.sweep(at=moment(at)) == 0, "delivered twice it does nothing"
    steps = ClockStep.objects.order_by("id")
    assert [(step.level, step.tells) for step in steps] == [
        (0, "agent"),
        (1, "agent"),
        (1, "lead"),
        (2, "owner"),
        (3, "emergency"),
    ]
    assert [f"{step.planned_at.astimezone(SHANGHAI):%d %H:%M}" for step in steps][-2:] == [
        "19 22:00",
        "20 10:00",
    ]
    heard = {name: Receipt.objects.filter(user=people[name]).count() for name in people if name != "merchant"}
    assert heard == {"agent": 2, "lead": 2, "owner": 1, "emergency": 1}
    assert f"/deadlines/#clock-{clock.pk}" in Notice.objects.get(receipts__user=people["owner"]).url
    clock.refresh_from_db()
    assert (clock.level, clock.climbed, clock.next_at) == (3, 5, None)
    assert Entry.objects.filter(model="aftersales.clock", verb="climb").count() == 5


def test_nobody_of_a_sort_is_not_nobody_told(people: dict):
    ClockFactory(at=BEGAN, kind=Kind.RETURN_DECIDE)
    clock_sweep.sweep(at=moment("30 00:00"))
    assert Receipt.objects.filter(user=people["lead"]).count() == 6
    assert not ClockStep.objects.filter(told=0).exists()


def test_a_sweep_takes_as_many_queries_for_ten_as_for_two(django_assert_max_num_queries):
    for _ in range(10):
        ClockFactory(at=BEGAN)
    with django_assert_max_num_queries(20):
        assert clock_sweep.sweep(at=moment("19 06:00")) == 10


# --- rules and calendars that change ---


def change(rule: DeadlineRule, at: str, **values: object) -> None:
    for name, value in values.items():
        setattr(rule, name, value)
    rules.write(rule, by=None, at=moment(at))


def test_a_changed_rule_recomputes_open_deadlines_and_loses_no_pause():
    rule = DeadlineRuleFactory(amount=24)
    open_one, paused, ended = [ClockFactory(at=BEGAN, nature="test") for _ in range(3)]
    other = ClockFactory(at=BEGAN)
    for clock in (open_one, paused):
        clocks.pause(clock.subject, reason="等待", by=None, at=moment("18 11:00"))
    clocks.resume(open_one.subject, by=None, at=moment("18 13:00"))
    clocks.stop(ended.subject, by=None, at=moment("18 12:00"))
    change(rule, "18 14:00", amount=48)
    assert [told(clock) for clock in (open_one, paused, ended, other)] == [
        "20 12:00",
        "20 10:00",
        "19 10:00",
        "19 10:00",
    ]
    clocks.resume(paused.subject, by=None, at=moment("19 11:00"))
    assert told(paused) == "21 10:00"
    assert [clock.pauses.count() for clock in (open_one, paused)] == [1, 1]
    moved = Entry.objects.filter(model="aftersales.clock", verb="recompute")
    assert {entry.row for entry in moved} == {str(open_one.pk), str(paused.pk)}


def test_a_rule_dated_later_leaves_what_began_before():
    DeadlineRuleFactory(amount=24)
    before = ClockFactory(at=BEGAN, nature="test")
    rule = DeadlineRuleFactory.build(amount=6, valid_from=datetime.date(2026, 11, 19))
    rules.write(rule, by=None, at=moment("18 12:00"))
    assert told(before) == "19 10:00"
    assert told(ClockFactory(at=moment("19 00:00"), nature="test")) == "19 06:00"


def test_a_deadline_put_off_comes_down_the_ladder_and_climbs_again():
    rule = DeadlineRuleFactory(amount=24)
    clock = ClockFactory(at=BEGAN, nature="test")
    assert clock_sweep.sweep(at=moment("19 10:00")) == 2
    change(rule, "19 11:00", amount=48)
    clock.refresh_from_db()
    assert (clock.level, clock.climbed) == (0, 0)
    assert clock_sweep.sweep(at=moment("19 12:00")) == 0
    assert clock_sweep.sweep(at=moment("20 10:00")) == 2
    change(rule, "20 11:00", amount=2)
    assert clock_sweep.sweep(at=moment("20 11:00")) == 0, "what was taken is not taken again"


def test_another_calendar_moves_what_counts_working_days_and_nothing_else():
    days = ClockFactory(kind=Kind.COMPLAINT_CALL_BACK, at=BEGAN)
    hours = ClockFactory(at=BEGAN)
    assert told(days) == "23 23:59"
    records.save(CalendarDay(day=datetime.date(2026, 11, 20), worked=False, note="停电"), by=None, at=BEGAN)
    assert rules.recompute(at=moment("18 12:00")) == 1
    assert rules.recompute(at=moment("18 12:00")) == 0, "delivered twice it does nothing"
    assert (told(days), told(hours)) == ("24 23:59", "19 10:00")


def test_a_year_without_a_calendar_waits_for_it_and_then_runs():
    late = datetime.datetime(2026, 12, 30, 10, tzinfo=SHANGHAI)
    clock = ClockFactory(kind=Kind.COMPLAINT_CALL_BACK, at=late)
    assert (clock.due_at, clock.next_at) == (None, None)
    assert "2027" in explain(clock).unknown
    assert face(clock, late).tone == "warn"
    for day in range(1, 11):
        row = CalendarDay(day=datetime.date(2027, 1, day), worked=day in (4, 5, 6, 7, 8))
        records.save(row, by=None, at=late)
    assert rules.recompute(at=late) == 1
    clock.refresh_from_db()
    assert clock.due_at == datetime.datetime(2027, 1, 5, 23, 59, 59, tzinfo=SHANGHAI)


# --- explained ---


def test_a_deadline_is_explained_interval_by_interval():
    clock = ClockFactory(kind=Kind.COMPLAINT_CALL_BACK, at=moment("19 10:00"))
    clocks.pause(clock.subject, reason="等待消费者", by=None, at=moment("20 09:00"))
    clocks.resume(clock.subject, by=None, at=moment("23 12:00"))
    clock.refresh_from_db()
    found = explain(clock)
    assert [(row.sort, row.until, row.in_all) for row in found.intervals] == [
        ("first_day", "2026-11-19 24:00", "0 分钟"),
        ("counted", "2026-11-20 09:00", "9 小时 0 分"),
        ("paused", "2026-11-23 12:00", "9 小时 0 分"),
        ("counted", "2026-11-26 24:00", "3 天 21 小时"),
    ]
    assert told(clock) == "26 23:59"
    assert found.counted >= found.allowed == 3 * 24 * 3600
    assert [row.level for row in found.ladder] == [0, 1, 2, 3]
