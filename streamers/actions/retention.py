"""What has a term about shows: films, advertisements, frozen records (see mcn/evidence/retention.py)."""

import datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Figure
from mcn.evidence.models import RetentionClass
from mcn.evidence.retention import Retained
from mcn.kit.clock import business_day
from streamers.actions import ad_entry as ad_actions
from streamers.actions import recording as recording_actions
from streamers.actions import show_record as record_actions
from streamers.models import AdEntry, Recording, ShowRecord

WHOLES = ["show__room", "show__cast__streamer", "show__items__product__merchant"]


def wholes_of(row):
    """The row's show, room, streamers and merchants: a legal hold on any of them keeps the row."""
    show = row.show
    streamers = [part.streamer for part in show.cast.all()]
    return [show, show.room, *streamers, *[item.product.merchant for item in show.items.all()]]


def end_of(show):
    """The day on which a show ended, or None while it has not."""
    return business_day(show.ended_at) if show.ended_at else None


def recordings():
    """The films that are still there."""
    rows = Recording.objects.exclude(state=Recording.State.REMOVED)
    return rows.select_related("show").prefetch_related(*WHOLES)


def show_records():
    """The frozen records that still say something, with the days in which a show's trades are completed."""
    in_force = Figure.objects.filter(
        key=Figure.Key.TRADE_COMPLETION_DAYS, valid_from__lte=OuterRef("show__ended_at__date")
    ).order_by("-valid_from")
    rows = ShowRecord.objects.filter(purged_at=None).annotate(
        trade_days=Subquery(in_force.values("value")[:1])
    )
    return rows.select_related("show").prefetch_related(*WHOLES).defer("content")


def starts_of_record(record):
    """Verification counts from the end of the show, what was traded from the last day of its trades."""
    end = end_of(record.show)
    traded = end and record.trade_days and end + datetime.timedelta(days=int(record.trade_days))
    return {RetentionClass.VERIFICATION: end, RetentionClass.TRADE: traded}


def ad_entries():
    """The archived advertisements that still name who answered for them."""
    rows = AdEntry.objects.filter(purged_at=None).exclude(archived_at=None)
    return rows.select_related("show").prefetch_related(*WHOLES)


RECORDINGS = Retained(
    name="recordings",
    label=_("recordings"),
    rows=recordings,
    starts=lambda row: {RetentionClass.SHOW_CONTENT: end_of(row.show)},
    wholes=wholes_of,
    purge=recording_actions.purge,
)
SHOW_RECORDS = Retained(
    name="show_records",
    label=_("frozen records of shows"),
    rows=show_records,
    starts=starts_of_record,
    wholes=wholes_of,
    purge=record_actions.purge,
)
AD_ENTRIES = Retained(
    name="ad_entries",
    label=_("register of advertisements"),
    rows=ad_entries,
    starts=lambda row: {RetentionClass.ADVERTISING: business_day(row.archived_at)},
    wholes=wholes_of,
    purge=ad_actions.purge,
)
