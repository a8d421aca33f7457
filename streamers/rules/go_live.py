"""GO_LIVE, the gate: whether a show may go on air, asked of all that stands or lies before the camera.

A noun brings its checks of a show in a file beside this one, as ``CHECKS`` and ``PREFETCH``, and stands in
the lists below. Products, streamers and the room are asked by the rulebooks of their own.
"""

import datetime
from dataclasses import replace

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy

from mcn.kit.bulk import without_collector
from mcn.kit.clock import business_day
from mcn.kit.gather import gather
from mcn.standards.checks import Report, Rulebook
from products.models import Product
from products.rules.listing import LISTING
from streamers.models import Offer, RunItem, Show, ShowCast, Streamer, Waiver
from streamers.rules import ad_entry, preparation, room, run_sheet, service_plan, show_cast
from streamers.rules.hosting import HOSTING
from streamers.rules.room import ROOM

CHECKS = [
    *show_cast.CHECKS,
    *run_sheet.CHECKS,
    *room.CHECKS,
    *service_plan.CHECKS,
    *ad_entry.CHECKS,
    *preparation.CHECKS,
]
PREFETCH = [
    Prefetch("waivers", Waiver.objects.select_related("waived_by")),
    Prefetch("cast", ShowCast.objects.filter(removed_at=None)),
    *run_sheet.PREFETCH,
    Prefetch("items__product", LISTING.prefetch(Product.objects.all())),
    *room.PREFETCH,
    *service_plan.PREFETCH,
    *ad_entry.PREFETCH,
    *preparation.PREFETCH,
]


def for_inspection(shows):
    """Shows with what all checks read; a streamer or product in many of them is one object."""
    loaded = gather(shows, PREFETCH)
    cast = [row for show in loaded for row in show.cast.all()]
    streamers = Streamer.objects.filter(pk__among={row.streamer_id for row in cast})
    by_id = {streamer.pk: streamer for streamer in HOSTING.prefetch(streamers)}
    for row in cast:
        row.streamer = by_id[row.streamer_id]
    return loaded


def mend(row):
    """Where a row at fault is mended: its line on the run sheet, else its part of the show's own page."""
    if isinstance(row, RunItem | Offer):
        line = row.pk if isinstance(row, RunItem) else row.item_id
        return f"{reverse('admin:streamers_show_run_sheet', args=[row.show_id])}#line-{line}"
    show_id = row.pk if isinstance(row, Show) else row.show_id
    return f"{reverse('admin:streamers_show_change', args=[show_id])}#{row._meta.model_name}"


GO_LIVE = Rulebook(
    "go_live",
    gettext_lazy("go-live gate"),
    CHECKS,
    for_inspection,
    mend=mend,
    parts=[
        (lambda show: [show.room], ROOM),
        (lambda show: [row.streamer for row in show.cast.all()], HOSTING),
        (lambda show: [item.product for item in show.items.all()], LISTING),
    ],
    subjects=lambda: Show.objects.filter(state__in=Show.OPEN),
)


def days(show, at=None):
    """The business days of a show, two of one across midnight; from ``at`` on for one that starts now."""
    first, last = business_day(at or show.starts_at), business_day(show.ends_at)
    return [first + datetime.timedelta(days=step) for step in range(max((last - first).days, 0) + 1)]


def report(show, *, at=None):
    """What stands against a show on any of its days, read afresh from the database."""
    return reports(Show.objects.filter(pk=show.pk), at=at)[show.pk]


def reports(shows, *, at=None):
    """``{pk: Report}`` of many shows, each on its own days, in as many queries as for one."""
    with without_collector():
        return {show.pk: Report(_findings(show, days(show, at))) for show in GO_LIVE.prefetch(shows)}


def _findings(show, on_days):
    """What is found on each day, told once where the same is at fault on both."""
    found = {}
    for day in on_days:
        for finding in GO_LIVE.findings(show, day):
            found.setdefault((finding.clause, finding.subject, finding.message), finding)
    return list(_waived(show, found.values()))


def _waived(show, findings):
    """Findings, with the waiver of each warning that was set aside; what blocks is never set aside."""
    waivers = {
        (waiver.clause, row["model"], row["id"]): waiver
        for waiver in show.waivers.all()
        for row in waiver.rows
    }
    for finding in findings:
        key = (finding.clause, finding.subject._meta.label_lower, finding.subject.pk)
        waiver = None if finding.blocks else waivers.get(key)
        yield replace(finding, waiver=waiver) if waiver else finding
