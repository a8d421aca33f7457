"""Holds on streamers: placed, appealed against, upheld or lifted."""

from django.db import transaction

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from streamers.models import StreamerHold

Kind = StreamerHold.Kind
CLAUSE = "DB4401 5.6.3.10"


def hold(
    streamer, *, reason, by, at, kind=Kind.HOLD, valid_from=None, valid_to=None, clause=CLAUSE, file=None
):
    """Stop a streamer for a reason, from today unless told otherwise; every gate asks from then on."""
    moves.require_may(by, "blacklist" if kind == Kind.BLACKLIST else "hold", streamer)
    placed = StreamerHold(
        streamer=streamer,
        kind=kind,
        clause=clause or CLAUSE,
        reason=reason,
        valid_from=valid_from or business_day(at),
        valid_to=valid_to,
        placed_by=by,
    )
    with transaction.atomic():
        records.save(placed, by=by, at=at, verb=kind, why=reason)
        if file:
            placed.document = evidence.attach(placed, file, title=str(placed), by=by, at=at)
            records.save(placed, by=by, at=at, verb="attach")
    return placed


def blacklist(streamer, *, reason, by, at, clause=CLAUSE, file=None):
    """Put a streamer on the blacklist until it is lifted: no show, and no new start after the end."""
    return hold(streamer, reason=reason, by=by, at=at, kind=Kind.BLACKLIST, clause=clause, file=file)


def appeal(hold, *, appeal, by, at):
    """Speak for the streamer against a hold, which goes on until it is lifted."""
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
            moves.require_may(by, "blacklist", locked.streamer)
        locked.answer = said(note)
    return hold
