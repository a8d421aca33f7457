"""The gate: a show right in all goes live; wrong in one thing, it is stopped by that clause alone."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Sku
from streamers.models import Offer, PlanLine, RunItem, ServicePlan, Show, ShowCast, Streamer
from streamers.rules import go_live
from tests.factories import DAY
from tests.factories.preparation import prepare
from tests.factories.products import ProductHoldFactory
from tests.factories.shows import EVENING, ShowFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    StreamerFactory,
    StreamerHoldFactory,
)

YESTERDAY = DAY - datetime.timedelta(days=1)


def clauses(show):
    return [finding.clause for finding in go_live.report(show).findings]


def test_the_right_show_goes_live(db):
    assert clauses(ShowFactory(items=2)) == []


def put(model, **values):
    """A change to all rows of a model, as if it had come about some other way."""
    return lambda show: model.objects.update(**values)


MATRIX = {
    "no-host": ("LSMS 6.2 d", put(ShowCast, role="guest")),
    "field-of-the-theme": ("DB4401 5.2.1 d", put(Show, theme="medicine")),
    "no-products": ("DB4401 5.3.3 b", put(RunItem, removed_at=EVENING)),
    "no-card": ("DB4401 5.2.3.4 a", put(RunItem, card_version=None)),
    "promotion-over": (
        "DB4401 5.2.3.4 g",
        lambda show: Show.objects.update(
            starts_at=EVENING + datetime.timedelta(days=9),
            ends_at=EVENING + datetime.timedelta(days=9, hours=2),
        ),
    ),
    "nothing-offered": ("DB4401 6.3.1 a", put(Offer, spot=0)),
    "stock-lowered": ("DB4401 6.3.1 a", put(Sku, stock=99)),
    "presale-too-early": (
        "DB4401 6.3.1 a",
        lambda show: [row.objects.update(presale=5, ships_on=YESTERDAY) for row in (Offer, PlanLine)],
    ),
    "compared-price": ("LSEC 32", put(Offer, compared_price=Decimal("99.00"))),
    "no-link": ("DB4401 5.6.3.5", put(Offer, link="")),
    "plan-not-agreed": ("DB4401 6.2.2 a", put(ServicePlan, state="returned")),
    "plan-behind": ("GDAS 5.1.1 a", put(PlanLine, spot=99)),
    "too-few-seats": ("DB4401 6.2.2 b", put(ServicePlan, seats=0, seats_trained=0)),
    "product-held": (
        "DB4401 5.1.5.2 b",
        lambda show: ProductHoldFactory(product=show.items.get().product),
    ),
    "streamer-held": (
        "DB4401 5.6.3.10",
        lambda show: StreamerHoldFactory(streamer=show.cast.get().streamer),
    ),
    "streamer-suspended": ("DB4401 5.6.2.4", put(Streamer, state="suspended")),
}


@pytest.mark.clause(*{code for code, _wrong in MATRIX.values()})
@pytest.mark.parametrize(("code", "wrong"), MATRIX.values(), ids=MATRIX)
def test_wrong_in_one_thing_it_is_stopped_by_that_clause_alone(db, code, wrong):
    show = ShowFactory(prepared=False)
    wrong(show)
    prepare(show)

    assert clauses(show) == [code]


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
