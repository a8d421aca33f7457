"""Service promises: written, reviewed, shown, audited; breaches confirmed and compensated."""

import csv
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.models import Breach, DeadlineRule, PromiseAudit, PromiseKind, ServicePromise
from aftersales.rules.promise import PROMISE, SPOKEN, compensation
from aftersales.rules.wording import scan
from mcn.evidence.actions import attach
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked, Refused
from merchants.actions import hold as merchant_holds

State = ServicePromise.State
DATA = Path(__file__).parent.parent / "data" / "promise_kinds.csv"


def sync_promise_kinds(*, at):
    """Add the shipped kinds of promises that are not there; what staff changed stays."""
    known = set(PromiseKind.objects.values_list("code", flat=True))
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    made = [
        PromiseKind(**row | {"by_law": row["by_law"] == "yes", "asks_days": row["asks_days"] == "yes"})
        for row in rows
    ]
    records.save_many(made, by=None, at=at, verb="ship")


def add(promise, *, by, at):
    """Begin a promise of a merchant."""
    moves.require_may(by, "add", promise)
    return records.save(promise, by=by, at=at)


def save_draft(promise, *, words, by, at, seen=None):
    """Keep what was written of a promise that nobody is looking at."""
    with transaction.atomic():
        locked = moves.lock_words(promise, by=by, seen=seen)
        for name in ServicePromise.CONTENT:
            if name in words:
                setattr(locked, name, words[name])
        records.save(locked, by=by, at=at)
    promise.refresh_from_db()
    return promise


def submit(promise, *, by, at, note=""):
    """Hand a promise in: plain, compensated and with the means to keep it; what the scan found goes along."""
    with moves.move(promise, "submit", by=by, at=at, note=note) as locked:
        _require(locked, at)
        locked.hits = [
            {"place": name, **hit.as_dict()} for name in SPOKEN for hit in scan(getattr(locked, name))
        ]
        locked.submitted_by, locked.submitted_at = by, at
        locked.capacity = locked.opinion = ""
        locked.decided_by = locked.decided_at = None
    return promise


def _require(promise, at):
    """Ask PROMISE of a promise as it is about to be saved."""
    blockers = [finding for finding in PROMISE.findings(promise, business_day(at)) if finding.blocks]
    if blockers:
        raise Blocked(blockers)


def withdraw(promise, *, by, at, note=""):
    """Take a promise back before anybody decided."""
    with moves.move(promise, "withdraw", by=by, at=at, note=note):
        pass
    return promise


def approve(promise, *, capacity, opinion, by, at):
    """Let a promise be shown after the review of what the merchant can keep; not by who submitted it."""
    with moves.move(promise, "approve", by=by, at=at, note=opinion) as locked:
        moves.require_another(by, locked.submitted_by_id)
        if capacity == ServicePromise.Capacity.LACKING:
            raise Refused(_("The merchant cannot keep it: send the promise back."))
        _require(locked, at)
        locked.capacity, locked.opinion = capacity, said(opinion).strip()
        locked.decided_by, locked.decided_at = by, at
    return promise


