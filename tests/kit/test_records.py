"""The one write: validated, audited, stale writers refused, many rows answered as one."""

import datetime
import signal
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mcn.accounts.models import User
from mcn.agency.models import CalendarDay, Figure
from mcn.audit import trail
from mcn.audit.models import Entry
from mcn.kit import records
from mcn.kit.refusal import Stale
from streamers.models import Trainee
from tests.factories.streamers import StreamerFactory

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_figures(db):
    """Figures are what is written here: those that are shipped are out of the way."""
    Figure.objects.all().delete()


def figure(**wrong):
    right = {
        "key": Figure.Key.PRICE_HISTORY_DAYS,
        "value": Decimal(7),
        "valid_from": DAY,
        "source": "LSEC 32",
    }
    return Figure(**right | wrong)


def test_a_saved_row_is_in_the_trail_with_who_when_and_what():
    user = User.objects.create_user("desk", password="a-long-enough-one")

    saved = records.save(figure(), by=user, at=AT, why="law changed")

    entry = trail.history(saved).get()
    assert (entry.by, entry.at, entry.verb, entry.why) == (user, AT, "add", "law changed")
    assert entry.diff["value"] == [None, "7"]
    assert saved.version == 1


def test_a_change_tells_old_and_new():
    saved = records.save(figure(), by=None, at=AT)
    saved.value = Decimal(9)

    records.save(saved, by=None, at=AT)

    assert trail.history(saved).first().diff == {"value": ["7.00", "9"]}
    assert saved.version == 2


def test_a_row_that_says_the_same_is_left_alone():
    saved = records.save(figure(), by=None, at=AT)

    records.save(Figure.objects.get(), by=None, at=AT)

    assert trail.history(saved).count() == 1
    assert Figure.objects.get().version == 1


def test_a_wrong_row_leaves_no_trace():
    with pytest.raises(ValidationError):
        records.save(figure(value="many"), by=None, at=AT)

    assert not Figure.objects.exists()
    assert not Entry.objects.exists()


def test_who_read_an_older_version_is_stale():
    records.save(figure(), by=None, at=AT)
    mine, theirs = Figure.objects.get(), Figure.objects.get()
    theirs.value = Decimal(8)
    records.save(theirs, by=None, at=AT)
    mine.value = Decimal(9)

    with pytest.raises(Stale):
        records.save(mine, by=None, at=AT)

    assert Figure.objects.get().value == Decimal(8)


def test_many_rows_are_saved_and_audited_in_a_few_statements(django_assert_max_num_queries):
    days = [CalendarDay(day=DAY + datetime.timedelta(days=n), worked=True) for n in range(500)]

    with django_assert_max_num_queries(16):
        saved = records.save_many(days, by=None, at=AT)

    assert len(saved) == CalendarDay.objects.count() == Entry.objects.count() == 500


def test_many_changed_rows_keep_their_ids_and_tell_what_changed():
    records.save_many([CalendarDay(day=DAY, worked=True)], by=None, at=AT)
    stored = CalendarDay.objects.get()
    stored.worked = False

    records.save_many([stored], by=None, at=AT)

    assert CalendarDay.objects.get().pk == stored.pk
    assert trail.history(stored).first().diff == {"worked": [True, False]}
    assert CalendarDay.objects.get().version == 2


WRONG = {
    "nothing wrong": {},
    "no value": {"value": None},
    "not a number": {"value": "many"},
    "too long": {"source": "x" * 201},
    "unknown choice": {"key": "nonsense"},
    "blank": {"source": ""},
    "not a day": {"valid_from": "2026-02-30"},
    "taken": {"valid_from": datetime.date(2000, 1, 1)},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_the_many_row_form_gives_the_answers_of_full_clean(wrong):
    records.save(figure(valid_from=datetime.date(2000, 1, 1)), by=None, at=AT)
    one, many = figure(**wrong), figure(**wrong)

    try:
        one.full_clean()
        expected = {}
    except ValidationError as error:
        expected = error.message_dict
    said = records.validate_many([many])

    assert (said[0].message_dict if said else {}) == expected


def test_two_rows_of_one_batch_with_the_same_key_are_refused():
    with pytest.raises(records.ManyInvalid) as refused:
        records.save_many([figure(), figure()], by=None, at=AT)

    assert list(refused.value.by_index) == [1]
    assert not Figure.objects.exists()


def test_a_password_is_told_as_changed_and_never_shown():
    user = User(username="desk")
    user.set_password("a-long-enough-one")

    records.save(user, by=None, at=AT)

    assert trail.history(user).get().diff["password"] == [None, "***"]


def test_many_rows_whose_names_ask_the_database_are_written():
    """Their names are asked before the rows stream in: on PostgreSQL the connection would wait for ever."""

    def waited_too_long(_signal, _frame):
        raise TimeoutError

    people = [StreamerFactory(trained=False).pk for _number in range(3)]
    signal.signal(signal.SIGALRM, waited_too_long)
    signal.alarm(20)
    try:
        records.save_many(
            [Trainee(kind="streamer", started_on=DAY, streamer_id=pk) for pk in people], by=None, at=AT
        )
    finally:
        signal.alarm(0)

    assert Entry.objects.filter(model="streamers.trainee", label__contains="小鹿").count() == 3
