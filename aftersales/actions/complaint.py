"""The way of a complaint once it is ours: verified, negotiated, resolved, answered, called back, closed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aftersales.actions import clock, survey
from aftersales.actions.complaint_file import Side, Turn, append, pass_to
from aftersales.actions.complaint_intake import told_apart_by
from aftersales.models import Complaint, ComplaintEntry, DeadlineRule, Service, SurveyInvitation
from aftersales.rules.complaint_steps import CLOSURE, RESOLUTION
from mcn.kit import moves
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked

Kind = ComplaintEntry.Kind
State = Complaint.State
Deadline = DeadlineRule.Kind


def verify(complaint, *, by, at, note=""):
    """Begin to verify the facts."""
    with moves.move(complaint, "verify", by=by, at=at, note=note) as locked:
        append(locked, Kind.VERIFY, by=by, at=at, text=note, shown="mc")
    return complaint


def negotiate(complaint, *, by, at, note=""):
    """Begin to negotiate with the merchant and the consumer."""
    with moves.move(complaint, "negotiate", by=by, at=at, note=note) as locked:
        append(locked, Kind.NEGOTIATE, by=by, at=at, text=note, shown="mc")
    return complaint


def resolve(complaint, *, outcome, conclusion, basis, next_step, by, at, paid=None):
    """Settle how a complaint ends, with reasons; RESOLUTION is asked inside the lock."""
    with moves.move(complaint, "resolve", by=by, at=at, note=conclusion) as locked:
        locked.outcome, locked.conclusion, locked.basis = outcome, conclusion, basis
        locked.next_step, locked.paid = next_step, paid
        _require(RESOLUTION, locked, at)
        locked.resolved_at, locked.resolved_by = at, by
        pass_to(locked, Turn.AGENCY, at=at)
        clock.resume(locked, by=by, at=at)
        clock.stop(locked, Deadline.COMPLAINT_MERCHANT, by=by, at=at)
        facts = {"outcome": outcome, "paid": paid and str(paid)}
        append(locked, Kind.RESOLVE, by=by, at=at, text=_reasons(locked), facts=facts, shown="m")
    return complaint


def _require(rulebook, complaint, at):
    """Ask a rulebook of a complaint as it is about to be saved."""
    complaint.__dict__.pop("_prefetched_objects_cache", None)
    blockers = [one for one in rulebook.findings(complaint, business_day(at)) if one.blocks]
    if blockers:
        raise Blocked(blockers)


def _reasons(complaint):
    labels = [complaint._meta.get_field(name).verbose_name for name in ("conclusion", "basis", "next_step")]
    words = [complaint.conclusion, complaint.basis, complaint.next_step]
    return "\n".join(f"{label}：{text}" for label, text in zip(labels, words, strict=True))


def answer(complaint, *, ways, by, at, note=""):
    """Tell the consumer the conclusion, its basis and what comes next, by the ways said and on their page."""
    if not ways:
        raise ValidationError({"ways": _("Say by which ways the consumer was told.")})
    with moves.move(complaint, "answer", by=by, at=at, note=note) as locked:
        locked.answered_at = at
        locked.first_answer_at = locked.first_answer_at or at
        clock.stop(locked, Deadline.COMPLAINT_RESOLVE, by=by, at=at)
        clock.begin(
            locked,
            Deadline.COMPLAINT_CALL_BACK,
            by=by,
            at=at,
            agent=locked.agent,
            **told_apart_by(locked),
        )
        text = "\n".join(filter(None, [_reasons(locked), note]))
        append(locked, Kind.ANSWER, by=by, at=at, text=text, facts={"ways": [*ways]}, shown="mc")
    return complaint


def call_back(complaint, *, satisfaction, by, at, note=""):
    """Note how content the consumer is with what came of it, and ask them to the survey that runs."""
    with moves.move(complaint, "call_back", by=by, at=at, note=note) as locked:
        locked.satisfaction = satisfaction
        clock.stop(locked, Deadline.COMPLAINT_CALL_BACK, by=by, at=at)
        facts = {"satisfaction": satisfaction}
        side = Side.AGENCY if by else Side.CONSUMER
        append(locked, Kind.CALL_BACK, side=side, by=by, at=at, text=note, facts=facts)
        about = {name: getattr(locked, name) for name in SurveyInvitation.ABOUT}
        survey.ask_after(locked, Service.COMPLAINT, label=locked.code, at=at, **about)
    return complaint


def close(complaint, *, by, at, note=""):
    """Close the file; without a call-back it says why there was none."""
    with moves.move(complaint, "close", by=by, at=at, note=note) as locked:
        if locked.state == State.ANSWERED:
            said(note)
        _require(CLOSURE, locked, at)
        locked.closed_at = at
        clock.resume(locked, by=by, at=at)
        clock.stop(locked, by=by, at=at)
        pass_to(locked, "", at=at)
        append(locked, Kind.CLOSE, by=by, at=at, text=note, shown="mc")
    return complaint


def reopen(complaint, *, note, by, at):
    """Take a complaint up again, with a reason; from the consumer's own page ``by`` is None."""
    with moves.move(complaint, "reopen", by=by, at=at, note=said(note)) as locked:
        locked.reopened += 1
        locked.accepted_at = locked.accepted_at or at
        locked.outcome, locked.satisfaction = "", None
        locked.resolved_at = locked.resolved_by = locked.answered_at = locked.closed_at = None
        locked.redirected_to = ""
        clock.stop(locked, by=by, at=at)
        clock.begin(
            locked,
            Deadline.COMPLAINT_RESOLVE,
            by=by,
            at=at,
            agent=locked.agent,
            merchant=locked.merchant,
            **told_apart_by(locked),
        )
        pass_to(locked, Turn.AGENCY, at=at)
        side = Side.AGENCY if by else Side.CONSUMER
        append(locked, Kind.REOPEN, side=side, by=by, at=at, text=note, shown="mc")
    return complaint
