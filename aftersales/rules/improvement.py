"""Whether an improvement goes all the way round: cause found, actions planned, done, their effect seen."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Cause, ImprovementAction, Nonconformity, Why
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = ImprovementAction.State
# From so many whys on the answer is more than the first guess.
FEWEST_WHYS = 3
PARTS = [
    Prefetch("whys", Why.objects.order_by("place")),
    Prefetch("causes", Cause.objects.order_by("bone", "id")),
    Prefetch("actions", ImprovementAction.objects.order_by("due_on", "id")),
]


@clause("EJAS 7.5.1")
def is_analysed_to_the_root(row, on):
    """The cause is sought by asking why, or on a fishbone, and the root is shown by a fact."""
    whys, causes = list(row.whys.all()), list(row.causes.all())
    if len(whys) < FEWEST_WHYS and not any(cause.is_root for cause in causes):
        yield (
            row,
            _("ask why at least %(number)s times, or mark the root cause on the fishbone")
            % {"number": FEWEST_WHYS},
        )


@clause("EJAS 7.4.1", "LSMS 6.4")
def has_a_plan(row, on):
    """What is acted on has at least one action, each with its owner and its day."""
    if row.state != Nonconformity.State.OPEN and not _counted(row):
        yield row, _("no action is planned")


@clause("EJAS 7.5.3")
def every_effect_is_verified(row, on):
    """Every action was done and its effect seen by somebody else, and one of them had an effect."""
    for action in row.actions.all():
        if action.state in (State.PLANNED, State.DONE):
            yield (
                action,
                _("%(action)s: %(state)s") % {"action": action.what, "state": action.get_state_display()},
            )
    if not any(action.state == State.VERIFIED for action in row.actions.all()):
        yield row, _("no action has a verified effect")


@clause("EJAS 7.4.1")
def no_action_is_overdue(row, on):
    """No action is past its day."""
    for action in row.actions.all():
        if action.state == State.PLANNED and action.due_on < on:
            yield (
                action,
                _("%(action)s was due on %(day)s")
                % {"action": action.what, "day": f"{action.due_on:%Y-%m-%d}"},
            )


def _counted(row):
    return [action for action in row.actions.all() if action.state != State.DROPPED]


def with_parts(rows):
    """Nonconformities with all that the checks read."""
    return rows.prefetch_related(*PARTS)


def running():
    """Those that are not closed."""
    return Nonconformity.objects.filter(state__in=Nonconformity.RUNNING)


def to_verify(user):
    """The actions whose effect this person may look at: done, neither by them nor theirs."""
    done = ImprovementAction.objects.filter(state=State.DONE)
    return done.exclude(owner=user).exclude(done_by=user)


SETTLING = Rulebook(
    "settling_cause",
    gettext_lazy("settling the cause of a nonconformity"),
    [is_analysed_to_the_root],
    with_parts,
    mend=admin_page,
    subjects=lambda: Nonconformity.objects.exclude(state=Nonconformity.State.OPEN),
)
CLOSING = Rulebook(
    "closing_nonconformity",
    gettext_lazy("closing a nonconformity"),
    [is_analysed_to_the_root, has_a_plan, every_effect_is_verified],
    with_parts,
    mend=admin_page,
    subjects=lambda: Nonconformity.objects.filter(state=Nonconformity.State.CLOSED),
)
IMPROVEMENT = Rulebook(
    "improvement",
    gettext_lazy("improvement"),
    [has_a_plan, no_action_is_overdue],
    with_parts,
    mend=admin_page,
    subjects=running,
)
