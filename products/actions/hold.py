"""Holds on products: placed, appealed against, upheld or lifted."""

from django.db import transaction

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from products.models import ProductHold

Kind = ProductHold.Kind


def hold(product, *, reason, by, at, kind=Kind.HOLD, valid_from=None, valid_to=None, clause="", file=None):
    """Stop a product for a reason, from today unless told otherwise; every gate asks for it from then on."""
    moves.require_may(by, "blacklist" if kind == Kind.BLACKLIST else "hold", product)
    placed = ProductHold(
        product=product,
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


def blacklist(product, *, reason, by, at, file=None):
    """Stop a product for good, until somebody with that right lifts it."""
    return hold(product, reason=reason, kind=Kind.BLACKLIST, file=file, by=by, at=at)


def appeal(hold, *, appeal, by, at):
    """Speak for the merchant against a hold, which goes on until it is lifted."""
    with moves.move(hold, "appeal", by=by, at=at, note=appeal) as locked:
        locked.appeal = said(appeal)
    return hold


def uphold(hold, *, note, by, at):
    """Turn an appeal down with the reason."""
    with moves.move(hold, "uphold", by=by, at=at, note=note) as locked:
        locked.answer = said(note)
    return hold


def lift(hold, *, note, by, at):
    """End a hold with the reason."""
    with moves.move(hold, "lift", by=by, at=at, note=note) as locked:
        locked.answer = said(note)
    return hold
