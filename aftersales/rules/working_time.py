"""Which time a deadline counts: every hour, or the working days after the day on which it began."""

import datetime
import hashlib
from functools import cached_property

import chinese_calendar
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import CalendarDay
from mcn.kit import clock

ONE_DAY = datetime.timedelta(days=1)
LAST_OFFICIAL_YEAR = str(max(chinese_calendar.constants.holidays).year)
SATURDAY = 5
HOLIDAYS = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "National Day": _("National Day"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
}


class Calendar:
    """The working days of the official calendar and the agency's own, read once and asked often."""

    def __init__(self, days):
        self.own = {row.day: row for row in days}
        self.known = {}

    @classmethod
    def read(cls):
        """As the agency keeps it now."""
        return cls(CalendarDay.objects.order_by("day"))

    def is_worked(self, day):
        """Whether a day is worked; raises ``NoCalendar`` where nobody has said so yet."""
        if day not in self.known:
            overrides = {day: self.own[day].worked} if day in self.own else None
            self.known[day] = clock.is_working_day(day, overrides=overrides)
        return self.known[day]

    def told(self, day):
        """Why a day is worked or not, in words; an ordinary working day needs none."""
        if day in self.own:
            return self.own[day].note or _("the agency's own calendar")
        rests, holiday = chinese_calendar.get_holiday_detail(day)
        if rests:
            return HOLIDAYS.get(holiday, holiday) if holiday else _("weekend")
        return _("worked in place of a holiday") if day.weekday() >= SATURDAY else ""

    @cached_property
    def digest(self):
        """What it says in short: another one means that deadlines have to be worked out anew."""
        own = [f"{day}{int(row.worked)}" for day, row in sorted(self.own.items())]
        return hashlib.sha256(" ".join([LAST_OFFICIAL_YEAR, *own]).encode()).hexdigest()[:12]


def midnight(day):
    """The moment at which a day begins in Shanghai."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=clock.SHANGHAI)