def send_back(promise, *, note, by, at):
    """Return a promise, saying what cannot be kept or is not plain; not by who submitted it."""
    with moves.move(promise, "send_back", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        locked.opinion = said(note).strip()
        locked.decided_by, locked.decided_at = by, at
    return promise


def suspend(promise, *, note, by, at):
    """Show a promise no more until it can be kept again; what was bought under it stays promised."""
    with moves.move(promise, "suspend", by=by, at=at, note=said(note)):
        pass
    return promise


def resume(promise, *, note, by, at):
    """Show a promise again, saying what changed."""
    with moves.move(promise, "resume", by=by, at=at, note=said(note)):
        pass
    return promise


def end(promise, *, by, at, note=""):
    """End a promise with today; for what was bought until then it holds."""
    with moves.move(promise, "end", by=by, at=at, note=note) as locked:
        locked.valid_to = max(business_day(at), locked.valid_from)
    return promise


def audit(promise, *, sample, kept, note, file=None, by, at):
    """Record how many of the cases looked at were kept; all is kept, none or too few is broken."""
    moves.require_may(by, "add", PromiseAudit(promise=promise))
    with transaction.atomic():
        made = PromiseAudit(
            promise=promise, sample=sample, kept=kept, note=said(note), audited_by=by, audited_at=at
        )
        made.outcome = _outcome(sample, kept)
        records.save(made, by=by, at=at, verb="audit")
        if file is not None:
            made.document = attach(made, file, title=str(made), by=by, at=at)
            records.save(made, by=by, at=at)
    return made


def _outcome(sample, kept):
    outcomes = PromiseAudit.Outcome
    if kept == sample:
        return outcomes.KEPT
    # Half or more kept is a promise with gaps, less than that is none.
    return outcomes.PARTLY if kept * 2 >= sample else outcomes.BROKEN


def report(breach, *, by, at):
    """Take in that a promise was broken; ``by`` is nobody where the buyer says so."""
    if by is not None:
        moves.require_may(by, "add", breach)
    if breach.order_id and breach.order.merchant_id != breach.promise.merchant_id:
        raise ValidationError({"order": _("The order is another merchant's.")})
    with transaction.atomic():
        breach.code = next_code(Breach, "B", 6)
        breach.reported_at = at
        return records.save(breach, by=by, at=at, verb="report")


def confirm(breach, *, by, at, serious=False, amount=None, note=""):
    """Confirm a breach: what is owed follows from the promise's own terms, or is said where it has none."""
    with moves.move(breach, "confirm", by=by, at=at, note=note) as locked:
        owed, steps = compensation(locked.promise, locked.order)
        if owed is None and amount is None and not locked.promise.compensation.strip():
            raise ValidationError({"amount": _("Say what the buyer gets.")})
        locked.amount = owed if amount is None else amount
        locked.reasoning = steps
        locked.serious = serious
        locked.decided_by, locked.decided_at = by, at
        locked.due_at = clocks.until(DeadlineRule.Kind.BREACH, at=at)
        clocks.begin(locked, DeadlineRule.Kind.BREACH, by=by, at=at, merchant=locked.promise.merchant)
    return breach


def dismiss(breach, *, note, by, at):
    """Say why it was no breach."""
    with moves.move(breach, "dismiss", by=by, at=at, note=said(note)) as locked:
        locked.decided_by, locked.decided_at = by, at
    return breach


def compensate(breach, *, reference, by, at, note=""):
    """Note how the buyer was compensated."""
    with moves.move(breach, "compensate", by=by, at=at, note=note) as locked:
        if not reference.strip():
            raise ValidationError({"reference": _("Say how the buyer was compensated.")})
        locked.compensated_by, locked.compensated_at, locked.reference = by, at, reference.strip()
        clocks.stop(locked, DeadlineRule.Kind.BREACH, by=by, at=at)
    return breach


def hold_merchant(breach, *, note, by, at):
    """Stop the merchant of a serious breach and suspend the promise that it broke (EJAS 6.10.4)."""
    with transaction.atomic():
        locked = moves.lock(breach)
        if not locked.serious or locked.state == Breach.State.REPORTED:
            raise Refused(_("Only a serious breach that was confirmed stops a merchant."))
        reason = _("Breach %(breach)s of “%(promise)s”: %(note)s") % {
            "breach": locked,
            "promise": locked.promise.kind,
            "note": said(note),
        }
        placed = merchant_holds.hold(
            locked.promise.merchant,
            reason=reason,
            clause="EJAS 6.10.4",
            valid_from=business_day(at),
            by=by,
            at=at,
        )
        if locked.promise.state == State.IN_FORCE:
            suspend(locked.promise, note=reason, by=by, at=at)
    return placed
