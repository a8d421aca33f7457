"""The verbs of an emergency plan: written, adopted by another, rehearsed, started, taken out of use."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import EmergencyPlan, PlanDrill
from aftersales.rules.emergency_plan import PLANS, in_force
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import add_months, business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.kit.refusal import WrongState
from mcn.notices.actions import Telling, tell_many

State = EmergencyPlan.State


def write(plan, *, by, at):
    """Enter a plan under the next number, or change one that is still a draft."""
    moves.require_may(by, "change" if plan.pk else "add", plan)
    with transaction.atomic():
        if plan.pk:
            _require_draft(moves.lock(plan))
        else:
            plan.code, plan.written_by = next_code(EmergencyPlan, "E", 3), by
        return records.save(plan, by=by, at=at)


def write_call(call, *, by, at):
    """Enter or change whom a plan calls, while it is a draft."""
    moves.require_may(by, "change", call.plan)
    with transaction.atomic():
        _require_draft(moves.lock(call.plan))
        return records.save(call, by=by, at=at)


def _require_draft(plan):
    if plan.state != State.DRAFT:
        raise WrongState(_("%(row)s is not a draft any more: make a new one.") % {"row": plan})


def adopt(plan, *, by, at, note=""):
    """Bring a plan into force in place of the one before; not by who wrote it."""
    with moves.move(plan, "adopt", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.written_by_id)
        PLANS.inspect(locked, on=business_day(at)).require()
        for before in EmergencyPlan.objects.filter(matter=locked.matter, state=State.ADOPTED):
            before.state = State.RETIRED
            records.save(before, by=by, at=at, verb="retire", why=str(locked))
        locked.adopted_by, locked.adopted_on = by, business_day(at)
        locked.drill_due_on = add_months(locked.adopted_on, locked.drill_months)
    return plan


def retire(plan, *, note, by, at):
    """Take a plan out of use, with the reason."""
    with moves.move(plan, "retire", by=by, at=at, note=said(note)):
        pass
    return plan


def drill(plan, *, kind, held_on, people, findings, by, at, measures="", file=None):
    """Put a rehearsal of a plan in force, or its use in earnest, on record; none is ever changed."""
    with transaction.atomic():
        locked = moves.lock(plan)
        moves.require_may(by, "drill", locked)
        if locked.state != State.ADOPTED:
            raise WrongState(_("%(row)s is not in force.") % {"row": locked})
        made = PlanDrill(plan=locked, kind=kind, held_on=held_on, people=people, entered_by=by)
        made.findings, made.measures = findings, measures
        if held_on > business_day(at):
            raise ValidationError({"held_on": _("A drill is put on record after it was held.")})
        records.save(made, by=by, at=at)
        locked.drill_due_on = max(locked.drill_due_on, add_months(held_on, locked.drill_months))
        records.save(locked, by=by, at=at)
        if file:
            made.document = evidence.attach(made, file, title=str(made), by=by, at=at)
            records.save(made, by=by, at=at, verb="attach")
    return made


def start(matter, subject, *, url, at, plan=None):
    """Call the staff whom the plan names, in its order, each with what they do; the plan, or None."""
    plan = plan or in_force(matter).first()
    if plan is None:
        return None
    tell_many([_telling(call, plan, subject, url) for call in plan.calls.all() if call.user], at=at)
    return plan


def _telling(call, plan, subject, url):
    told = {"plan": plan, "place": call.place, "minutes": call.within_minutes, "task": call.task}
    words = _("%(plan)s is started. You are number %(place)s, within %(minutes)s minutes: %(task)s") % told
    title = _("Emergency plan started: %(subject)s") % {"subject": subject}
    return Telling([call.user], title, "emergency", words, url or admin_page(plan), subject)
