"""Holds on anything: placed, appealed against, upheld, lifted; each app says on what, and who may."""

from django.db import transaction
from django.db.models import Q

from mcn.evidence import actions as evidence
from mcn.evidence.models import Hold
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said


def standing(holds, on):
    """Of some holds those that block on a day, as ``Hold.holds`` says of one."""
    open_end = Q(valid_to=None) | Q(valid_to__gte=on)
    return holds.filter(open_end, valid_from__lte=on).exclude(state=Hold.State.LIFTED)


def place(hold, file=None, *, by, at):
    """Stop a hold's subject, from today unless it says otherwise; every gate asks for it from then on."""
    moves.require_may(by, "blacklist" if hold.kind == hold.Kind.BLACKLIST else "hold", hold.subject)
    hold.placed_by = by
    hold.valid_from = hold.valid_from or business_day(at)
    hold.clause = hold.clause or hold._meta.get_field("clause").get_default()
    with transaction.atomic():
        records.save(hold, by=by, at=at, verb=hold.kind, why=hold.reason)
        if file:
            hold.document = evidence.attach(hold, file, title=str(hold), by=by, at=at)
            records.save(hold, by=by, at=at, verb="attach")
    return hold


def appeal(hold, *, appeal, by, at):
    """Speak against a hold, which goes on until it is lifted."""
    with moves.move(hold, "appeal", by=by, at=at, note=appeal) as locked:
        locked.appeal = said(appeal)
    return hold


def uphold(hold, *, note, by, at):
    """Turn an appeal down with the reason; not by who placed the hold."""
    with moves.move(hold, "uphold", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.placed_by_id)
        locked.answer = said(note)
    return hold


def lift(hold, *, note, by, at):
    """End a hold with the reason, not alone by who placed it; a blacklisting only by who may blacklist."""
    with moves.move(hold, "lift", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.placed_by_id)
        if locked.kind == locked.Kind.BLACKLIST:
            moves.require_may(by, "blacklist", locked.subject)
        locked.answer = said(note)
    return hold
