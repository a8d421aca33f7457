"""Who runs rooms: registered, mended, ended; no show goes out from the rooms of one who is gone."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Refused


def add(entity, *, by, at):
    """Register who runs rooms."""
    moves.require_may(by, "add", entity)
    entity.submitted_by = by
    return records.save(entity, by=by, at=at)


def change(entity, *, by, at, why=""):
    """Mend what is known of who runs rooms; papers that told otherwise have to be verified anew."""
    moves.require_may(by, "change", entity)
    _require_running(entity)
    return records.save(entity, by=by, at=at, why=why)


def end(entity, *, note, by, at):
    """Note that it runs rooms no more from today on; no show goes out from its rooms."""
    with transaction.atomic():
        locked = moves.lock(entity)
        moves.require_may(by, "end", locked)
        _require_running(locked)
        locked.ended_on = business_day(at)
        records.save(locked, by=by, at=at, verb="end", why=said(note))
    entity.refresh_from_db()
    return entity


def _require_running(entity):
    if entity.ended_on is not None:
        raise Refused(_("It runs rooms no more: register it anew."))
