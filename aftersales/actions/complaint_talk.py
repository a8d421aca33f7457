"""What is said while a complaint is worked on: to and by the consumer and the merchant, and our notes."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.actions import clock, emergency_plan
from aftersales.actions.complaint_file import Side, Turn, append, pass_to, working
from aftersales.actions.complaint_intake import told_apart_by
from aftersales.models import Complaint, ComplaintEntry, DeadlineRule, EmergencyPlan
from aftersales.rules.complaint_steps import MEDIATOR
from mcn.accounts.models import User
from mcn.kit.moves import said
from mcn.kit.pages import admin_page
from mcn.kit.refusal import Refused
from mcn.notices import actions as notices
from streamers.models import ServicePlan

Kind = ComplaintEntry.Kind
State = Complaint.State
Deadline = DeadlineRule.Kind
TALKED_OF = [State.ACCEPTED, State.VERIFYING, State.NEGOTIATING]
# The steps that an agent writes down, and who else reads each: the merchant, the consumer.
STEPS = {
    Kind.NOTE: "",
    Kind.CONTACT: "c",
    Kind.FACTS: "m",
    Kind.SOLUTION: "m",
    Kind.PLATFORM: "c",
    Kind.EMERGENCY: "",
    Kind.MEDIATION: "mc",
    Kind.REMEDIES: "c",
}


def record(complaint, *, kind, note, by, at, file=None, mediator=""):
    """Write a step of ours into the file; of a mediation, who led it where that was somebody from outside."""
    if kind not in STEPS:
        raise ValidationError({"kind": _("This is not a step that is written down by hand.")})
    with working(complaint, "verify", by=by, at=at, states=Complaint.OPEN) as locked:
        if kind == Kind.CONTACT:
            locked.first_answer_at = locked.first_answer_at or at
        text, facts = said(note), {}
        if kind == Kind.MEDIATION and mediator.strip():
            facts = {MEDIATOR: mediator.strip()}
            text = f"{_('led by %(who)s') % {'who': mediator.strip()}}\n{text}"
        if kind == Kind.EMERGENCY:
            url = admin_page(locked)
            plan = emergency_plan.start(EmergencyPlan.Matter.COMPLAINT, locked, url=url, at=at)
            text = f"{plan}\n{text}" if plan else text
        append(locked, kind, by=by, at=at, text=text, facts=facts, file=file, shown=STEPS[kind])
    return complaint


def ask_consumer(complaint, *, note, by, at):
    """Ask the consumer for something; until they answer on their page, our time stands still."""
    with working(complaint, "verify", by=by, at=at, states=TALKED_OF) as locked:
        locked.first_answer_at = locked.first_answer_at or at
        append(locked, Kind.ASK_CONSUMER, by=by, at=at, text=said(note), shown="c")
        pass_to(locked, Turn.CONSUMER, at=at)
        clock.pause(locked, Deadline.COMPLAINT_RESOLVE, reason=_("waiting for the consumer"), by=by, at=at)
    return complaint


def say(complaint, *, text, at, file=None, by=None):
    """Add what the consumer says on their page, or what an agent was told by them (``by``)."""
    with working(complaint, "verify", by=by, at=at, states=Complaint.OPEN) as locked:
        append(
            locked, Kind.CONSUMER, side=Side.CONSUMER, by=by, at=at, text=said(text), file=file, shown="mc"
        )
        if locked.turn == Turn.CONSUMER:
            clock.resume(locked, Deadline.COMPLAINT_RESOLVE, by=by, at=at)
            pass_to(locked, Turn.AGENCY, at=at)
    if by is None:
        _tell_agent(complaint, _("The consumer wrote: %(complaint)s"), at=at)
    return complaint


def ask_merchant(complaint, *, note, by, at):
    """Ask the merchant to answer, within the hours of the show's service plan or those of a rule."""
    with working(complaint, "verify", by=by, at=at, states=TALKED_OF) as locked:
        if locked.merchant is None:
            raise Refused(_("Say first which merchant it is about."))
        append(locked, Kind.ASK_MERCHANT, by=by, at=at, text=said(note), shown="m")
        pass_to(locked, Turn.MERCHANT, at=at)
        clock.begin(
            locked,
            Deadline.COMPLAINT_MERCHANT,
            by=by,
            at=at,
            merchant=locked.merchant,
            agent=locked.agent,
            promised_hours=_promised_hours(locked),
            **told_apart_by(locked),
        )
    _tell_merchant(complaint, at=at)
    return complaint


def _promised_hours(complaint):
    """Within how many hours the merchant promised to answer complaints about the show."""
    plans = ServicePlan.objects.filter(
        show=complaint.show_id, merchant=complaint.merchant_id, state=ServicePlan.State.AGREED
    )
    return plans.values_list("complaint_hours", flat=True).first() if complaint.show_id else None


def reply(complaint, *, text, by, at, file=None):
    """Answer for the merchant: what happened, and what it offers; then it is the agency's turn again."""
    with working(complaint, "reply", by=by, at=at, states=TALKED_OF) as locked:
        append(locked, Kind.MERCHANT, side=Side.MERCHANT, by=by, at=at, text=said(text), file=file, shown="m")
        clock.stop(locked, Deadline.COMPLAINT_MERCHANT, by=by, at=at)
        if locked.turn == Turn.MERCHANT:
            pass_to(locked, Turn.AGENCY, at=at)
    _tell_agent(complaint, _("The merchant answered: %(complaint)s"), at=at)
    return complaint


def _tell_agent(complaint, title, *, at):
    if complaint.agent is None:
        return
    url = admin_page(complaint)
    title = title % {"complaint": complaint}
    notices.tell([complaint.agent], title=title, url=url, kind="complaint", subject=complaint, at=at)


def _tell_merchant(complaint, *, at):
    merchant = complaint.merchant
    people = User.objects.filter(memberships__merchant=merchant, memberships__ended_on=None).distinct()
    url = reverse("portal_complaint", args=[merchant.code, complaint.pk])
    title = _("A complaint waits for your answer: %(complaint)s") % {"complaint": complaint}
    notices.tell(people, title=title, url=url, kind="complaint", subject=complaint, at=at)
