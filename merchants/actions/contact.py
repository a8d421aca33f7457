"""Whom to call at a merchant: added, changed, ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused


def add(contact, *, by, at):
    """Put a person on a merchant's list of contacts."""
    moves.require_may(by, "add", contact)
    return records.save(contact, by=by, at=at)


def change(contact, *, by, at, why=""):
    """Change a contact that still stands."""
    moves.require_may(by, "change", contact)
    _require_standing(contact)
    return records.save(contact, by=by, at=at, why=why)


def end(contact, *, by, at, note=""):
    """Take a person off a merchant's list of contacts; the row stays."""
    with transaction.atomic():
        locked = moves.lock(contact)
        moves.require_may(by, "end", locked)
        _require_standing(locked)
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="end", why=note)


def _require_standing(contact):
    if contact.ended_on is not None:
        raise Refused(_("This contact has ended: add a new one."))
