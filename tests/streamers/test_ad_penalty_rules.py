"""The bar after a false-advertising penalty: whom it stops, from which day to which."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.agency.models import Figure
from mcn.kit import records
from streamers.actions import ad_penalty as ad_penalty_actions
from streamers.models import AdPenalty, Streamer
from streamers.rules.ad_penalty import barred_to
from streamers.rules.application import APPLICATION
from streamers.rules.hosting import ACCEPTANCE, ACTIVATION, HOSTING
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import uscc
from tests.factories.streamer_papers import AdPenaltyFactory
from tests.factories.streamers import StreamerFactory, id_number

PERSON = id_number(700)
BARS = [APPLICATION, ACCEPTANCE, ACTIVATION, HOSTING]
CLAUSE = "DB4401 5.1.1 f"


def day(text):
    return datetime.date.fromisoformat(text)


def barred(streamer, on, rulebook=HOSTING):
    """Whether the bar is among what a rulebook finds."""
    return CLAUSE in [finding.clause for finding in rulebook.inspect(streamer, on=on).blockers]


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2023-03-16", "2026-03-16"),
        ("2023-02-28", "2026-02-28"),
        ("2024-02-29", "2027-02-28"),
        ("2021-02-28", "2024-02-28"),
        ("2025-02-28", "2028-02-28"),
    ],
)
def test_the_bar_ends_with_the_day_of_the_same_number_three_years_on(decided, last):
    penalty = AdPenaltyFactory(id_number=PERSON, decided_on=day(decided))
    streamer = StreamerFactory(id_number=PERSON)
    the_last, one = day(last), datetime.timedelta(days=1)

    assert penalty.barred_to == barred_to(day(decided)) == the_last
    assert not barred(streamer, day(decided) - one)
    assert barred(streamer, day(decided))
    assert [barred(streamer, on) for on in (the_last - one, the_last, the_last + one)] == [True, True, False]


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize("rulebook", BARS, ids=lambda book: book.name)
def test_a_barred_person_passes_no_gate(rulebook):
    streamer = StreamerFactory(id_number=PERSON)
    assert not barred(streamer, DAY, rulebook)

    AdPenaltyFactory(id_number=PERSON)

    assert barred(streamer, DAY, rulebook)


@pytest.mark.clause(CLAUSE)
def test_an_organisation_bars_whoever_belongs_to_it():
    AdPenaltyFactory(party="organisation", uscc=uscc(77))

    assert barred(StreamerFactory(organisation="某某工作室", organisation_uscc=uscc(77)), DAY)
    assert not barred(StreamerFactory(organisation="另一工作室", organisation_uscc=uscc(78)), DAY)


def test_who_has_no_number_is_matched_with_nobody():
    AdPenaltyFactory(party="organisation", uscc=uscc(77))
    AdPenaltyFactory(id_number=PERSON)

    assert not barred(StreamerFactory(virtual=True), DAY)


def test_the_number_is_matched_however_it_was_typed():
    AdPenaltyFactory(id_number=f" {PERSON[:6]} {PERSON[6:].lower()} ")

    assert barred(StreamerFactory(id_number=PERSON), DAY)


@pytest.mark.clause(CLAUSE)
def test_a_revoked_decision_bars_nobody():
    streamer = StreamerFactory(id_number=PERSON)
    penalty = AdPenaltyFactory(id_number=PERSON)

    ad_penalty_actions.revoke(penalty, note="行政复议决定撤销", by=StaffFactory(role="compliance"), at=AT)

    assert not barred(streamer, DAY)
    assert (penalty.state, penalty.revoked_on) == (AdPenalty.State.REVOKED, DAY)


def test_of_two_decisions_the_one_that_bars_longer_counts():
    streamer = StreamerFactory(id_number=PERSON)
    AdPenaltyFactory(id_number=PERSON, decided_on=day("2023-05-01"))
    longer = AdPenaltyFactory(id_number=PERSON, decided_on=day("2024-05-01"))
    AdPenaltyFactory(id_number=PERSON, decided_on=day("2020-05-01"))

    (finding,) = [row for row in HOSTING.inspect(streamer, on=DAY).blockers if row.clause == CLAUSE]

    assert finding.subject == longer
    assert longer.number in finding.message
    assert PERSON not in finding.message


def test_many_are_asked_in_as_many_queries_as_one():
    streamers = [StreamerFactory() for _ in range(6)]
    for streamer in streamers[:3]:
        AdPenaltyFactory(id_number=streamer.id_number)
    with CaptureQueriesContext(connection) as one:
        HOSTING.inspect_many(Streamer.objects.filter(pk=streamers[0].pk), on=DAY)

    with CaptureQueriesContext(connection) as many:
        reports = HOSTING.inspect_many(Streamer.objects.all(), on=DAY)

    assert len(many) == len(one)
    assert [CLAUSE in [row.clause for row in reports[streamer.pk].blockers] for streamer in streamers] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_years_are_those_of_the_day_of_the_decision():
    longer = Figure(key="ad_penalty_bar_years", value=5, valid_from=day("2025-01-01"), source="机构决定")
    records.save(longer, by=None, at=AT)

    assert barred_to(day("2024-12-31")) == day("2027-12-31")
    assert barred_to(day("2025-01-01")) == day("2030-01-01")
