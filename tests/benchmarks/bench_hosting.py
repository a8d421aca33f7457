"""HOSTING for thousands of streamers: as many queries as for one, and the seconds that it takes."""

import datetime
from copy import copy

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.agency.figures import sync_figures
from mcn.kit import records
from mcn.kit.records import Record
from streamers.models import Contract, PlatformAccount, Streamer, StreamerVerification
from streamers.rules.age import is_minor
from streamers.rules.hosting import HOSTING
from streamers.rules.verification import digest, needed_items
from tests.benchmarks.measure import Figure, at_most, in_turn
from tests.factories import AT, DAY
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    StreamerFactory,
    StreamerVerificationFactory,
)

ROUNDS = 5
TOLD = ["accounts", "consents"]
MINORS = 10  # one streamer of so many is a minor
SEVENTEEN = datetime.date(2008, 9, 1)


def run(small: bool) -> list[Figure]:
    """Inspect all active streamers, as the nightly inspection does, and one."""
    sync_figures(at=AT)
    count = 20 if small else 5_000
    # Benchmarks share a database: who is there from another one is not inspected.
    before = list(Streamer.objects.values_list("pk", flat=True))
    minor = fill(count)
    everybody = Streamer.objects.filter(state=Streamer.State.ACTIVE).exclude(pk__in=before)
    assert everybody.count() == count
    one = queries(everybody.filter(pk=minor.pk))
    many = queries(everybody)
    found = HOSTING.inspect_many(everybody, on=DAY)
    wrong = {finding.message for report in found.values() for finding in report.blockers}
    assert not wrong, wrong
    seconds = in_turn(1 if small else ROUNDS, all=lambda: HOSTING.inspect_many(everybody, on=DAY))["all"]
    return [
        at_most(f"queries for {count:,} streamers beyond those for one", many - one, 0, ""),
        at_most(f"seconds for {count:,} streamers", seconds, 2, " s"),
    ]


def queries(streamers) -> int:
    """How many queries an inspection of these takes."""
    with CaptureQueriesContext(connection) as asked:
        HOSTING.inspect_many(streamers, on=DAY)
    return len(asked)


def fill(count: int) -> Streamer:
    """So many active streamers in whose way nothing stands; every tenth is a minor, one of them returned."""
    grown, minor = template(), template(born_on=SEVENTEEN)
    CapacityRecordFactory(streamer=minor)
    records.save_many([person(number) for number in range(2, count)], by=None, at=AT)
    relations = [relation for relation in Streamer._meta.related_objects if relation.one_to_many]
    # What is verified of accounts and guardians is told by these: they come first.
    for relation in sorted(relations, key=lambda relation: relation.name not in TOLD):
        others = Streamer.objects.filter(code__startswith="B").order_by("pk").prefetch_related(*TOLD)
        copies = [
            part
            for number, streamer in enumerate(others)
            for part in parts(minor if number % MINORS == 0 else grown, streamer, relation)
        ]
        records.save_many(copies, by=None, at=AT)
    trainees = [another(grown.trainee, streamer=streamer) for streamer in others]
    learnt = [
        another(row, trainee=trainee)
        for trainee in records.save_many(trainees, by=None, at=AT)
        for row in grown.trainee.trainingrecords.all()
    ]
    records.save_many(learnt, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return minor


def template(**values: object) -> Streamer:
    """A streamer with all that one needs, whose parts the others are given too."""
    made = StreamerFactory(verified=False, **values)
    PlatformAccountFactory(streamer=made)
    if is_minor(made, DAY):
        ConsentFactory(streamer=made, known=False)
    for item in needed_items(made, DAY):
        StreamerVerificationFactory(streamer=made, item=item)
    return made


def person(number: int) -> Streamer:
    """A streamer without parts; a minor where the parts to come are a minor's."""
    days = number % 90 if (number - 2) % MINORS == 0 else 4_000 + number
    born = SEVENTEEN - datetime.timedelta(days=days)
    return StreamerFactory.build(verified=False, code=f"B{number:05d}", born_on=born)


def parts(pattern: Streamer, streamer: Streamer, relation) -> list[Record]:
    """Copies of a pattern's rows of one kind for another streamer."""
    copies = []
    for row in pattern_rows(pattern, relation):
        made = another(row, streamer=streamer)
        if isinstance(made, PlatformAccount):
            made.account = f"{made.account}-{streamer.pk}"
        if isinstance(made, Contract):
            made.number = f"{made.number}-{streamer.pk}"
        if isinstance(made, StreamerVerification):
            made.digest = digest(streamer, made.item, DAY)
        copies.append(made)
    return copies


def another(row: Record, **values: object) -> Record:
    """A copy of a row that is not stored yet, with other values."""
    made = copy(row)
    made._state = copy(row._state)
    made._state.adding, made.pk, made.version = True, None, 0
    for name, value in values.items():
        setattr(made, name, value)
    return made


def pattern_rows(pattern: Streamer, relation) -> list[Record]:
    """The pattern's rows of one kind, read once."""
    cache = pattern.__dict__.setdefault("_parts", {})
    if relation.name not in cache:
        cache[relation.name] = list(relation.related_model.objects.filter(streamer=pattern))
    return cache[relation.name]
