"""How old on the day, and what a minor needs: every case as one line of expected and got."""

import datetime

import pytest

from mcn.kit.clock import SHANGHAI
from streamers.models import Consent
from streamers.rules.age import age_on, days_of, latest_birth, reaches_on
from streamers.rules.hosting import HOSTING
from tests.factories import AT, DAY
from tests.factories.streamers import CapacityRecordFactory, ConsentFactory, StreamerFactory
from tests.streamers.test_hosting_rules import changed

UNDER, CONSENT, CAPACITY = "under sixteen", "consent", "capacity"
FOUND = {
    "is_of_working_age": UNDER,
    "has_the_guardians_consent": CONSENT,
    "has_full_civil_capacity": CAPACITY,
}
DAYS = datetime.timedelta(days=1)


def day(text):
    return datetime.date.fromisoformat(text)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# Born on 16 March; the day asked about lies around the birthday on DAY, 16 March 2026.
@pytest.mark.parametrize(
    ("case", "born", "on", "years", "lacks"),
    [
        ("15 years 364 days", "2010-03-16", "2026-03-15", 15, [UNDER]),
        ("16th birthday itself", "2010-03-16", "2026-03-16", 15, [UNDER]),
        ("16 years and a day", "2010-03-16", "2026-03-17", 16, [CONSENT, CAPACITY]),
        ("17th birthday itself", "2009-03-16", "2026-03-16", 16, [CONSENT, CAPACITY]),
        ("17 years and a day", "2009-03-15", "2026-03-16", 17, [CONSENT, CAPACITY]),
        ("18 years less a day", "2008-03-17", "2026-03-16", 17, [CONSENT, CAPACITY]),
        ("18th birthday itself", "2008-03-16", "2026-03-16", 17, [CONSENT, CAPACITY]),
        ("18 years and a day", "2008-03-16", "2026-03-17", 18, []),
        ("29 Feb, 16 in a leap year, on the day", "2008-02-29", "2024-02-29", 15, [UNDER]),
        (
            "29 Feb, 16 in a leap year, the day after",
            "2008-02-29",
            "2024-03-01",
            16,
            [CONSENT, CAPACITY],
        ),
        (
            "29 Feb, 17 in a common year, on the 28th",
            "2008-02-29",
            "2025-02-28",
            16,
            [CONSENT, CAPACITY],
        ),
        ("29 Feb, 17 in a common year, on 1 March", "2008-02-29", "2025-03-01", 17, [CONSENT, CAPACITY]),
        (
            "29 Feb, 18 in a common year, on the 28th",
            "2008-02-29",
            "2026-02-28",
            17,
            [CONSENT, CAPACITY],
        ),
        ("29 Feb, 18 in a common year, on 1 March", "2008-02-29", "2026-03-01", 18, []),
        ("1 March, 18 in a common year, on the day", "2008-03-01", "2026-03-01", 17, [CONSENT, CAPACITY]),
        ("28 February, 18 in a leap year, on the 29th", "2006-02-28", "2024-02-29", 18, []),
        ("born on new year's eve", "2009-12-31", "2025-12-31", 15, [UNDER]),
        ("a grown-up", "1998-05-20", "2026-03-16", 27, []),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else None,
)
@pytest.mark.clause("DB4401 5.2.1 a", "DB4401 5.2.1 b", "DB4401 5.1.4.4", "DB4401 5.6.2.4")
def test_age_by_the_day(case, born, on, years, lacks):
    streamer = StreamerFactory(born_on=day(born))

    got = [FOUND[check.__name__] for check in asked(streamer, day(on))]

    assert (age_on(streamer.born_on, day(on)), got) == (years, lacks), case


def asked(streamer, on):
    """The checks of age that find something."""
    [fresh] = HOSTING.prefetch(type(streamer).objects.filter(pk=streamer.pk))
    return [check for check in HOSTING.checks if check.__name__ in FOUND and list(check(fresh, on))]


@pytest.fixture
def minor():
    """Somebody of seventeen until 1 June 2026."""
    return StreamerFactory(born_on=day("2008-06-01"))


# What was signed, recorded and withdrawn before the show on DAY, and what is found then.
@pytest.mark.parametrize(
    ("case", "consent", "capacity", "lacks"),
    [
        ("signed and shown capable", {}, {}, []),
        ("signed, not shown capable", {}, None, [CAPACITY]),
        ("shown capable, nobody asked", None, {}, [CONSENT]),
        ("neither", None, None, [CONSENT, CAPACITY]),
        ("asked, not signed yet", {"state": "asked"}, {}, [CONSENT]),
        ("link withdrawn", {"state": "cancelled"}, {}, [CONSENT]),
        ("revoked", {"state": "revoked"}, {}, [CONSENT]),
        ("lapsed the day before", {"valid_to": DAY - DAYS}, {}, [CONSENT]),
        ("lapses with the day", {"valid_to": DAY}, {}, []),
        ("begins with the day", {"valid_from": DAY}, {}, []),
        ("begins the day after", {"valid_from": DAY + DAYS}, {}, [CONSENT]),
        ("capacity without its evidence", {}, {"evidence": False}, [CAPACITY]),
        ("capacity lapsed the day before", {}, {"valid_to": DAY - DAYS}, [CAPACITY]),
        ("capacity withdrawn on the day", {}, {"ended_on": DAY}, [CAPACITY]),
        ("capacity withdrawn the day after", {}, {"ended_on": DAY + DAYS}, []),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else None,
)
@pytest.mark.clause("DB4401 5.2.1 a", "DB4401 5.2.1 b", "DB4401 5.1.4.4")
def test_consent_and_capacity(minor, case, consent, capacity, lacks):
    if consent is not None:
        ConsentFactory(streamer=minor, **consent)
    if capacity is not None:
        CapacityRecordFactory(streamer=minor, **capacity)

    assert [FOUND[check.__name__] for check in asked(minor, DAY)] == lacks, case


def test_a_second_consent_counts_when_the_first_was_revoked(minor):
    ConsentFactory(streamer=minor, state=Consent.State.REVOKED)
    ConsentFactory(streamer=minor)
    assert CONSENT not in [FOUND[check.__name__] for check in asked(minor, DAY)]


def test_consent_and_capacity_lapse_at_eighteen_by_themselves(minor):
    consent = ConsentFactory(streamer=minor, valid_to=day("2030-01-01"))
    CapacityRecordFactory(streamer=minor, valid_to=day("2030-01-01"))
    changed(consent, state=Consent.State.REVOKED, revoked_at=AT)

    assert asked(minor, day("2026-06-01")) != []
    assert asked(minor, day("2026-06-02")) == []


def test_no_consent_helps_under_sixteen():
    child = StreamerFactory(born_on=day("2010-03-16"))
    ConsentFactory(streamer=child)
    CapacityRecordFactory(streamer=child)
    assert [FOUND[check.__name__] for check in asked(child, DAY)] == [UNDER]


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2026-03-16T20:00", "2026-03-16T23:30", ["2026-03-16"]),
        ("2026-03-16T20:00", "2026-03-17T00:00", ["2026-03-16"]),
        ("2026-03-16T20:00", "2026-03-17T00:01", ["2026-03-16", "2026-03-17"]),
        ("2026-03-17T00:00", "2026-03-17T02:00", ["2026-03-17"]),
        ("2026-03-16T20:00", "2026-03-18T02:00", ["2026-03-16", "2026-03-17", "2026-03-18"]),
        ("2026-03-16T20:00", "2026-03-16T20:00", ["2026-03-16"]),
    ],
)
def test_the_days_of_a_show(starts, ends, days):
    assert [str(on) for on in days_of(at(starts), at(ends))] == days


