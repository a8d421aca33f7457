"""What goes into a tier: the newest figures of each platform, and the points that count."""

import datetime

from mcn.agency.models import Figure, figure
from streamers.models import Component, StreamerFigures, Violation
from streamers.rules.conduct import points

COLUMNS = ["followers", "sales", "orientation"]


def inputs_of(streamers, on):
    """``{streamer pk: {component: number, or None where nobody knows it}}`` as of a day, in three queries."""
    ids = [streamer.pk for streamer in streamers]
    since = on - datetime.timedelta(days=figure(Figure.Key.TIER_FIGURES_DAYS, on))
    rows = StreamerFigures.objects.filter(streamer__in=ids, day__gt=since, day__lte=on).order_by("day", "id")
    newest = {pk: {} for pk in ids}
    for row in rows:
        for column in COLUMNS:
            if (value := getattr(row, column)) is not None:
                newest[row.streamer_id].setdefault(column, {})[row.platform_id] = value
    counting = {pk: [] for pk in ids}
    for violation in Violation.objects.filter(streamer__in=ids).counting(on).order_by():
        counting[violation.streamer_id].append(violation)
    return {pk: _inputs(newest[pk], points(counting[pk], on)) for pk in ids}


def _inputs(newest, violation_points):
    """Followers and sales add up over the platforms; the orientation is as good as the worst."""
    followers, sales, orientation = (list(newest.get(column, {}).values()) for column in COLUMNS)
    return {
        Component.FOLLOWERS: sum(followers) if followers else None,
        Component.SALES: sum(sales) if sales else None,
        Component.ORIENTATION: min(orientation, default=None),
        Component.VIOLATIONS: violation_points,
    }
