"""Agreements with a merchant: drafted, signed, ended."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import WrongState
from merchants.rules.agreement import SIGNING


def add(agreement, *, by, at):
    """Draft an agreement with a merchant."""
    moves.require_may(by, "add", agreement)
    return records.save(agreement, by=by, at=at)


def change(agreement, *, by, at, why=""):
    """Change an agreement that nobody has signed yet."""
    moves.require_may(by, "change", agreement)
    if agreement.state != agreement.State.DRAFT:
        raise WrongState(_("A signed agreement is not changed: end it and draft another."))
    return records.save(agreement, by=by, at=at, why=why)


def sign(agreement, file, *, signed_on, by, at, note=""):
    """Record that both parties signed, with the signed file; wording that promises results is refused."""
    if not file:
        raise ValidationError({"file": _("Attach the signed agreement.")})
    if signed_on > business_day(at):
        raise ValidationError({"signed_on": _("An agreement cannot be signed in the future.")})
    with moves.move(agreement, "sign", by=by, at=at, note=note) as locked:
        SIGNING.inspect(locked, on=business_day(at)).require()
        locked.document = evidence.attach(
            locked, file, title=str(locked), by=by, at=at, evidence_on=signed_on
        )
        locked.signed_on = signed_on
    return agreement


def end(agreement, *, by, at, note=""):
    """End an agreement before its last day; it binds nobody from today on."""
    with moves.move(agreement, "end", by=by, at=at, note=note) as locked:
        locked.ended_on = business_day(at)
    return agreement
