"""Price claims: applied for, worked out at once with its reasons, paid or cancelled."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.models import DeadlineRule, PriceClaim
from aftersales.rules.price_protection import Result, work_out
from mcn.kit import moves, records
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState

State = PriceClaim.State
STEP = DeadlineRule.Kind.PRICE_PROTECTION
TOLD = ["reason", "days", "until_on", "unit_paid", "lowest", "amount"]


def apply(line, *, by, at, channel=PriceClaim.Channel.AGENT):
    """Work out what is owed for a line and keep the claim with its reasons, granted or not.

    ``by`` is nobody where the buyer applies on the page of the order.
    """
    claim = PriceClaim(line=line, channel=channel, applied_at=at)
    if by is not None:
        moves.require_may(by, "add", claim)
    with transaction.atomic():
        # Two clicks at once find one claim: the order's line is locked while it is worked out.
        moves.lock(line)
        waiting = line.price_claims.filter(state=State.GRANTED).first()
        if waiting is not None:
            raise Refused(_("Claim %(claim)s for these goods waits for its payment.") % {"claim": waiting})
        _take(claim, work_out(line, at, settled=_settled(line)), at)
        claim.code = next_code(PriceClaim, "P", 6)
        records.save(claim, by=by, at=at, verb="apply")
        _time(claim, by=by, at=at)
    return claim


def _time(claim, *, by, at):
    """Let the time for the payment run while a claim is granted, and no longer."""
    if claim.state == State.GRANTED:
        clocks.begin(claim, STEP, by=by, at=at, merchant=claim.line.order.merchant)
    else:
        clocks.stop(claim, STEP, by=by, at=at)


def _settled(line):
    """What was paid per piece for earlier falls of the price."""
    paid = line.price_claims.filter(state=State.PAID).values_list("amount", flat=True)
    return sum(paid, Decimal(0)) / line.quantity


def _take(claim, result: Result, at):
    for name in TOLD:
        setattr(claim, name, getattr(result, name))
    claim.reasoning = result.steps
    claim.state = State.GRANTED if result.granted else State.REFUSED
    # Worked out anew, a claim that was granted keeps the moment that its buyer was told.
    claim.due_at = (claim.due_at or clocks.until(STEP, at=at)) if result.granted else None


def work_out_anew(claim, *, by, at, note=""):
    """Work out a claim once more as of its day, such as after a price record was corrected."""
    with transaction.atomic():
        locked = moves.lock(claim)
        moves.require_may(by, "work_out", locked)
        if locked.state not in (State.GRANTED, State.REFUSED):
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        _take(locked, work_out(locked.line, locked.applied_at, settled=_settled(locked.line)), at)
        records.save(locked, by=by, at=at, verb="work_out", why=note)
        _time(locked, by=by, at=at)
    claim.refresh_from_db()
    return claim


def pay(claim, *, reference, by, at, note=""):
    """Note that the difference was paid back the way it came, and by which reference."""
    with moves.move(claim, "pay", by=by, at=at, note=note) as locked:
        locked.reference, locked.paid_by, locked.paid_at = reference.strip(), by, at
        clocks.stop(locked, STEP, by=by, at=at)
    return claim


def cancel(claim, *, note, by, at):
    """Take a granted claim back, saying why: the buyer does not want it, or the goods came back."""
    with moves.move(claim, "cancel", by=by, at=at, note=said(note)) as locked:
        clocks.stop(locked, STEP, by=by, at=at)
    return claim
