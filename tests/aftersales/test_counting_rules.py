"""How deadlines are counted: over holidays with make-up days, with pauses, in hours and in working days."""

import datetime
from types import SimpleNamespace

import pytest

from aftersales.rules.counting import Span, reckon
from aftersales.rules.working_time import Calendar
from mcn.agency.models import CalendarDay
from mcn.kit.clock import SHANGHAI

END = "23:59:59"


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rung(offset: int, level: int = 1, tells: str = "agent", pk: int = 0) -> SimpleNamespace:
    return SimpleNamespace(offset=offset, level=level, tells=tells, pk=pk)


def due(
    began: str, amount: int, *, in_days: bool, pauses: list | None = None, own: list | None = None
) -> str:
    """The deadline in Shanghai, in words."""
    cut = [(moment(start), moment(end)) for start, end in pauses or []]
    calendar = Calendar(
        CalendarDay(day=datetime.date.fromisoformat(day), worked=worked) for day, worked in own or []
    )
    found = reckon(moment(began), Span(amount, in_days), [], cut, calendar).due_at
    return "" if found is None else f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


# 2026: Spring Festival 15 to 23 February off, 14 and 28 February worked; Qingming 4 to 6 April; Labour Day
# 1 to 5 May, 9 May worked; National Day 1 to 7 October, 20 September and 10 October worked.
WORKING_DAYS = [
    ("an ordinary week", "2026-11-16 10:00", 3, "2026-11-19"),
    ("begun in the last minute of a day", "2026-11-16 23:59", 1, "2026-11-17"),
    ("over a weekend", "2026-11-20 10:00", 2, "2026-11-24"),
    ("begun on a Saturday", "2026-11-21 10:00", 1, "2026-11-23"),
    ("the Saturday before the Spring Festival is worked", "2026-02-13 18:00", 1, "2026-02-14"),
    ("over the Spring Festival", "2026-02-14 09:00", 1, "2026-02-24"),
    ("begun in the Spring Festival", "2026-02-18 09:00", 3, "2026-02-26"),
    ("the Saturday after the Spring Festival is worked", "2026-02-26 09:00", 2, "2026-02-28"),
    ("over the whole of it with both make-up days", "2026-02-12 09:00", 7, "2026-02-28"),
    ("the Sunday before National Day is worked", "2026-09-18 09:00", 1, "2026-09-20"),
    ("Mid-autumn, then National Day", "2026-09-24 09:00", 3, "2026-09-30"),
    ("over National Day", "2026-09-30 09:00", 1, "2026-10-08"),
    ("the Saturday after National Day is worked", "2026-10-08 09:00", 2, "2026-10-10"),
    ("seven days across National Day", "2026-09-29 15:00", 7, "2026-10-14"),
    ("over Qingming", "2026-04-03 09:00", 1, "2026-04-07"),
    ("over Labour Day with its make-up Saturday", "2026-04-30 09:00", 4, "2026-05-09"),
    ("across the year's end, published", "2025-12-31 09:00", 1, "2026-01-04"),
]


@pytest.mark.parametrize(
    ("began", "amount", "day"), [row[1:] for row in WORKING_DAYS], ids=[row[0] for row in WORKING_DAYS]
)
def test_working_days_are_those_of_the_official_calendar(began: str, amount: int, day: str):
    assert due(began, amount, in_days=True) == f"{day} {END}"


def test_the_agencys_own_calendar_wins():
    own = [("2026-11-17", False), ("2026-11-21", True)]
    assert due("2026-11-16 10:00", 1, in_days=True, own=own) == f"2026-11-18 {END}"
    assert due("2026-11-20 10:00", 1, in_days=True, own=own) == f"2026-11-21 {END}"


def test_a_year_that_nobody_published_is_never_guessed():
    assert due("2026-12-31 10:00", 1, in_days=True) == ""
    assert due("2026-12-30 10:00", 1, in_days=True) == f"2026-12-31 {END}"
    assert due("2026-12-31 10:00", 48, in_days=False) == "2027-01-02 10:00:00"
    own = [(f"2027-01-0{day}", day > 3) for day in range(1, 8)]
    assert due("2026-12-31 10:00", 2, in_days=True, own=own) == f"2027-01-05 {END}"


