"""The business day and working days. Only doors read the clock."""

import calendar
import datetime
from zoneinfo import ZoneInfo

import chinese_calendar
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


class NoCalendar(LookupError):
    """No official working-day calendar is known for a year."""


def now():
    """The present moment, aware; for doors alone."""
    return timezone.now()


def business_day(at):
    """The day in Shanghai at a moment."""
    return at.astimezone(SHANGHAI).date()


def to_the_second(at):
    """A moment in Shanghai as sheets and packs write it; empty where there is none."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if at else ""


def today():
    """The business day now; for doors alone."""
    return business_day(now())


def is_working_day(day, *, overrides=None):
    """Whether a day is worked: the agency's own ``{day: bool}`` wins over the official calendar."""
    if overrides and day in overrides:
        return overrides[day]
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError as error:
        raise NoCalendar(f"no official working-day calendar for {day.year}") from error


def add_working_days(day, count, *, overrides=None):
    """The ``count``-th working day after a day; raises ``NoCalendar`` past the known years."""
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day, overrides=overrides)
    return day


def add_months(day, months):
    """The same day some months later, or the month's last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
