"""The audit trail: what it adds to a bulk write, and how fast the chain is verified."""

import datetime

from django.db import transaction

from mcn.agency.models import CalendarDay
from mcn.audit import chain
from mcn.kit import clock, records
from tests.benchmarks.measure import Figure, at_least, at_most, in_turn, once

FIRST = datetime.date(1900, 1, 1)


def run(small: bool) -> list[Figure]:
    """Write many days with and without the trail, then seal and verify."""
    rows = 500 if small else 20_000
    entries = 2_000 if small else 200_000

    def days():
        return [CalendarDay(day=FIRST + datetime.timedelta(days=n), worked=True) for n in range(rows)]

    def undone(write):
        with transaction.atomic():
            write(days())
            transaction.set_rollback(True)

    seconds = in_turn(
        3,
        plain=lambda: undone(_unaudited),
        audited=lambda: undone(lambda made: records.save_many(made, by=None, at=clock.now())),
    )
    trail_ratio = seconds["audited"] / seconds["plain"]

    while rows and entries > 0:
        batch = days()[: min(rows, entries)]
        with transaction.atomic():
            records.save_many(batch, by=None, at=clock.now())
            CalendarDay.objects.all().delete()
        entries -= len(batch)
    chain.seal(at=clock.now())
    sealed = chain.verify(at=clock.now()).entries
    taken = once(lambda: chain.verify(at=clock.now()))
    return [
        at_most("an audited bulk write against validating and writing without the trail", trail_ratio, 1.5),
        at_least("entries verified", sealed / taken, 50_000, " a second"),
    ]


def _unaudited(made):
    records.validate_many(made)
    CalendarDay.objects.bulk_create(made, batch_size=records.CHUNK)
