"""Contracts with a streamer: drafted, signed, followed by another, ended."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused, WrongState
from streamers.models import Contract
from streamers.rules.contract import SIGNING


def add(contract, *, by, at):
    """Draft a contract with a streamer."""
    moves.require_may(by, "add", contract)
    return records.save(contract, by=by, at=at)


def change(contract, *, by, at, why=""):
    """Change a contract that nobody has signed yet."""
    moves.require_may(by, "change", contract)
    if contract.state != Contract.State.DRAFT:
        raise WrongState(_("A signed contract is not changed: draft a supplement or a renewal."))
    return records.save(contract, by=by, at=at, why=why)


def sign(contract, file, *, signed_on, by, at, note=""):
    """Record that both signed, with the signed file; a text that promises results is not signed."""
    if not file:
        raise ValidationError({"file": _("Attach the signed contract.")})
    if signed_on > business_day(at):
        raise ValidationError({"signed_on": _("A contract cannot be signed in the future.")})
    with moves.move(contract, "sign", by=by, at=at, note=note) as locked:
        SIGNING.inspect(locked, on=business_day(at)).require()
        locked.document = evidence.attach(
            locked, file, title=str(locked), by=by, at=at, evidence_on=signed_on
        )
        locked.signed_on = signed_on
    return contract


def supersede(contract, *, successor, by, at, note=""):
    """Let a contract that is in force take an earlier one's place, so that no day is without one."""
    on = business_day(at)
    with moves.move(contract, "supersede", by=by, at=at, note=note) as locked:
        if successor.streamer_id != locked.streamer_id or successor.pk == locked.pk:
            raise ValidationError({"successor": _("Choose another contract of the same streamer.")})
        if not successor.stands_alone or not successor.covers(on):
            raise Refused(_("%(contract)s is not in force today.") % {"contract": successor})
        locked.ended_on = on
    return contract


def end(contract, *, by, at, note=""):
    """End a contract before its last day; it binds nobody from today on."""
    with moves.move(contract, "end", by=by, at=at, note=note) as locked:
        locked.ended_on = business_day(at)
    return contract