def test_the_days_of_a_show_are_shanghais():
    starts = datetime.datetime(2026, 3, 16, 15, 30, tzinfo=datetime.UTC)
    assert [str(on) for on in days_of(starts, starts + datetime.timedelta(hours=1))] == [
        "2026-03-16",
        "2026-03-17",
    ]


# A show from 23:00 to 01:00 asks for both days.
@pytest.mark.parametrize(
    ("case", "born", "consent", "lacks"),
    [
        ("turns sixteen at midnight", "2010-03-16", {}, [[UNDER], []]),
        ("turns eighteen at midnight, no consent", "2008-03-16", None, [[CONSENT], []]),
        ("consent lapses at midnight", "2009-03-16", {"valid_to": DAY}, [[], [CONSENT]]),
        ("consent begins at midnight", "2009-03-16", {"valid_from": DAY + DAYS}, [[CONSENT], []]),
        ("covered on both days", "2009-03-16", {}, [[], []]),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else None,
)
@pytest.mark.clause("DB4401 5.2.1 b")
def test_a_show_across_midnight(case, born, consent, lacks):
    streamer = StreamerFactory(born_on=day(born))
    CapacityRecordFactory(streamer=streamer)
    if consent is not None:
        ConsentFactory(streamer=streamer, **consent)

    got = [
        [FOUND[check.__name__] for check in asked(streamer, on)]
        for on in days_of(at("2026-03-16T23:00"), at("2026-03-17T01:00"))
    ]

    assert got == lacks, case


@pytest.mark.parametrize("age", [16, 18])
def test_the_latest_birth_is_the_last_that_has_reached_the_age(age):
    on = day("2024-02-25")
    while on < day("2028-03-05"):
        born = latest_birth(on, age)
        assert reaches_on(born, age) <= on < reaches_on(born + DAYS, age), on
        on += DAYS


def test_a_virtual_streamer_has_no_age():
    virtual = StreamerFactory(kind="virtual", name="", id_number="")
    assert asked(virtual, DAY) == []


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        (None, "尚无监护人同意"),
        ({"state": "asked"}, "尚未签署"),
        ({"state": "revoked"}, "已撤回"),
        ({"valid_to": DAY - DAYS}, "已于 2026-03-15 到期"),
        ({"valid_from": DAY + DAYS}, "自 2026-03-17 起才生效"),
    ],
)
def test_what_is_wrong_with_the_consent_is_said(minor, consent, said):
    if consent:
        ConsentFactory(streamer=minor, **consent)
    found = {finding.clause: finding for finding in HOSTING.inspect(minor, on=DAY).findings}
    assert said in found["DB4401 5.2.1 b"].message
    assert found["DB4401 5.2.1 b"].mend_url == f"/admin/streamers/consent/add/?streamer={minor.pk}"


def test_the_age_changes_on_the_day_that_reaches_it():
    for born in (
        day("2008-02-28"),
        day("2008-02-29"),
        day("2008-03-01"),
        day("2007-12-31"),
        day("2008-01-31"),
    ):
        for years in range(1, 30):
            reached = reaches_on(born, years)
            assert (age_on(born, reached - DAYS), age_on(born, reached)) == (years - 1, years), (born, years)
