"""The sweep over running deadlines: one statement against a loop that does the same row by row."""

import datetime
import statistics

from django.db import connection, transaction
from django.db.models import F

from aftersales.actions import clock_sweep
from aftersales.actions.clock import begin
from aftersales.models import Clock, DeadlineRule
from aftersales.rules.clock import next_moment
from aftersales.rules.clock_people import People
from mcn.agency.models import Platform
from mcn.kit import records
from mcn.notices.actions import tell
from tests.benchmarks.measure import Figure, at_least, at_most, in_turn, once

# The loop that does all is slow: a few hundred stand for the thousands.
SAMPLED = 500
ROUNDS = 3
BEGAN = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
DUE = BEGAN + datetime.timedelta(hours=20)  # four hours before the end of twenty-four
COPIED = [field.column for field in Clock._meta.concrete_fields if field.name not in ("id", "object_id")]


def run(small: bool) -> list[Figure]:
    """A million running deadlines, of which five thousand take a step; then the same with none due."""
    rows, due = (2_000, 20) if small else (1_000_000, 5_000)
    begun = fill(rows, due)
    saving, statement = in_turn_for_good(begun)
    seconds = in_turn(
        ROUNDS,
        loop=lambda: undone(climb_each),
        sweep=lambda: undone(lambda: clock_sweep.sweep(at=DUE)),
        idle=lambda: clock_sweep.sweep(at=BEGAN),
    )
    some = f"{due:,} of {rows:,} deadlines"
    whole = seconds["loop"] * (due / SAMPLED if due > SAMPLED else 1) / seconds["sweep"]
    return [
        at_least(f"{some} climb, against a loop that saves each", saving / statement, 35),
        at_least("the same with log row, entry and notice of each", whole, 15),
        at_most("nothing is due", seconds["idle"] * 1_000, 20, " ms"),
    ]


def in_turn_for_good(begun: Clock) -> tuple[float, float]:
    """The median seconds of the loop and of the statement, each committed as in a sweep, then set back."""
    seconds: dict = {save_each: [], climb: []}
    for _round in range(ROUNDS):
        for way, taken in seconds.items():
            taken.append(once(way))
            fresh = {name: getattr(begun, name) for name in ("climbed", "level", "next_at", "version")}
            Clock.objects.filter(climbed__gt=begun.climbed).update(**fresh)
    saving, statement = map(statistics.median, seconds.values())
    return saving, statement


def fill(rows: int, due: int) -> Clock:
    """Begin one deadline and copy it: the first ``due`` take their step at once, the others later.

    Returns it as the copies that are due stand.
    """
    first = begin(Platform.objects.first(), DeadlineRule.Kind.COMPLAINT_ACCEPT, by=None, at=BEGAN)
    later = f"next_at + (CASE WHEN number <= {due} THEN 0 ELSE 1 + number %% 500 END) * interval '1 hour'"
    columns = ", ".join(COPIED)
    values = ", ".join(later if name == "next_at" else name for name in COPIED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Clock._meta.db_table} (object_id, {columns})"
            f" SELECT 1000000 + number, {values} FROM {Clock._meta.db_table}, generate_series(1, %s) number"
            " WHERE id = %s",
            [rows, first.pk],
        )
        cursor.execute(f"ANALYZE {Clock._meta.db_table}")
    Clock.objects.filter(pk=first.pk).update(next_at=F("next_at") + datetime.timedelta(days=365))
    return first


def undone(way) -> None:
    """Do it and take it back, so that the next round finds the same."""
    with transaction.atomic():
        way()
        transaction.set_rollback(True)


def save_each() -> None:
    """What a loop does: read what is due, save each."""
    for clock in Clock.objects.filter(state=Clock.State.RUNNING, next_at__lte=DUE):
        step_up(clock)
        clock.save()


def climb() -> None:
    """The statement alone, committed."""
    clock_sweep.climb(DUE)


def step_up(clock: Clock) -> None:
    """One step of the ladder in memory."""
    clock.level = clock.plan[clock.climbed][1]
    clock.climbed += 1
    clock.version += 1
    clock.next_at = next_moment(clock)


def climb_each() -> None:
    """The whole of a step in a loop: row, log row, entry of the trail and notice, one after the other."""
    due = list(Clock.objects.filter(state=Clock.State.RUNNING, next_at__lte=DUE)[:SAMPLED])
    people = People(due)
    for clock in due:
        step_up(clock)
        clock.version -= 1
        records.save(clock, by=None, at=DUE, verb="climb")
        step = clock_sweep.step_of(clock, people, DUE)
        records.save(step, by=None, at=DUE)
        told = clock_sweep.telling(step, people, DUE)
        words = {name: getattr(told, name) for name in ["title", "text", "url", "kind", "once"]}
        tell(told.users, subject=clock, at=DUE, **words)
