"""The business day in Shanghai and the working days with their make-up days."""

import datetime

import pytest

from mcn.kit.clock import NoCalendar, add_months, add_working_days, business_day


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-03-01T15:59:59+00:00", "2026-03-01"), ("2026-03-01T16:00:00+00:00", "2026-03-02")],
)
def test_the_day_turns_at_midnight_in_shanghai(moment, expected):
    assert business_day(datetime.datetime.fromisoformat(moment)) == day(expected)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-02", 3, "2026-03-05"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday worked before the Spring Festival
        ("2026-02-14", 1, "2026-02-24"),  # the festival itself
        ("2026-09-30", 1, "2026-10-08"),
    ],
)
def test_working_days_follow_the_official_calendar(start, count, expected):
    assert add_working_days(day(start), count) == day(expected)


def test_the_agency_s_own_days_win():
    assert add_working_days(day("2026-03-02"), 1, overrides={day("2026-03-03"): False}) == day("2026-03-04")


def test_a_year_without_a_calendar_says_so():
    with pytest.raises(NoCalendar, match="2031"):
        add_working_days(day("2030-12-31"), 1, overrides={})


@pytest.mark.parametrize(("start", "expected"), [("2026-08-31", "2027-02-28"), ("2026-01-15", "2026-07-15")])
def test_months_end_where_the_month_does(start, expected):
    assert add_months(day(start), 6) == day(expected)
