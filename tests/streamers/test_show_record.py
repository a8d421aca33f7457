"""What a show goes on air with is frozen, hashed, and refused to change by the database itself."""

import datetime
import json

import pytest
from django.db import IntegrityError, connection, transaction

from mcn.kit.refusal import Refused
from streamers.actions import show as show_actions
from streamers.actions import show_record
from streamers.models import Offer, Show, ShowRecord
from streamers.models.show_record import sha256_of_text
from tests.factories.shows import EVENING, ShowFactory

pytestmark = pytest.mark.django_db

YEAR = datetime.timedelta(days=365)


@pytest.fixture
def record():
    show = ShowFactory(state=Show.State.CLEARED)
    return show_record.freeze(show, by=None, at=EVENING)


@pytest.mark.clause("LSMS 6.3.2", "DB4401 5.1.5.3", "LSEC 27", "LSEC 45")
def test_a_show_that_starts_leaves_its_record():
    show = ShowFactory(state=Show.State.CLEARED)

    show_actions.start(show, by=None, at=EVENING)

    record = show.record
    parts = record.facts["parts"]
    assert record.is_intact
    assert (record.frozen_at, record.sha256) == (EVENING, sha256_of_text(record.content))
    assert parts["streamers.offer"][0]["price"] == str(Offer.objects.get().price)
    assert parts["products.cardversion"][0]["state"] == "approved"
    assert parts["products.productcredential"]
    assert parts["merchants.merchantcredential"]
    assert parts["streamers.streamer"][0]["stage_name"]
    assert record.facts["documents"]


def test_a_refused_start_leaves_none():
    show = ShowFactory(state=Show.State.CLEARED, cast=False)

    with pytest.raises(Refused):
        show_actions.start(show, by=None, at=EVENING)

    assert not ShowRecord.objects.exists()


def test_nobody_is_told_in_clear(record):
    streamer = record.show.cast.get().streamer

    assert streamer.name
    assert streamer.name not in record.content
    assert streamer.id_number not in record.content
    assert "cost_price" not in record.content


def test_the_same_facts_make_the_same_text(record):
    again = show_record.content_of(record.show, [], at=EVENING)

    assert again == json.dumps(json.loads(again), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert json.loads(again)["parts"] == record.facts["parts"]


CHANGES = [
    "content = '{}'",
    "sha256 = 'x'",
    "frozen_at = '2020-01-01 00:00:00+00:00'",
    "content = ''",
    "content = '', purged_at = '2029-03-15 00:00:00+00:00'",
    "content = '', purged_at = '2029-03-18 00:00:00+00:00', sha256 = 'x'",
]


def ask(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_change_it(record):
    for change in CHANGES:
        with pytest.raises(IntegrityError, match="never changes"):
            ask(f"UPDATE streamers_showrecord SET {change}")


def test_the_database_refuses_to_delete_it(record):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite empties a test's database by DELETE")
    with pytest.raises(IntegrityError, match="never changes"):
        ask("DELETE FROM streamers_showrecord")


def test_it_is_emptied_after_three_years_and_keeps_its_hash(record):
    before = record.sha256

    show_record.purge(record, by=None, at=EVENING + 3 * YEAR + datetime.timedelta(days=2))

    record.refresh_from_db()
    assert (record.content, record.sha256, record.is_intact) == ("", before, True)


def test_an_emptied_one_stays_as_it_is(record):
    show_record.purge(record, by=None, at=EVENING + 4 * YEAR)

    with pytest.raises(IntegrityError, match="never changes"):
        ask("UPDATE streamers_showrecord SET content = 'x'")


def test_a_show_freezes_in_few_queries_however_long_its_run_sheet(django_assert_max_num_queries):
    show = ShowFactory(state=Show.State.CLEARED, items=5)

    with django_assert_max_num_queries(60):
        show_record.content_of(show, [], at=EVENING)
