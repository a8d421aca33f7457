"""The sweep: every deadline whose next step is due takes it, all by one statement.

The statement alone decides who climbs, and only once: run twice, by two workers or again after a crash, it
finds nothing left to do. What it did is written beside it in the same transaction.
"""

import datetime

import orjson
from django.db import connection, transaction

from aftersales.models import Clock, ClockStep
from aftersales.rules.clock import text_of, title_of
from aftersales.rules.clock_people import People
from mcn.audit import trail
from mcn.kit import records
from mcn.notices.actions import Telling, tell_many

TABLE = Clock._meta.db_table
# So many climb in one statement and one transaction, that memory stays flat however many are due.
MOST = 10_000
# What is told of a step, and given back by the statement itself.
RETURNED = ["id", "climbed", "level", "plan", "due_at", "label", "kind", "merchant_id", "agent_id"]
RETURNING = ", ".join(f"{TABLE}.{name}" for name in RETURNED)
POSTGRESQL = f"""
WITH due AS (
    SELECT id FROM {TABLE} WHERE state = 'running' AND next_at <= %(at)s
    ORDER BY next_at LIMIT {MOST} FOR UPDATE SKIP LOCKED
)
UPDATE {TABLE} SET
    climbed = climbed + 1,
    level = (plan -> climbed::int ->> 1)::int,
    next_at = to_timestamp((plan -> (climbed + 1)::int ->> 0)::bigint),
    version = version + 1,
    updated_at = %(at)s
FROM due WHERE {TABLE}.id = due.id
RETURNING {RETURNING}
"""  # noqa: S608 - names of our own
SQLITE = f"""
UPDATE {TABLE} SET
    climbed = climbed + 1,
    level = json_extract(plan, '$[' || climbed || '][1]'),
    next_at = datetime(json_extract(plan, '$[' || (climbed + 1) || '][0]'), 'unixepoch'),
    version = version + 1,
    updated_at = %(at)s
WHERE id IN (
    SELECT id FROM {TABLE} WHERE state = 'running' AND next_at <= %(at)s ORDER BY next_at LIMIT {MOST}
)
RETURNING {RETURNING}
"""  # noqa: S608 - names of our own


def sweep(*, at):
    """Let every running deadline take the steps that are due, with a log row and a notice each; how many."""
    total = 0
    while count := _sweep_some(at):
        total += count
    return total


@transaction.atomic
def _sweep_some(at):
    climbed = [_read(row) for row in climb(at)]
    if not climbed:
        return 0
    people = People(climbed)
    steps = [step_of(clock, people, at) for clock in climbed]
    records.save_many(steps, by=None, at=at)
    trail.note_many([(clock, "climb", _changes(clock)) for clock in climbed], by=None, at=at)
    tell_many([telling(step, people, at) for step in steps if step.told], at=at)
    return len(climbed)


def climb(at):
    """One step of every clock that is due; what is ``RETURNED`` of each, by number."""
    moment = Clock._meta.get_field("next_at").get_db_prep_value(at, connection)
    statement = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        cursor.execute(statement, {"at": moment})
        return sorted(cursor.fetchall())


def _read(row):
    """A clock with what the statement gave back; SQLite's moments are in UTC without saying so."""
    values = dict(zip(RETURNED, row, strict=True))
    values["plan"] = orjson.loads(values["plan"])
    if values["due_at"].tzinfo is None:
        values["due_at"] = values["due_at"].replace(tzinfo=datetime.UTC)
    clock = records.new(Clock, **values)
    clock._state.adding = False
    return clock


def step_of(clock, people, at):
    """The log row of the step that a clock has just taken."""
    number = clock.climbed - 1
    stamp, level, tells, _offset = clock.plan[number]
    planned = datetime.datetime.fromtimestamp(stamp, tz=datetime.UTC)
    return records.new(
        ClockStep,
        clock=clock,
        number=number,
        level=level,
        tells=tells,
        planned_at=planned,
        taken_at=at,
        due_at=clock.due_at,
        told=len(people.told(clock, tells)),
    )


def telling(step, people, at):
    """The notice of a step; it goes out once, however often it is swept."""
    clock = step.clock
    return Telling(
        users=people.told(clock, step.tells),
        title=title_of(clock, step, at),
        text=text_of(clock, step, people.plan(clock, step.tells)),
        url=people.page(clock, step.tells),
        kind="overdue" if step.level else "deadline",
        subject=clock,
        once=f"clock:{clock.pk}:{step.number}:{int(step.planned_at.timestamp())}",
    )


def _changes(clock):
    before = clock.plan[clock.climbed - 2][1] if clock.climbed > 1 else 0
    return {"climbed": [clock.climbed - 1, clock.climbed], "level": [before, clock.level]}


def based_on(clocks, basis):
    """Note what the deadlines of some clocks were worked out from; the trail tells only deadlines."""
    Clock.objects.filter(pk__among=[clock.pk for clock in clocks]).update(basis=basis)
