"""The verbs of deadline rules: written, changed, shipped; open deadlines follow whatever changed."""

import csv
import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from aftersales.actions.clock import PAUSES, wind
from aftersales.actions.clock_sweep import based_on
from aftersales.models import Clock, DeadlineRule, Rung
from aftersales.rules.deadline_rule import Rules
from mcn.kit import records
from mcn.kit.moves import require_may

CHUNK = 2_000
START = datetime.date(2000, 1, 1)
SHIPPED = Path(__file__).parent.parent / "data" / "deadline_rules.csv"


@transaction.atomic
def write(rule, rungs=None, *, by, at, why=""):
    """Save a rule, new or changed, with its ladder if given; open deadlines of its kind follow at once."""
    require_may(by, "change" if rule.pk else "add", rule)
    records.save(rule, by=by, at=at, why=why)
    if rungs is not None:
        records.save_many(rungs, by=by, at=at, why=why)
    recompute(rule.kind, by=by, at=at, why=why)
    return rule


def recompute(kind=None, *, at, by=None, why=""):
    """Work out anew the open deadlines whose rule, ladder or calendar changed since; how many moved.

    What is paused stays paused and every pause stays cut out; a step of the ladder that was taken is taken
    again only where the deadline moved beyond it.
    """
    rules = Rules([kind] if kind else None)
    moved = 0
    for one in sorted({rule.kind for rule in rules.rows}):
        basis = rules.basis(one)
        read = CHUNK
        while read == CHUNK:
            read, changed = _recompute_some(one, basis, rules, by=by, at=at, why=why)
            moved += changed
    return moved


@transaction.atomic
def _recompute_some(kind, basis, rules, *, by, at, why):
    """Some of the clocks that were worked out from something else: how many were read, how many moved."""
    # As two ranges, so that the index finds them, and at once where there are none.
    old = Q(basis__lt=basis) | Q(basis__gt=basis)
    rows = Clock.objects.open().filter(old, kind=kind).order_by().select_for_update(of=("self",))
    clocks = list(rows.prefetch_related(PAUSES)[:CHUNK])
    for clock in clocks:
        wind(clock, rules.of(clock), clock.pauses.all(), rules, at=at)
    moved = records.save_many(clocks, by=by, at=at, verb="recompute", why=why)
    based_on(clocks, basis)
    return len(clocks), len(moved)


def sync_deadline_rules(*, at):
    """Add the shipped rules of kinds that have none; what staff changed or added stays."""
    known = set(DeadlineRule.objects.values_list("kind", flat=True))
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        missing = [row for row in csv.DictReader(file) if row["kind"] not in known]
    rules = [_shipped(row) for row in missing]
    records.save_many(rules, by=None, at=at, verb="ship")
    rungs = [
        Rung(rule=rule, offset=int(offset), level=int(level), tells=tells)
        for rule, row in zip(rules, missing, strict=True)
        for offset, level, tells in (rung.split(":") for rung in row["ladder"].split())
    ]
    records.save_many(rungs, by=None, at=at, verb="ship")


def _shipped(row):
    return DeadlineRule(
        kind=row["kind"],
        nature=row["nature"],
        urgency=row["urgency"],
        amount=int(row["amount"]),
        unit=row["unit"],
        valid_from=START,
        source=row["source"],
    )
