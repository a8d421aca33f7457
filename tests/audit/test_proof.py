"""The proof of the audit chain: a thousand attacks by SQL, each found and located by the command."""

import datetime
import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from mcn.agency.models import CalendarDay
from mcn.audit import chain
from mcn.audit.models import Block, Entry, Sealed
from mcn.kit import records

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
BLOCKS, SIZE, WAITING = 4, 3, 2
COLUMNS = ["at", "by_id", "verb", "model", "row", "label", "changes", "why", "request_id", "mark"]
# A number that was given to an entry whose transaction was undone.
GAP = {
    "sqlite": "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'audit_entry'",
    "postgresql": "SELECT nextval('audit_entry_id_seq')",
}
WORDS = ["verb", "model", "row", "label", "changes", "why", "request_id", "mark"]
pytestmark = [pytest.mark.django_db, pytest.mark.clause("EJAS 6.6.2")]


@pytest.fixture
def trail(settings, tmp_path) -> list[int]:
    """Entries in four signed blocks, with a gap in their numbers and two that wait; the numbers of all."""
    settings.AUDIT_HEADS_DIR = tmp_path / "heads"
    day = datetime.date(2026, 3, 1)
    for _ in range(BLOCKS):
        days = [CalendarDay(day=(day := day + datetime.timedelta(days=1)), worked=True) for _ in range(SIZE)]
        records.save_many(days, by=None, at=AT)
        chain.seal(at=AT)
        chain.sign_head(at=AT)
        sql(GAP[connection.vendor])
    days = [CalendarDay(day=(day := day + datetime.timedelta(days=1)), worked=True) for _ in range(WAITING)]
    records.save_many(days, by=None, at=AT)
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


