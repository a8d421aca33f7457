"""Live rooms: set up, opened by another once all is in order, suspended, held, closed."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.evidence.holds import place
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState
from streamers.models import Room, RoomHold
from streamers.rules.room import OPENING

Kind = RoomHold.Kind


def add(room, file=None, *, by, at):
    """Set a room up; the file is its cover."""
    moves.require_may(by, "add", room)
    room.submitted_by = by
    return _save(room, file, by=by, at=at, why="")


def change(room, file=None, *, by, at, why=""):
    """Change a room; a new cover is a further revision. Its title and words are scanned at every gate."""
    moves.require_may(by, "change", room)
    if room.state == Room.State.CLOSED:
        raise WrongState(_("A closed room is not changed: set up a new one."))
    return _save(room, file, by=by, at=at, why=why)


def _save(room, file, *, by, at, why):
    with transaction.atomic():
        records.save(room, by=by, at=at, why=why)
        if file and room.cover_id:
            evidence.revise(room.cover, file, by=by, at=at)
        elif file:
            room.cover = evidence.attach(room, file, title=str(room), by=by, at=at)
            records.save(room, by=by, at=at, verb="attach")
    return room


def approve(room, *, by, at, note=""):
    """Let shows go out from a room; refused with findings while a clause is in the way."""
    with moves.move(room, "approve", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        OPENING.inspect(locked, on=business_day(at)).require()
    return room


def suspend(room, *, note, by, at):
    """Let no show go out from a room for the time being."""
    with moves.move(room, "suspend", by=by, at=at, note=said(note)):
        pass
    return room


def close(room, *, note, by, at):
    """Give a room up for good; its records stay and its account may be used by another."""
    with moves.move(room, "close", by=by, at=at, note=said(note)):
        pass
    return room


def hold(room, *, file=None, by, at, **told):
    """Stop a room for a reason; ``told`` is the kind, reason, clause and span of the hold."""
    return place(RoomHold(room=room, **told), file, by=by, at=at)


def blacklist(room, *, file=None, by, at, **told):
    """Put a room on the blacklist until it is lifted."""
    return hold(room, kind=Kind.BLACKLIST, file=file, by=by, at=at, **told)
