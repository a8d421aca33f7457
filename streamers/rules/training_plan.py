"""Whether what the agency lays down for the training of merchants' service people is what is asked of it."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Trainee, TrainingPlan

SESSIONS_A_YEAR = 12  # EJAS 5.2.2.3


@clause("EJAS 5.2.2.1")
def has_courses_and_a_budget(plan, on):
    """The plan for service people names what is taught, by a course or a topic, and the year's money."""
    if not counts(plan, on):
        return
    if not any(item.ended_on is None or item.ended_on > on for item in plan.items.all()):
        yield plan, _("The plan names neither a course nor a topic.")
    if not plan.budget_a_year:
        yield plan, _("The plan has no budget for the year.")


@clause("EJAS 5.2.2.3", "EJAS 4.1.3 -2")
def trains_often_enough(plan, on):
    """The plan for service people asks for at least twelve sessions a year."""
    if counts(plan, on) and plan.sessions_a_year < SESSIONS_A_YEAR:
        yield (
            plan,
            _("The plan asks for %(asked)s sessions a year; at least %(least)s are due.")
            % {"asked": plan.sessions_a_year, "least": SESSIONS_A_YEAR},
        )


def for_inspection(plans):
    """Plans with what they ask for, and the day from which a later one of the same code counts instead."""
    later = TrainingPlan.objects.filter(code=OuterRef("code"), valid_from__gt=OuterRef("valid_from"))
    replaced = Subquery(later.order_by("valid_from").values("valid_from")[:1])
    return plans.annotate(replaced_from=replaced).prefetch_related("items")


def counts(plan, on):
    """Whether a plan that ``for_inspection`` has read is the one to go by on a day."""
    return plan.in_force(on) and (plan.replaced_from is None or on < plan.replaced_from)


SERVICE_PLANS = Rulebook(
    "service_training_plans",
    gettext_lazy("training plans for merchants' service people"),
    [has_courses_and_a_budget, trains_often_enough],
    for_inspection,
    mend=admin_page,
    subjects=lambda: TrainingPlan.objects.filter(audience=Trainee.Kind.SERVICE),
)
