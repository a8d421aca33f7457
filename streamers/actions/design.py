"""Designs of virtual streamers: handed in, approved by another, refused, used no more."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from streamers.actions.virtual import require_virtual


def add(design, file=None, *, by, at):
    """Hand in a design, so that a colleague looks at it before it is used."""
    moves.require_may(by, "add", design)
    require_virtual(design.streamer)
    design.made_by = by
    with transaction.atomic():
        records.save(design, by=by, at=at, verb="submit")
        if file:
            design.document = evidence.attach(design, file, title=str(design), by=by, at=at)
            records.save(design, by=by, at=at, verb="attach")
    return design


def approve(design, *, by, at, note=""):
    """Let a design be used; not by who made it."""
    return _decide(design, "approve", by=by, at=at, note=note)


def refuse(design, *, note, by, at):
    """Turn a design down with the reason; not by who made it."""
    if not note.strip():
        raise ValidationError({"note": _("Say what is to be mended.")})
    return _decide(design, "refuse", by=by, at=at, note=note)


def _decide(design, verb, *, by, at, note):
    with moves.move(design, verb, by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.made_by_id)
        locked.decided_by, locked.decided_on, locked.comment = by, business_day(at), note.strip()
    return design


def retire(design, *, by, at, note=""):
    """Note that an approved design is used no more."""
    with moves.move(design, "retire", by=by, at=at, note=note):
        pass
    return design
