"""The hash chain: what was changed, removed, inserted, moved or cut off is found and named."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.db import connection

from mcn.agency.models import CalendarDay
from mcn.audit import chain
from mcn.audit.models import Block, Entry
from mcn.kit import records

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.AUDIT_HEADS_DIR = tmp_path / "heads"


@pytest.fixture
def entries():
    """Nine sealed entries in three blocks."""
    for number in range(3):
        days = [CalendarDay(day=datetime.date(2026, 3, 1 + 3 * number + n), worked=True) for n in range(3)]
        records.save_many(days, by=None, at=AT)
        chain.seal(at=AT)
    return list(Entry.objects.order_by("id"))


def tamper(sql, *params):
    """Do what somebody with the owner's rights on the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(sql, params)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_untouched_chain_is_intact(entries):
    verdict = chain.verify(at=LATER)

    assert verdict.intact
    assert (verdict.blocks, verdict.entries, verdict.waiting) == (3, 9, 0)


@pytest.mark.parametrize("column", ["verb", "model", "row", "label", "changes", "why", "request_id"])
def test_a_changed_entry_is_named(entries, column):
    tamper(f"UPDATE audit_entry SET {column} = 'x' WHERE id = %s", entries[4].id)

    verdict = chain.verify(at=LATER)

    assert (verdict.intact, verdict.fault, verdict.entry) == (False, "entry changed", entries[4].id)


def test_a_removed_entry_is_named(entries):
    tamper("DELETE FROM audit_sealed WHERE entry_id = %s", entries[7].id)
    tamper("DELETE FROM audit_entry WHERE id = %s", entries[7].id)

    verdict = chain.verify(at=LATER)

    assert (verdict.fault, verdict.entry) == ("entry removed", entries[7].id)


def test_an_entry_slipped_in_is_named(entries):
    tamper("DELETE FROM audit_sealed WHERE entry_id = %s", entries[2].id)
    tamper("UPDATE audit_entry SET id = 9999 WHERE id = %s", entries[2].id)

    assert chain.verify(at=LATER).entry == entries[2].id


def test_two_entries_that_changed_places_are_named(entries):
    tamper("UPDATE audit_entry SET label = %s WHERE id = %s", entries[1].label, entries[0].id)

    assert chain.verify(at=LATER).entry == entries[0].id


def test_a_changed_block_is_named(entries):
    tamper("UPDATE audit_block SET leaves = replace(leaves, 'a', 'b') WHERE number = 2")

    verdict = chain.verify(at=LATER)

    assert (verdict.fault, verdict.block) == ("block changed", 2)


def test_a_tail_cut_off_shows_by_the_signed_head(entries):
    chain.sign_head(at=AT)
    tamper("DELETE FROM audit_sealed WHERE block_id = 3")
    tamper("DELETE FROM audit_entry WHERE id >= %s", entries[6].id)
    tamper("DELETE FROM audit_block WHERE number = 3")

    verdict = chain.verify(at=LATER)

    assert (verdict.intact, verdict.fault, verdict.block) == (False, "tail cut off or chain rewritten", 3)


def test_a_forged_head_is_named(entries, settings):
    path = chain.sign_head(at=AT)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"number": 2}))

    assert chain.verify(at=LATER).fault == "signed head forged"


def test_an_entry_that_waits_for_its_seal_is_no_fault(entries):
    records.save(CalendarDay(day=datetime.date(2026, 5, 1), worked=False), by=None, at=LATER)

    verdict = chain.verify(at=LATER)

    assert (verdict.intact, verdict.waiting) == (True, 1)


def test_sealing_twice_seals_once(entries):
    assert chain.seal(at=LATER) == 0
    assert Block.objects.count() == 3


def test_the_command_exits_1_and_names_the_row(entries, capsys):
    tamper("UPDATE audit_entry SET why = 'x' WHERE id = %s", entries[0].id)

    with pytest.raises(SystemExit) as ended:
        call_command("verify_chain", "--json")

    said = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert (said["fault"], said["entry"]) == ("entry changed", entries[0].id)


@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite has one role, the owner of its file")
@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET why = 'x'", "DELETE FROM audit_sealed"])
def test_the_database_refuses_to_change_the_trail(entries, sql):
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)