def sql(statement: str, *params: object) -> None:
    """What somebody with the owner's rights on the database types."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(statement, params)


def change(chance: Random, ids: list[int]) -> tuple:
    """Another word, another person or another moment in one entry, sealed or waiting."""
    number, column = chance.choice(ids), chance.choice([*WORDS, "at"])
    value = (
        AT - datetime.timedelta(minutes=chance.randrange(1, 999)) if column == "at" else f"x{chance.random()}"
    )
    sql(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, number)
    return "entry", number


def change_block(chance: Random, ids: list[int]) -> tuple:
    """Another hash, moment or predecessor in one block."""
    number, column = (
        chance.randrange(1, BLOCKS + 1),
        chance.choice(["leaves", "previous", "digest", "sealed_at"]),
    )
    value = (
        AT + datetime.timedelta(seconds=chance.randrange(1, 99))
        if column == "sealed_at"
        else f"{chance.getrandbits(256):064x}"
    )
    if column == "leaves":
        kept = Block.objects.get(number=number).leaves
        value = kept.replace(kept[-8:], f"{chance.getrandbits(32):08x}")
    sql(f"UPDATE audit_block SET {column} = %s WHERE number = %s", value, number)
    return "block", number


def remove(chance: Random, ids: list[int]) -> tuple:
    """One sealed entry and its tie; or a whole block with all that it holds."""
    number = chance.choice(ids[:-WAITING])
    sql("DELETE FROM audit_sealed WHERE entry_id = %s", number)
    if chance.random() < 0.2:
        return "entry", number  # only its tie
    sql("DELETE FROM audit_entry WHERE id = %s", number)
    return "entry", number


def remove_block(chance: Random, ids: list[int]) -> tuple:
    """A block from the middle, with its entries."""
    number = chance.randrange(1, BLOCKS)
    _drop_blocks("=", number)
    return "block", number


def insert(chance: Random, ids: list[int]) -> tuple:
    """A new entry, or a copy: in a gap of the numbers or behind the last, then or now, tied or not."""
    number = chance.choice(
        [ids[SIZE * place] - 1 for place in range(1, BLOCKS)] + [ids[-1] + chance.randrange(1, 9)]
    )
    copied = dict(
        zip(COLUMNS, Entry.objects.filter(pk=chance.choice(ids)).values_list(*COLUMNS)[0], strict=True)
    )
    if chance.random() < 0.7:
        copied |= {"at": AT + datetime.timedelta(days=chance.randrange(-9, 9)), "why": f"x{chance.random()}"}
    if chance.random() < 0.3:
        copied |= {"mark": f"{chance.getrandbits(320):080x}"}
    names, places = ", ".join(["id", *COLUMNS]), ", ".join(["%s"] * (len(COLUMNS) + 1))
    sql(f"INSERT INTO audit_entry ({names}) VALUES ({places})", number, *copied.values())
    if chance.random() < 0.3:
        sql(
            "INSERT INTO audit_sealed (entry_id, block_id) VALUES (%s, %s)",
            number,
            chance.randrange(1, BLOCKS + 1),
        )
    return "entry", number


def reorder(chance: Random, ids: list[int]) -> tuple:
    """Two entries change places: all that they say, or their numbers."""
    # Which of two came first is settled by the seal: one of them has it.
    first, second = sorted([chance.choice(ids[:-WAITING]), chance.choice(ids[-WAITING:])])
    if chance.random() < 0.8:
        first, second = sorted(chance.sample(ids[:-WAITING], 2))
    if chance.random() < 0.5:
        for old, new in [(first, -1), (second, first), (-1, second)]:
            sql("UPDATE audit_entry SET id = %s WHERE id = %s", new, old)
        return "entry", first
    said = {
        row[0]: row[1:] for row in Entry.objects.filter(pk__in=[first, second]).values_list("id", *COLUMNS)
    }
    for number, other in [(first, second), (second, first)]:
        sql(
            f"UPDATE audit_entry SET {', '.join(f'{name} = %s' for name in COLUMNS)} WHERE id = %s",
            *said[other],
            number,
        )
    return "entry", first


def reorder_blocks(chance: Random, ids: list[int]) -> tuple:
    """Two blocks change places."""
    first, second = sorted(chance.sample(range(1, BLOCKS + 1), 2))
    for old, new in [(first, 99), (second, first), (99, second)]:
        sql("UPDATE audit_block SET number = %s WHERE number = %s", new, old)
    return "block", first


def cut_off(chance: Random, ids: list[int]) -> tuple:
    """The end of the chain, with or without the entries; or the ends of the entries alone."""
    number = chance.randrange(1, BLOCKS + 1)
    if chance.random() < 0.3:
        kept = ids[SIZE * (number - 1) + chance.randrange(SIZE)]
        sql("DELETE FROM audit_sealed WHERE entry_id >= %s", kept)
        sql("DELETE FROM audit_entry WHERE id >= %s", kept)
        return "entry", kept
    _drop_blocks(">=", number)
    return "block", number


def _drop_blocks(compare: str, number: int) -> None:
    entries = f"(SELECT entry_id FROM audit_sealed WHERE block_id {compare} %s)"
    sql(f"DELETE FROM audit_entry WHERE id IN {entries}", number)
    sql(f"DELETE FROM audit_sealed WHERE block_id {compare} %s", number)
    sql(f"DELETE FROM audit_block WHERE number {compare} %s", number)


ATTACKS = [change, change_block, remove, remove_block, insert, reorder, reorder_blocks, cut_off]
EACH = 125


def verdict() -> dict:
    """What ``manage.py verify_chain --json`` says."""
    said = StringIO()
    with suppress(SystemExit):
        call_command("verify_chain", "--json", stdout=said)
    return json.loads(said.getvalue())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_thousand_attacks_are_found_and_located(trail: list[int], attack: Callable):
    chance, missed = Random(attack.__name__), []
    assert verdict()["intact"]
    for _ in range(EACH):
        with transaction.atomic():
            kind, place = attack(chance, trail)
            found = verdict()
            if found["intact"] or found[kind] != place:
                missed.append((kind, place, found))
            transaction.set_rollback(True)
    assert missed == []
    assert verdict()["intact"]


def test_a_seal_does_not_launder_what_was_slipped_in(trail: list[int]):
    kind, place = insert(Random(1), trail)
    chain.seal(at=AT)
    assert verdict()[kind] == place


def test_after_a_new_secret_key_the_old_marks_and_heads_still_hold(trail: list[int], settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert verdict()["intact"]
    settings.SECRET_KEY_FALLBACKS = []
    assert verdict()["fault"] == "entry inserted"


on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")
REFUSED = [
    "UPDATE audit_entry SET why = 'x'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry CASCADE",
    "UPDATE audit_block SET digest = 'x'",
    "DELETE FROM audit_sealed",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER append_only ON audit_entry",
    "SET session_replication_role = replica",
]


@pytest.fixture
def role() -> str:
    """The role that the application runs as, as the manual has it made."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE mcn_application LOGIN")
    call_command("limit_role", "mcn_application", stdout=StringIO())
    return "mcn_application"


def as_role(role: str) -> None:
    """Go on as the application does."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(f"SET LOCAL ROLE {role}")


@on_postgresql
@pytest.mark.parametrize("statement", REFUSED)
def test_the_applications_role_cannot_change_the_trail(trail: list[int], role: str, statement: str):
    as_role(role)
    with (
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
    ):
        cursor.execute(statement)


@on_postgresql
def test_the_applications_role_writes_and_seals(trail: list[int], role: str):
    as_role(role)
    records.save(CalendarDay(day=datetime.date(2026, 5, 1), worked=False), by=None, at=AT)
    assert chain.seal(at=AT) == WAITING + 1
    assert Sealed.objects.count() == Entry.objects.count()
    assert verdict()["intact"]


@on_postgresql
def test_a_role_that_nothing_would_hold_is_refused():
    with pytest.raises(CommandError, match="nothing would hold it"):
        call_command("limit_role", connection.settings_dict["USER"])
    with pytest.raises(CommandError, match="There is no role"):
        call_command("limit_role", "nobody_of_this_name")
