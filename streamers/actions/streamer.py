"""The life of a streamer after the application: accepted, trained, let before the camera, stopped, gone."""

from mcn.kit import moves
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from streamers.rules.hosting import ACCEPTANCE, ACTIVATION, GRADUATION, REOPENING


def accept(streamer, *, by, at, note=""):
    """Take an applicant whose person is verified: not by who handed the application in."""
    with moves.move(streamer, "accept", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        ACCEPTANCE.inspect(locked, on=business_day(at)).require()
        locked.comment = ""
    return streamer


def graduate(streamer, *, by, at, note=""):
    """Declare a streamer trained, when what they must have learnt is on record."""
    with moves.move(streamer, "graduate", by=by, at=at, note=note) as locked:
        GRADUATION.inspect(locked, on=business_day(at)).require()
    return streamer


def activate(streamer, *, by, at, note=""):
    """Let a trained streamer before the camera; refused with findings while a clause is in the way."""
    with moves.move(streamer, "activate", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        ACTIVATION.inspect(locked, on=business_day(at)).require()
        locked.activated_on, locked.comment = business_day(at), ""
    return streamer


def suspend(streamer, *, note, by, at):
    """Keep a streamer off the camera for the time being."""
    with moves.move(streamer, "suspend", by=by, at=at, note=note) as locked:
        locked.comment = said(note)
    return streamer


def resume(streamer, *, by, at, note=""):
    """Let a suspended streamer before the camera again; the rulebook is asked anew."""
    with moves.move(streamer, "resume", by=by, at=at, note=note) as locked:
        ACTIVATION.inspect(locked, on=business_day(at)).require()
        locked.comment = ""
    return streamer


def end(streamer, *, note, by, at):
    """End the work with a streamer; the records stay."""
    with moves.move(streamer, "end", by=by, at=at, note=note) as locked:
        locked.comment, locked.ended_on = said(note), business_day(at)
    return streamer


def reopen(streamer, *, by, at, note=""):
    """Let somebody whose work has ended apply again, unless something bars them."""
    with moves.move(streamer, "reopen", by=by, at=at, note=note) as locked:
        REOPENING.inspect(locked, on=business_day(at)).require()
        locked.ended_on = locked.activated_on = locked.submitted_by = locked.applied_at = None
        locked.comment = ""
    return streamer