PAUSES = [
    ("none", 24, False, [], "2026-11-19 10:00:00"),
    ("one of two hours", 24, False, [("2026-11-18 12:00", "2026-11-18 14:00")], "2026-11-19 12:00:00"),
    (
        "two, and one that had no length",
        24,
        False,
        [
            ("2026-11-18 12:00", "2026-11-18 14:00"),
            ("2026-11-18 15:00", "2026-11-18 15:00"),
            ("2026-11-19 11:00", "2026-11-19 11:30"),
        ],
        "2026-11-19 12:30:00",
    ),
    ("from the very beginning", 24, False, [("2026-11-18 10:00", "2026-11-20 10:00")], "2026-11-21 10:00:00"),
    ("after the deadline", 24, False, [("2026-11-19 10:00", "2026-11-25 10:00")], "2026-11-19 10:00:00"),
    (
        "on the first day, which counts nothing",
        2,
        True,
        [("2026-11-18 11:00", "2026-11-18 20:00")],
        "2026-11-20",
    ),
    ("a weekend, which counts nothing", 3, True, [("2026-11-21 00:00", "2026-11-23 00:00")], "2026-11-23"),
    ("six hours of a working day", 2, True, [("2026-11-19 10:00", "2026-11-19 16:00")], "2026-11-23"),
    (
        "two half days make one",
        2,
        True,
        [("2026-11-19 00:00", "2026-11-19 12:00"), ("2026-11-20 12:00", "2026-11-21 00:00")],
        "2026-11-23",
    ),
    ("from Friday noon to Monday noon", 3, True, [("2026-11-20 12:00", "2026-11-23 12:00")], "2026-11-24"),
]


@pytest.mark.parametrize(
    ("amount", "in_days", "pauses", "end"), [row[1:] for row in PAUSES], ids=[row[0] for row in PAUSES]
)
def test_pauses_are_cut_out(amount: int, in_days: bool, pauses: list, end: str):
    end = f"{end} {END}" if in_days else end
    assert due("2026-11-18 10:00", amount, in_days=in_days, pauses=pauses) == end


def ladder(began: str, span: Span, rungs: list, pauses: list | None = None) -> list[str]:
    cut = [(moment(start), moment(end)) for start, end in pauses or []]
    found = reckon(moment(began), span, rungs, cut, Calendar([]))
    return [f"{datetime.datetime.fromtimestamp(row[0], tz=SHANGHAI):%m-%d %H:%M}" for row in found.plan]


RUNGS = [rung(-16, 0), rung(0, 1), rung(10, 2), rung(34, 3)]


def test_the_ladder_counts_as_its_deadline_does():
    assert ladder("2026-11-18 10:00", Span(48, in_days=False), RUNGS) == [
        "11-19 18:00",
        "11-20 10:00",
        "11-20 20:00",
        "11-21 20:00",
    ]
    # Before the last working day ends, as it ends, at ten on the next working day and on the one after.
    assert ladder("2026-02-12 10:00", Span(2, in_days=True), RUNGS) == [
        "02-14 08:00",
        "02-15 00:00",
        "02-24 10:00",
        "02-25 10:00",
    ]


def test_a_pause_after_the_deadline_holds_the_ladder():
    pauses = [("2026-11-20 12:00", "2026-11-22 12:00")]
    assert ladder("2026-11-18 10:00", Span(48, in_days=False), RUNGS, pauses)[1:] == [
        "11-20 10:00",
        "11-22 20:00",
        "11-23 20:00",
    ]


def test_a_warning_before_the_beginning_says_nothing():
    assert ladder("2026-11-18 10:00", Span(4, in_days=False), RUNGS)[0] == "11-18 14:00"


def test_steps_beyond_the_published_year_wait():
    assert ladder("2026-12-29 10:00", Span(2, in_days=True), RUNGS) == ["12-31 08:00", "01-01 00:00"]
