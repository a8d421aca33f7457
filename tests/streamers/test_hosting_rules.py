"""HOSTING: the default streamer breaks nothing; each thing broken is found, and said where to mend."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.kit import records
from streamers.models import Streamer, StreamerVerification
from streamers.rules.hosting import ACCEPTANCE, ACTIVATION, GRADUATION, HOSTING, REOPENING
from tests.factories import AT, DAY
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    StreamerFactory,
    StreamerHoldFactory,
    StreamerVerificationFactory,
)

Item = StreamerVerification.Item
BOOKS = [ACCEPTANCE, GRADUATION, ACTIVATION, HOSTING, REOPENING]
MINOR = datetime.date(2009, 1, 1)


def changed(row, **values):
    """The row with other values, written without asking any action."""
    for name, value in values.items():
        setattr(row, name, value)
    return records.save(row, by=None, at=AT)


def findings(streamer, on=DAY, book=HOSTING):
    return [(finding.clause, finding.message) for finding in book.inspect(streamer, on=on).findings]


def clauses(streamer, on=DAY, book=HOSTING):
    return [clause for clause, _message in findings(streamer, on, book)]


@pytest.fixture
def streamer():
    """An active streamer in whose way nothing stands."""
    return StreamerFactory()


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_nothing_stands_in_the_way_of_the_default_streamer(streamer, book):
    PlatformAccountFactory(streamer=streamer)
    row = streamer.verifications.get(item=Item.ACCOUNTS)
    changed(row, superseded_at=AT)
    StreamerVerificationFactory(streamer=streamer, item=Item.ACCOUNTS)
    assert findings(streamer, book=book) == []


def test_nothing_stands_in_the_way_of_a_minor_with_consent_and_capacity():
    streamer = StreamerFactory(born_on=MINOR)
    ConsentFactory(streamer=streamer)
    CapacityRecordFactory(streamer=streamer)
    assert findings(streamer) == []


@pytest.mark.clause("DB4401 5.6.2.4")
@pytest.mark.parametrize("state", [state for state in Streamer.State if state != Streamer.State.ACTIVE])
def test_only_an_active_streamer_hosts(streamer, state):
    changed(streamer, state=state)
    assert clauses(streamer) == ["DB4401 5.6.2.4"]
    assert clauses(streamer, book=ACTIVATION) == []


def test_six_streamers_take_as_many_queries_as_one():
    def several(count):
        for _number in range(count):
            streamer = StreamerFactory(born_on=MINOR)
            PlatformAccountFactory(streamer=streamer)
            ConsentFactory(streamer=streamer)
            CapacityRecordFactory(streamer=streamer)
            StreamerHoldFactory(streamer=streamer)

    several(1)
    with CaptureQueriesContext(connection) as one:
        assert len(HOSTING.inspect_many(Streamer.objects.all(), on=DAY)) == 1
    several(5)
    with CaptureQueriesContext(connection) as many:
        assert len(HOSTING.inspect_many(Streamer.objects.all(), on=DAY)) == 6

    assert len(one) == len(many)
