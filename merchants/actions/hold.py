"""Holds on merchants: placed, appealed against, upheld or lifted."""

from django.db import transaction

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from merchants.models import MerchantHold

Kind = MerchantHold.Kind


def hold(merchant, *, reason, by, at, kind=Kind.HOLD, valid_from=None, valid_to=None, clause="", file=None):
    """Stop a merchant for a reason, from today unless told otherwise; every gate asks for it from then on."""
    moves.require_may(by, "blacklist" if kind == Kind.BLACKLIST else "hold", merchant)
    placed = MerchantHold(
        merchant=merchant,
        kind=kind,
        reason=reason,
        valid_from=valid_from or business_day(at),
        valid_to=valid_to,
        placed_by=by,
    )
    if clause:
        placed.clause = clause
    with transaction.atomic():
        records.save(placed, by=by, at=at, verb=kind, why=reason)
        if file:
            placed.document = evidence.attach(placed, file, title=str(placed), by=by, at=at)
            records.save(placed, by=by, at=at, verb="attach")
    return placed


def blacklist(merchant, *, reason, by, at, clause="", file=None):
    """Put a merchant on the blacklist until it is lifted: it can neither be admitted nor start again."""
    return hold(merchant, reason=reason, by=by, at=at, kind=Kind.BLACKLIST, clause=clause, file=file)


def appeal(hold, *, appeal, by, at):
    """Speak for the merchant against a hold, which goes on until it is lifted."""
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
    """End a hold with the reason; a blacklisting only by who may blacklist."""
    with moves.move(hold, "lift", by=by, at=at, note=note) as locked:
        if locked.kind == Kind.BLACKLIST:
            moves.require_may(by, "blacklist", locked.merchant)
        locked.answer = said(note)
    return hold
