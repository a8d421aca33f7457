"""The verbs of improvement actions: planned, done, their effect seen by somebody else, or without effect."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import ImprovementAction, Nonconformity
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.kit.refusal import WrongState
from mcn.notices.actions import tell

State = ImprovementAction.State


def plan(action, *, by, at):
    """Plan what somebody does by a day, for a nonconformity whose root is known; the owner is told."""
    moves.require_may(by, "add", action)
    with transaction.atomic():
        row = moves.lock(action.nonconformity)
        if row.state != Nonconformity.State.ACTING and action.kind != ImprovementAction.Kind.CORRECTION:
            raise WrongState(
                _("Settle the root cause first: before it, only what is put right at once is planned.")
            )
        if row.state == Nonconformity.State.CLOSED:
            raise WrongState(_("%(row)s is closed: reopen it first.") % {"row": row})
        if action.due_on and action.due_on < business_day(at):
            raise ValidationError({"due_on": _("This day is over.")})
        records.save(action, by=by, at=at, verb="plan")
    if action.owner != by:
        url = admin_page(action)
        title = _("An improvement action is yours, due on %(day)s") % {"day": f"{action.due_on:%Y-%m-%d}"}
        tell(
            [action.owner], title=title, text=str(action), url=url, kind="improvement", subject=action, at=at
        )
    return action


def change(action, *, by, at, why=""):
    """Change an action that is not done yet."""
    with transaction.atomic():
        locked = moves.lock(action)
        moves.require_may(by, "change", locked)
        if locked.state != State.PLANNED:
            raise WrongState(_("It was done already: plan another one."))
        return records.save(action, by=by, at=at, why=why)


def finish(action, *, result, by, at, file=None):
    """Report an action as done, with what was done and a file that shows it."""
    if not result.strip():
        raise ValidationError({"result": _("Say what was done.")})
    with moves.move(action, "finish", by=by, at=at, note=result[:200]) as locked:
        locked.result, locked.done_at, locked.done_by = result, at, by
        if file:
            locked.document = evidence.attach(locked, file, title=str(locked)[:200], by=by, at=at)
    return action


def verify(action, *, effect, by, at):
    """Find that an action had its effect; not by who did it or owns it."""
    return _look(action, "verify", effect, by=by, at=at)


def fail(action, *, effect, by, at):
    """Find that an action had no effect, so that another has to follow; not by who did it or owns it."""
    return _look(action, "fail", effect, by=by, at=at)


def _look(action, verb, effect, *, by, at):
    if not effect.strip():
        raise ValidationError({"effect": _("Say what effect was found, with the figure that shows it.")})
    with moves.move(action, verb, by=by, at=at, note=effect[:200]) as locked:
        moves.require_another(by, locked.done_by_id)
        moves.require_another(by, locked.owner_id)
        locked.effect, locked.verified_at, locked.verified_by = effect, at, by
    return action


def drop(action, *, note, by, at):
    """Give an action up before it was done, with the reason."""
    with moves.move(action, "drop", by=by, at=at, note=said(note)):
        pass
    return action
