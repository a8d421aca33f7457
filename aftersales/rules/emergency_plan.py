"""Whether emergencies have a plan: one to open where ladders end, people to call, words to say, rehearsed."""

from django.db.models import Case, Exists, Prefetch, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import DeadlineRule, EmergencyPlan, PlanCall, Rung
from aftersales.rules import wording
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

Matter, State = EmergencyPlan.Matter, EmergencyPlan.State
CALLS = Prefetch("calls", PlanCall.objects.select_related("user").order_by("place"))


def matter_of(kind):
    """For which plan a late deadline of a kind is."""
    return Matter.OPINION if kind == DeadlineRule.Kind.OPINION_CASE else Matter.COMPLAINT


def in_force(matter=None):
    """The plans in force, of one kind of emergency or of all."""
    plans = EmergencyPlan.objects.filter(state=State.ADOPTED)
    return (plans.filter(matter=matter) if matter else plans).prefetch_related(CALLS)


@clause("DB4401 6.2.1 d", "GDAS 5.1.2 d")
def calls_staff_and_a_second(plan, on):
    """A plan calls one of the staff first, and somebody after."""
    calls = list(plan.calls.all())
    if not calls or calls[0].user is None:
        yield plan, _("nobody of the staff is called first")
    if len(calls) < 2:
        yield plan, _("nobody is called after the first: name who stands in")


@clause("DB4401 6.2.1 d", "GDAS 5.1.2 d")
def calls_people_who_are_there(plan, on):
    """Everybody of the staff whom a plan calls still works here."""
    for call in plan.calls.all():
        if call.user is not None and not call.user.is_active:
            yield plan, _("%(who)s does not work here any more") % {"who": call.who}


@clause("DB4401 6.2.1 d", "GDAS 5.1.2 d")
def calls_in_order(plan, on):
    """Who is called later in a plan is not due earlier."""
    minutes = [call.within_minutes for call in plan.calls.all()]
    if minutes != sorted(minutes):
        yield plan, _("somebody is due earlier than who is called before")


@clause("GDAS 5.4", level="shall")
def says_nothing_banned(plan, on):
    """The first words to the public hold none that advertising law forbids."""
    for said in wording.banned(plan.first_words):
        yield plan, said


@clause("EJAS 4.4.2", level="should")
def was_rehearsed_in_time(plan, on):
    """A plan in force was rehearsed, or used in earnest, within its months."""
    if plan.state == State.ADOPTED and plan.drill_due_on < on:
        yield plan, _("a drill was due on %(day)s") % {"day": f"{plan.drill_due_on:%Y-%m-%d}"}


@clause("DB4401 6.2.1 d", "GDAS 5.1.2 d", "GDAS 5.3.3 d", "DB4401 6.4.1 d")
def opens_a_plan(rule, on):
    """A ladder that ends with the emergency plan finds one in force."""
    ends = any(rung.tells == Rung.Tells.EMERGENCY for rung in rule.rungs.all())
    runs = rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)
    if ends and runs and not rule.has_plan:
        matter = matter_of(rule.kind).label
        yield rule, _("no emergency plan is in force for: %(matter)s") % {"matter": matter}


def with_calls(plans):
    """Plans with whom they call."""
    return plans.prefetch_related(CALLS)


def with_plans(rules):
    """Deadline rules with their ladders, and whether there is a plan for what they are about."""
    there = {matter: Exists(in_force(matter).prefetch_related(None)) for matter in Matter}
    opinion = When(kind=DeadlineRule.Kind.OPINION_CASE, then=there[Matter.OPINION])
    return rules.annotate(has_plan=Case(opinion, default=there[Matter.COMPLAINT])).prefetch_related("rungs")


def plans_page(rule):
    """Where a plan that is missing is written."""
    return f"{reverse('admin:aftersales_emergencyplan_add')}?matter={matter_of(rule.kind)}"


# What must be so before a plan is adopted, and while it is in force.
PLANS = Rulebook(
    "emergency_plans",
    gettext_lazy("emergency plans"),
    [
        calls_staff_and_a_second,
        calls_people_who_are_there,
        calls_in_order,
        says_nothing_banned,
        was_rehearsed_in_time,
    ],
    with_calls,
    mend=admin_page,
    subjects=lambda: EmergencyPlan.objects.filter(state=State.ADOPTED),
)
LADDERS = Rulebook(
    "emergency_ladders",
    gettext_lazy("ladders that end with the emergency plan"),
    [opens_a_plan],
    with_plans,
    mend=plans_page,
    subjects=DeadlineRule.objects.all,
)
