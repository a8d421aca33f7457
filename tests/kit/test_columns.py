"""A column that is called plainly right is one that Django's own cleaning gives back unchanged."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.apps import apps

from mcn.accounts.models import User
from mcn.agency.models import CalendarDay, Figure
from mcn.kit import records
from mcn.kit.bulk import loaded
from mcn.kit.columns import plainly_right, values_of
from mcn.kit.validation import fields_of
from mcn.sheets.models import ImportJob

MOMENT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)
VALUES = [
    None, "", "a", " 芝麻 ", "x" * 5_000, "draft", 0, 1, -1, 2**31, 2**63, 1.5, True, False,
    Decimal("0.00"), Decimal("0.01"), Decimal("-3.50"), Decimal("1.5"), Decimal("1.505"), Decimal("NaN"),
    Decimal("1e10"), Decimal("9999999999.99"), Decimal("99999999999999.99"), MOMENT, MOMENT.date(),
    {}, [], {"a": 1}, b"", (), "6901234567892", "2026-03-02",
]  # fmt: skip
RECORDS = [model for model in apps.get_models() if issubclass(model, records.Record)]


@pytest.mark.parametrize("model", RECORDS, ids=str)
def test_what_is_called_right_is_given_back_unchanged(model):
    for field in [field for field in fields_of(model) if not field.is_relation]:
        right = plainly_right(field)
        for value in [value for value in VALUES if right([value])]:
            if field.blank and value in field.empty_values:
                continue
            cleaned = field.clean(value, model())
            assert (type(cleaned), str(cleaned)) == (type(value), str(value)), field


def test_usual_columns_are_right_at_once():
    right = plainly_right(Figure._meta.get_field("value"))
    assert right([Decimal("7.00"), Decimal("8.25")])
    assert not right([Decimal("7.00"), "8.25"])
    assert plainly_right(CalendarDay._meta.get_field("note"))(["", "元旦"])
    assert not plainly_right(Figure._meta.get_field("source"))(["LSEC 32", ""])


def test_a_column_of_rows_that_were_read_in_part_is_read_from_the_database(django_assert_num_queries, db):
    records.save(CalendarDay(day=MOMENT.date(), worked=True, note="元旦"), by=None, at=MOMENT)
    with django_assert_num_queries(2):
        assert values_of(list(CalendarDay.objects.only("day")), "note") == ["元旦"]


@pytest.mark.parametrize("model", RECORDS, ids=str)
def test_a_row_made_in_bulk_is_as_the_model_makes_it(model):
    made, own = records.new(model), model()
    assert made._state.adding
    for field in model._meta.concrete_fields:
        value = getattr(made, field.attname)
        # A moment, a key and a secret of chance differ from row to row.
        differs = isinstance(value, (datetime.datetime, uuid.UUID)) or field.name == "secret"
        assert differs or value == getattr(own, field.attname)


def test_a_row_made_in_bulk_knows_its_relations():
    user = User(pk=7)
    job = records.new(ImportJob, created_by=user, size=3)
    assert (job.created_by_id, job.created_by, job.size) == (7, user, 3)


@pytest.mark.django_db
def test_rows_loaded_in_bulk_are_as_the_model_loads_them():
    records.save(CalendarDay(day=MOMENT.date(), worked=True, note="元旦"), by=None, at=MOMENT)
    (row,), own = loaded(CalendarDay.objects.all()), CalendarDay.objects.get()
    assert (row, row.note, row._state.adding, row._state.db) == (own, own.note, False, own._state.db)
    row.note = "劳动节"
    records.save(row, by=None, at=MOMENT)
    assert CalendarDay.objects.get().note == "劳动节"
