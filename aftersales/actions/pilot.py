"""Pilots, tried and adopted or ended; good practice, written by one and published by another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import GoodPractice, Pilot
from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState


def add(row, *, by, at):
    """Put a pilot or a good practice on record."""
    moves.require_may(by, "add", row)
    if isinstance(row, GoodPractice):
        row.written_by = by
    return records.save(row, by=by, at=at)


def change(row, *, by, at, why=""):
    """Change a pilot that has not ended, or a good practice that is not published yet."""
    open_states = [Pilot.State.PLANNED, Pilot.State.RUNNING, GoodPractice.State.DRAFT]
    with transaction.atomic():
        locked = moves.lock(row)
        moves.require_may(by, "change", locked)
        if locked.state not in open_states:
            raise WrongState(
                _("%(row)s is %(state)s, so its words cannot change now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        return records.save(row, by=by, at=at, why=why)


def start(pilot, *, by, at, note=""):
    """Begin a pilot on its small scale."""
    with moves.move(pilot, "start", by=by, at=at, note=note):
        pass
    return pilot


def adopt(pilot, *, result, by, at):
    """Make what a pilot tried the rule, with what came of it."""
    return _decide(pilot, "adopt", result, by=by, at=at)


def end(pilot, *, result, by, at):
    """End a pilot without adopting what it tried, with what came of it."""
    return _decide(pilot, "end", result, by=by, at=at)


def _decide(pilot, verb, result, *, by, at):
    if not result.strip():
        raise ValidationError({"result": _("Say what came of it.")})
    with moves.move(pilot, verb, by=by, at=at, note=result[:200]) as locked:
        locked.result, locked.decided_at, locked.decided_by = result, at, by
    return pilot


def publish(practice, *, by, at, note=""):
    """Let everybody read a good practice; not by who wrote it."""
    with moves.move(practice, "publish", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.written_by_id)
        locked.published_at, locked.published_by = at, by
    return practice


def retire(practice, *, note, by, at):
    """Take a good practice out of use, with the reason."""
    with moves.move(practice, "retire", by=by, at=at, note=said(note)):
        pass
    return practice
