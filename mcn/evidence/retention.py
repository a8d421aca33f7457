"""What is removed when its term is over: the kinds of records that the apps declare, and the nightly run.

An app names its kinds in ``settings.MCN_RETENTION``. Nothing else removes anything: every door that would has
to come through ``remove``, which asks for term and holds again inside the lock.
"""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from mcn.evidence.models import RetentionClass, RetentionRule, RetentionRun
from mcn.evidence.terms import is_held, kept_until, rules_in_force, spans_of_holds, spans_on
from mcn.kit import moves, records
from mcn.kit.refusal import Refused

CHUNK = 500


@dataclass(frozen=True)
class Retained:
    """One kind of record with a term: what there still is of it, when its term began, and how it goes.

    ``rows()`` gives a queryset of what is still there. ``starts(row)`` gives each retention class of the row
    the day on which its term began, or None while it has not. ``wholes(row)`` gives the rows whose legal hold
    covers it. ``purge(row, by=, at=)`` takes away what must not be kept longer and leaves the rest.
    Of very many rows ``begun(rows, day)`` gives those whose ``term`` can have begun by a day: a run reads no
    others and counts them as kept.
    """

    name: str
    label: Any
    rows: Callable
    starts: Callable
    wholes: Callable
    purge: Callable
    term: str = ""
    begun: Callable | None = None


@dataclass
class Tally:
    """What a run found of one kind."""

    kind: Retained
    counts: Counter = field(default_factory=Counter)
    removed: list = field(default_factory=list)
    held: list = field(default_factory=list)
    failed: list = field(default_factory=list)

    def as_dict(self):
        """The tally as reports tell it."""
        counts = {name: self.counts[name] for name in ("seen", "kept", "held", "removed", "failed")}
        rows = {"removed": self.removed, "held": self.held, "failed": self.failed}
        return {"kind": self.kind.name, "label": str(self.kind.label), **counts, "rows": rows}


def kinds():
    """The kinds of records that have a term."""
    return [import_string(path) for path in settings.MCN_RETENTION]


def until(kind, row, *, on):
    """The last day on which a row is kept as things stand, or None while nobody can tell."""
    return kept_until(kind.starts(row), rules_in_force(on), spans_on(kind.wholes(row), spans_of_holds()))


def remove(kind, row, *, on, by, at):
    """Take one row away if its term is over and no hold stands, asked inside the lock; else refuse."""
    with transaction.atomic():
        gate()
        row = kind.rows().select_for_update(of=("self",)).get(pk=row.pk)
        spans = spans_on(kind.wholes(row), spans_of_holds())
        if is_held(spans):
            raise Refused(_("%(row)s is under a legal hold: nothing of it is removed.") % {"row": row})
        last = kept_until(kind.starts(row), rules_in_force(on), spans)
        if last is None:
            raise Refused(_("%(row)s is kept: its term has not begun.") % {"row": row})
        if on <= last:
            raise Refused(_("%(row)s is kept until %(day)s.") % {"row": row, "day": f"{last:%Y-%m-%d}"})
        kind.purge(row, by=by, at=at)
    return row


def gate():
    """Let one person or job at a time place a hold or remove a record, until its transaction ends."""
    first = RetentionRule.objects.order_by("pk").first()
    if first is None:
        raise Refused(_("There are no retention rules: run manage.py prepare."))
    moves.lock(first)


def run(*, on, by, at, dry_run=False):
    """Remove all whose term was over before a day; a dry run says what would go and changes nothing.

    What goes wrong with one row is told in the report and stops no other.
    """
    rules, spans = rules_in_force(on), spans_of_holds()
    tallies = [_tally(kind, rules, spans, on=on, by=by, at=at, dry_run=dry_run) for kind in kinds()]
    report = {
        "on": f"{on:%Y-%m-%d}",
        "dry_run": dry_run,
        "rules": [_rule(rule) for named in RetentionClass for rule in rules.get(named, [])],
        "kinds": [tally.as_dict() for tally in tallies],
    }
    if not dry_run:
        counts = sum((tally.counts for tally in tallies), Counter())
        totals = {name: counts[name] for name in ("seen", "held", "removed", "failed")}
        kept = RetentionRun(on=on, ran_at=at, ran_by=by, report=report, **totals)
        records.save(kept, by=by, at=at, verb="retain")
    return report


def _tally(kind, rules, spans, *, on, by, at, dry_run):
    tally, due, rows = Tally(kind), [], kind.rows()
    if kind.begun:
        everything, rows = rows, kind.begun(rows, on - _least(rules.get(kind.term, [])))
        unread = everything.count() - rows.count()
        tally.counts.update(seen=unread, kept=unread)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        held = spans_on(kind.wholes(row), spans)
        last = kept_until(kind.starts(row), rules, held)
        tally.counts["seen"] += 1
        if is_held(held):
            tally.counts["held"] += 1
            tally.held.append(_line(row, None))
        elif last is None or on <= last:
            tally.counts["kept"] += 1
        else:
            due.append((row, last))
    # Only now: rows that change while a cursor reads them may come twice.
    for row, last in due:
        if not dry_run:
            _remove_one(tally, row, last, on=on, by=by, at=at)
        else:
            tally.counts["removed"] += 1
            tally.removed.append(_line(row, last))
    return tally


def _least(rules):
    """Not more than the term by the strictest of some rules; nothing where there are none."""
    in_days = {RetentionRule.Unit.DAYS: 1, RetentionRule.Unit.MONTHS: 28}
    return datetime.timedelta(days=max((rule.length * in_days[rule.unit] for rule in rules), default=0))


def _remove_one(tally, row, last, *, on, by, at):
    try:
        remove(tally.kind, row, on=on, by=by, at=at)
    except (Refused, ValidationError, OSError) as error:
        tally.counts["failed"] += 1
        tally.failed.append({**_line(row, last), "error": str(error)})
    else:
        tally.counts["removed"] += 1
        tally.removed.append(_line(row, last))


def _line(row, last):
    kept = f"{last:%Y-%m-%d}" if last else None
    return {"model": row._meta.label_lower, "id": row.pk, "label": str(row), "kept_until": kept}


def _rule(rule):
    return {
        "class": rule.retention_class,
        "clause": rule.clause,
        "length": rule.length,
        "unit": rule.unit,
        "valid_from": f"{rule.valid_from:%Y-%m-%d}",
    }
