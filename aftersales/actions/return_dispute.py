"""Disputes about returns: opened by either side, judged by the agency on pictures or a third-party test."""

from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.actions.return_evidence import give_files
from aftersales.models import DeadlineRule, ReturnDispute, ReturnRequest
from aftersales.rules.return_request import JUDGING
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked, WrongState

Outcome = ReturnDispute.Outcome
Step = DeadlineRule.Kind


def dispute(request, files=(), *, side, subject, words, by, at, note=""):
    """Open a dispute, once for each return; meanwhile the time for settling it rests."""
    with moves.move(request, "dispute", by=by, at=at, note=note) as locked:
        if locked.disputes.exists():
            raise WrongState(_("A dispute about %(row)s was decided already.") % {"row": locked})
        opened = ReturnDispute(
            request=locked, side=side, subject=subject, words=words, opened_at=at, opened_by=by
        )
        records.save(opened, by=by, at=at, verb="dispute")
        give_files(locked, files, side=side, by=by, at=at)
        locked.closed_at = None
        clocks.stop(locked, Step.RETURN_DECIDE, by=by, at=at)
        clocks.pause(locked, Step.RETURN_SETTLE, reason=_("a dispute is open"), by=by, at=at)
        facts = {"merchant": locked.merchant, "nature": subject}
        clocks.begin(locked, Step.DISPUTE, by=by, at=at, **facts)
    return request


def award(request, *, basis, by, at, panel="", note=""):
    """Decide for the buyer: the merchant settles the request and cannot refuse it again."""
    with moves.move(request, "award", by=by, at=at, note=note or basis) as locked:
        _decide(locked, Outcome.BUYER, basis, panel, by=by, at=at)
        locked.entitled = True
        clocks.resume(locked, Step.RETURN_SETTLE, by=by, at=at)
        facts = {"merchant": locked.merchant, "channel": locked.channel, "nature": locked.kind}
        clocks.begin(locked, Step.RETURN_SETTLE, by=by, at=at, promised_hours=locked.promised_hours, **facts)
    return request


def dismiss(request, *, basis, by, at, panel="", note=""):
    """Decide for the merchant: the request stays refused; the buyer is told of other remedies."""
    with moves.move(request, "dismiss", by=by, at=at, note=note or basis) as locked:
        _decide(locked, Outcome.MERCHANT, basis, panel, by=by, at=at)
        locked.closed_at = at
        locked.decision = basis
        clocks.stop(locked, by=by, at=at)
    return request


def _decide(request, outcome, basis, panel, *, by, at):
    """Keep the decision and its basis; not by who opened the dispute, and not without evidence."""
    [opened] = request.disputes.filter(decided_at=None)
    moves.require_another(by, opened.opened_by_id)
    opened.outcome, opened.basis, opened.panel = outcome, said(basis), panel
    opened.decided_by, opened.decided_at = by, at
    records.save(opened, by=by, at=at, verb="decide")
    clocks.stop(request, Step.DISPUTE, by=by, at=at)
    [fresh] = JUDGING.prefetch(ReturnRequest.objects.filter(pk=request.pk))
    blockers = [one for one in JUDGING.findings(fresh, business_day(at)) if one.blocks]
    if blockers:
        raise Blocked(blockers)
