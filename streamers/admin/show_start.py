"""What shows put on a person's start page: what is late, what comes and is not cleared."""

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from mcn.kit import clock
from mcn.kit.clock import SHANGHAI
from mcn.kit.start import BLOCKED, WAITS, Chart, pile
from streamers.models import Show
from streamers.rules.show_times import on_duty, overdue, span, uncleared, week_from

State = Show.State


def work(user, on):
    """The operator's and the streamer manager's piles, and the shows of the coming days."""
    if not user.has_perm("streamers.view_show"):
        return
    now = clock.now()
    if user.has_perm("streamers.clear_show"):
        yield _pile(WAITS, _("Shows to clear"), uncleared(_shows(), now), "when=uncleared")
    if user.has_perm("streamers.start_show"):
        yield _pile(BLOCKED, _("Shows past their hour"), overdue(_shows(), now), "when=overdue")
    yield _pile(WAITS, _("Shows in which I have a duty"), on_duty(_shows(), user, now), "mine=crew")
    yield _coming(on)


def _shows():
    return Show.objects.select_related("room").order_by("starts_at", "id")


def _pile(kind, label, shows, query):
    return pile(kind, label, shows, query, lambda show: (show.title, span(show)))


def _coming(on):
    """How many shows of the coming days are planned, and how many of them cleared."""
    days, start, end = week_from(on)
    found = Show.objects.filter(state__in=Show.OPEN, starts_at__gte=start, starts_at__lt=end).order_by()
    counted = found.values_list(TruncDate("starts_at", tzinfo=SHANGHAI), "state").annotate(Count("pk"))
    cleared, planned = dict.fromkeys(days, 0), dict.fromkeys(days, 0)
    for day, state, number in counted:
        counts = planned if state == State.PLANNED else cleared
        counts[day] += number
    series = {State.CLEARED.label: list(cleared.values()), State.PLANNED.label: list(planned.values())}
    return Chart(_("Shows of the coming seven days"), "bar", [f"{day:%m-%d}" for day in days], series=series)
