"""A row in a list of the admin is drawn from what the list has loaded: a row more is no query more."""

from contextlib import suppress

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import items_for_result
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.test import RequestFactory

from mcn.kit import clock
from tests.architecture.test_factories import GIVEN, kinds
from tests.factories import AT, RecordFactory
from tests.factories.accounts import StaffFactory

LISTED = {
    factory._meta.model: factory
    for factory in kinds(RecordFactory)
    if admin.site.is_registered(factory._meta.model)
}


def fill(row: Model) -> None:
    """Let what may be empty of a row point to whatever there is, as far as the database allows."""
    for field in row._meta.concrete_fields:
        there = field.is_relation and field.null and field.related_model._base_manager.first()
        if there and getattr(row, field.attname) is None:
            with suppress(DatabaseError), transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: there})


@pytest.mark.django_db
@pytest.mark.parametrize("model", LISTED, ids=lambda model: model._meta.label)
def test_a_row_asks_nothing(model, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    request, page = RequestFactory().get("/"), admin.site.get_model_admin(model)
    request.user = StaffFactory(role="administrator", is_superuser=True)
    fill(LISTED[model](**GIVEN.get(LISTED[model].__name__, {})))
    request.session = {}
    lists = [page.get_changelist_instance(request) for _time in range(2)]
    [first, second] = [list(found.result_list) for found in lists]
    drawn = [list(items_for_result(lists[0], row, None)) for row in first]  # what is asked once a page

    with django_assert_num_queries(0):
        again = [list(items_for_result(lists[1], row, None)) for row in second]
    assert len(drawn) == len(again)
