"""Shows by month and by week, and the board of the coming days with what stands in the way of each."""

import calendar
import datetime
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mcn.kit import clock
from mcn.kit.filters import beyond_any_id
from streamers.admin.show_pages import Gate
from streamers.models import Room, Show, ShowCast
from streamers.rules import go_live
from streamers.rules.show_times import day_of, starts_on

WEEK, WEEKDAYS = 7, range(7)
SHOWN_A_DAY = 6
YEARS = 20
VIEWS = [
    ("board", gettext_lazy("Board of the week"), "admin:streamers_show_board"),
    ("week", gettext_lazy("Week"), "admin:streamers_show_week"),
    ("month", gettext_lazy("Month"), "admin:streamers_show_month"),
    ("list", pgettext_lazy("calendar", "List"), "admin:streamers_show_changelist"),
]


def asked_day(text, otherwise):
    """The day that an address names, or another where it names none of these years."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if abs(day.year - otherwise.year) <= YEARS else otherwise


def asked_room(request):
    """The number of the room that an address names, or None."""
    room = request.GET.get("room", "")
    return int(room) if room.isdecimal() and not beyond_any_id(room) else None


def month_from(day, months):
    """The first day of the month some months from a day's."""
    return clock.add_months(day.replace(day=1), months)


class CalendarMixin:
    """Gives the list of shows its calendar and its board."""

    def get_urls(self):
        own = [
            path("board/", self.admin_site.admin_view(self.board_view), name="streamers_show_board"),
            path("week/", self.admin_site.admin_view(self.week_view), name="streamers_show_week"),
            path("month/", self.admin_site.admin_view(self.month_view), name="streamers_show_month"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        views = {"views": self.views("list")}
        return super().changelist_view(request, {**(extra_context or {}), **views})

    def views(self, current):
        """The ways to look at shows, and which is open."""
        return [(label, reverse(name), key == current) for key, label, name in VIEWS]

    def month_view(self, request):
        """A month of shows, a cell a day."""
        today = clock.today()
        first = asked_day(request.GET.get("on", ""), today).replace(day=1)
        weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
        days = self.days(request, weeks[0][0], weeks[-1][-1])
        cells = [[self.cell(day, days, today, first.month) for day in week] for week in weeks]
        return self.show_calendar(
            request,
            "month",
            first,
            [month_from(first, -1), month_from(first, 1)],
            {"weeks": cells},
        )

    def week_view(self, request):
        """A week of shows, a column a day, in the order of their hours."""
        today = clock.today()
        on = asked_day(request.GET.get("on", ""), today)
        first = on - datetime.timedelta(days=on.weekday())
        dates = [first + datetime.timedelta(days=step) for step in WEEKDAYS]
        days = self.days(request, dates[0], dates[-1])
        week = datetime.timedelta(days=WEEK)
        columns = [self.cell(day, days, today, day.month) for day in dates]
        return self.show_calendar(request, "week", first, [first - week, first + week], {"columns": columns})

    def board_view(self, request):
        """The shows of seven days that are not over, each with its gate."""
        today = clock.today()
        first = asked_day(request.GET.get("on", ""), today)
        last = first + datetime.timedelta(days=WEEK - 1)
        shows = self.shows(request, first, last).filter(state__in=Show.OPEN)
        reports = go_live.reports(Show.objects.filter(pk__in=shows.values("pk")))
        rows = [(show, Gate(reports[show.pk])) for show in shows]
        days = [(day, list(found)) for day, found in groupby(rows, key=lambda row: starts_on(row[0]))]
        week = datetime.timedelta(days=WEEK)
        context = {
            "days": days,
            "ready": sum(not gate.blockers for _show, gate in rows),
            "blocked": sum(bool(gate.blockers) for _show, gate in rows),
            "last": last,
        }
        return self.show_calendar(request, "board", first, [first - week, first + week], context)

    def show_calendar(self, request, view, on, beside, context):
        """A page of the calendar, with the ways to the span before and after it."""
        before, after = beside
        room = asked_room(request)
        kept = f"&room={room}" if room else ""
        shared = {
            **self.admin_site.each_context(request),
            "title": _("Shows"),
            "opts": self.opts,
            "media": self.media,
            "views": self.views(view),
            "on": on,
            "before_url": f"?on={before}{kept}",
            "after_url": f"?on={after}{kept}",
            "today": clock.today(),
            "now_url": f"?{kept.lstrip('&')}",
            "rooms": Room.objects.order_by("title"),
            "room": room,
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, f"streamers/admin/show/{view}.html", shared | context)

    def shows(self, request, first, last):
        """The shows that begin on days of a span, with who is in them and how much they show."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        hosts = ShowCast.objects.standing().select_related("streamer")
        found = Show.objects.filter(starts_at__gte=day_of(first)[0], starts_at__lt=day_of(last)[1])
        if room := asked_room(request):
            found = found.filter(room=room)
        return (
            found.select_related("room__platform")
            .annotate(counted=Count("items", filter=Q(items__removed_at=None)))
            .prefetch_related(Prefetch("cast", hosts, to_attr="hosts_now"))
            .order_by("starts_at", "id")
        )

    def days(self, request, first, last):
        """``{day: its shows}`` of a span, those called off left out."""
        shows = self.shows(request, first, last).exclude(state=Show.State.CANCELLED)
        return {day: list(found) for day, found in groupby(shows, key=starts_on)}

    def cell(self, day, days, today, month):
        """What one day's cell tells."""
        shows = days.get(day, [])
        return {
            "day": day,
            "shows": shows,
            "shown": shows[:SHOWN_A_DAY],
            "more": len(shows[SHOWN_A_DAY:]),
            "today": day == today,
            "past": day < today,
            "outside": day.month != month,
        }
