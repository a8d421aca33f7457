"""The verbs of an opinion case: opened, given an owner, looked into, answered, closed; every step stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.actions import emergency_plan as plans
from aftersales.models import EmergencyPlan, Level, OpinionCase, OpinionStep
from aftersales.rules.opinion import CLOSING
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.kit.refusal import WrongState
from mcn.notices.actions import tell

Kind = OpinionStep.Kind
CLOCK = "opinion_case"


def open_case(case, *, by, at):
    """Open a case; its deadline runs from now on, a shorter one where it is bad."""
    moves.require_may(by, "add", case)
    with transaction.atomic():
        case.code, case.opened_by, case.opened_at = next_code(OpinionCase, "Y", 5), by, at
        owner, case.owner = case.owner, None
        records.save(case, by=by, at=at, verb="open")
        _run(case, by=by, at=at)
        if owner is not None:
            take_on(case, owner=owner, by=by, at=at)
    return case


def _run(case, *, by, at):
    urgency = "" if case.level == Level.NOTICE else "urgent"
    clocks.begin(case, CLOCK, by=by, at=at, merchant=case.merchant, agent=case.owner, urgency=urgency)


def change(case, *, by, at, why=""):
    """Change the words of a case that is not closed."""
    with transaction.atomic():
        locked = moves.lock(case)
        moves.require_may(by, "change", locked)
        _require_running(locked)
        return records.save(case, by=by, at=at, why=why)


def take_on(case, *, owner, by, at, note=""):
    """Give a case to somebody, who is told."""
    if owner is None or not owner.is_active or not owner.is_staff:
        raise ValidationError({"owner": _("The owner is one of the staff.")})
    with moves.move(case, "take_on", by=by, at=at, note=note) as locked:
        locked.owner = owner
        _step(locked, Kind.OWNER, f"{owner} {note}".strip(), by=by, at=at)
        clocks.assign(locked, agent=owner, by=by, at=at)
    if owner != by:
        _tell([owner], case, _("An opinion case is yours now"), at=at)
    return case


def note(case, *, kind, text, by, at, file=None):
    """Add what was done or found to the trail of a case that is not closed."""
    if kind not in OpinionStep.TYPED:
        raise ValidationError({"kind": _("Choose one of those offered.")})
    with transaction.atomic():
        locked = moves.lock(case)
        moves.require_may(by, "note", locked)
        _require_running(locked)
        return _step(locked, kind, text, by=by, at=at, file=file)


def escalate(case, *, note, owner, by, at, plan=None):
    """Start the emergency plan: who leads, what is done at once; the deadline becomes the short one.

    The staff whom the plan names are called in its order; without a choice it is the one for talk in public.
    """
    with transaction.atomic():
        locked = moves.lock(case)
        moves.require_may(by, "escalate", locked)
        _require_running(locked)
        if locked.emergency_at is not None:
            raise WrongState(_("The emergency plan runs already."))
        locked.level, locked.emergency_at = Level.EMERGENCY, at
        url = admin_page(locked)
        locked.plan = plans.start(EmergencyPlan.Matter.OPINION, locked, plan=plan, url=url, at=at)
        records.save(locked, by=by, at=at, verb="escalate", why=said(note))
        _step(locked, Kind.EMERGENCY, f"{locked.plan}\n{note}" if locked.plan else note, by=by, at=at)
        clocks.stop(locked, CLOCK, by=by, at=at)
        _run(locked, by=by, at=at)
        take_on(locked, owner=owner, by=by, at=at)
    case.refresh_from_db()
    return case


def answer(case, *, text, by, at, file=None):
    """Put the answer that was given in public on record, with where it stands; the deadline is met by it."""
    if not text.strip():
        raise ValidationError({"text": _("Say what was answered, and where.")})
    with moves.move(case, "answer", by=by, at=at, note=text[:200]) as locked:
        locked.answer, locked.answered_at = text, at
        _step(locked, Kind.ANSWER, text, by=by, at=at, file=file)
        clocks.stop(locked, CLOCK, by=by, at=at)
    return case


def close(case, *, conclusion, by, at):
    """Close a case with what came of it; a bad one needs verified facts and an answer in public first."""
    if not conclusion.strip():
        raise ValidationError({"conclusion": _("Say what came of it.")})
    with moves.move(case, "close", by=by, at=at, note=conclusion[:200]) as locked:
        CLOSING.inspect(locked, on=business_day(at)).require()
        locked.conclusion, locked.closed_at, locked.closed_by = conclusion, at, by
        _step(locked, Kind.CLOSE, conclusion, by=by, at=at)
        clocks.stop(locked, CLOCK, by=by, at=at)
    return case


def reopen(case, *, note, by, at):
    """Take a closed case up again, with the reason; a new deadline runs."""
    with moves.move(case, "reopen", by=by, at=at, note=said(note)) as locked:
        locked.closed_at = locked.closed_by = None
        _step(locked, Kind.REOPEN, note, by=by, at=at)
        _run(locked, by=by, at=at)
    return case


def _step(case, kind, text, *, by, at, file=None):
    step = records.save(OpinionStep(case=case, kind=kind, text=text, done_at=at, done_by=by), by=by, at=at)
    if file:
        step.document = evidence.attach(step, file, title=str(step)[:200], by=by, at=at)
        records.save(step, by=by, at=at, verb="attach")
    return step


def _require_running(case):
    if case.state not in OpinionCase.RUNNING:
        raise WrongState(_("%(case)s is closed: reopen it, or open another case.") % {"case": case})


def _tell(users, case, title, *, at):
    tell(users, title=title, text=str(case), url=admin_page(case), kind="opinion", subject=case, at=at)
