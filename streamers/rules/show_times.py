"""Which shows are near, late or due, and how their time is written."""

import datetime

from django.db.models import Q

from mcn.agency.models import Figure, figure
from mcn.kit.clock import SHANGHAI, business_day
from streamers.models import Show

WEEK = 7


def day_of(on):
    """The moments between which a day lies in Shanghai."""
    start = datetime.datetime.combine(on, datetime.time(), SHANGHAI)
    return start, start + datetime.timedelta(days=1)


def starts_on(show):
    """The business day on which a show begins."""
    return business_day(show.starts_at)


def span(show):
    """From when to when, as people write it; the day again only where it ends on another."""
    starts, ends = (at.astimezone(SHANGHAI) for at in (show.starts_at, show.ends_at))
    until = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%m-%d %H:%M}"
    return f"{starts:%Y-%m-%d %H:%M}–{until}"


def uncleared(shows, at):
    """The planned shows that begin so soon that they should have been cleared."""
    hours = int(figure(Figure.Key.SHOW_CLEARED_HOURS, business_day(at)))
    soon = at + datetime.timedelta(hours=hours)
    return shows.filter(state=Show.State.PLANNED, starts_at__lte=soon, ends_at__gt=at)


def on_duty(shows, user, at):
    """The shows to come, or on air, in whose crew a person is."""
    duties = Show.objects.filter(crew__person=user, crew__removed_at=None)
    return shows.filter(state__in=Show.OPEN, ends_at__gt=at, pk__in=duties.values("pk"))


def overdue(shows, at):
    """The shows whose hour has passed without their going on air, or off it."""
    waiting = Q(state__in=[Show.State.PLANNED, Show.State.CLEARED], starts_at__lte=at)
    return shows.filter(waiting | Q(state=Show.State.LIVE, ends_at__lte=at))


def week_from(on):
    """Seven days from one on, and the moments between which they lie."""
    days = [on + datetime.timedelta(days=step) for step in range(WEEK)]
    return days, day_of(days[0])[0], day_of(days[-1])[1]
