"""The gate: asked on each day of a show, in as many queries for many as for one; the matrix is beside it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from streamers.models import Show
from streamers.rules import go_live
from tests.factories import DAY
from tests.factories.shows import EVENING, ShowFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    StreamerFactory,
)

YESTERDAY = DAY - datetime.timedelta(days=1)


def clauses(show):
    return [finding.clause for finding in go_live.report(show).findings]


@pytest.mark.clause("DB4401 5.2.1 b")
def test_a_show_across_midnight_is_asked_on_both_days(db):
    minor = StreamerFactory(born_on=datetime.date(2009, 1, 10))
    CapacityRecordFactory(streamer=minor)
    ConsentFactory(streamer=minor, valid_to=DAY)
    late = EVENING.replace(hour=23)

    evening = ShowFactory(cast=minor, starts_at=EVENING, items=0)
    night = ShowFactory(cast=minor, starts_at=late, items=0)

    assert set(clauses(night)) - set(clauses(evening)) == {"DB4401 5.2.1 b"}
    assert go_live.days(night) == [DAY, DAY + datetime.timedelta(days=1)]


def test_many_shows_take_as_many_queries_as_one(db):
    shows = [ShowFactory(items=2, starts_at=EVENING + datetime.timedelta(days=day)) for day in range(3)]
    go_live.reports(Show.objects.all())  # so that the claim terms are compiled

    go_live.report(shows[0])  # the terms of the claim scan are read once a process

    counts = []
    for chosen in (shows[:1], shows):
        with CaptureQueriesContext(connection) as asked:
            go_live.reports(Show.objects.filter(pk__in=[show.pk for show in chosen]))
        counts.append(len(asked))

    assert counts[0] == counts[1]
