"""The clause catalogue: every row of the five standards, told in our own words."""

import datetime

import pytest

from mcn.audit.models import Entry
from mcn.standards.catalogue import levels, read, sync_catalogue
from mcn.standards.checks import clause
from mcn.standards.models import Clause, Standard

AT = datetime.datetime(2026, 3, 2, 4, 0, tzinfo=datetime.UTC)


@pytest.mark.django_db
def test_the_whole_catalogue_comes_in_and_a_second_time_changes_nothing():
    sync_catalogue(at=AT)
    written = Entry.objects.count()

    sync_catalogue(at=AT)

    assert Standard.objects.count() == 5
    assert Clause.objects.count() == 436
    assert Entry.objects.count() == written


def test_every_clause_has_a_level_that_the_product_knows():
    assert set(levels().values()) <= set(Clause.Level.values)


def test_every_clause_is_told_in_a_sentence():
    for standard in read("standards"):
        for row in read(standard["code"]):
            assert 4 <= len(row["title"]) <= 14, row
            assert 15 <= len(row["told"]) <= 80, row


def test_a_check_that_cites_an_unknown_clause_is_refused_at_once():
    mark = clause("DB4401 99.9")

    with pytest.raises(KeyError):
        mark(lambda subject, on: iter(()))
