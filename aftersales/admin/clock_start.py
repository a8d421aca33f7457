"""What deadlines put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.models import Clock
from aftersales.rules.clock import face
from mcn.kit import clock
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, pile


def work(user, on):
    """What is late, what runs out soon, and what nobody can tell: one's own where one has any."""
    if not user.has_perm("aftersales.view_clock"):
        return
    at = clock.now()
    rows = Clock.objects.filter(state=Clock.State.RUNNING).order_by("due_at", "id")
    own = rows.filter(agent=user)
    tell = _teller(at)
    passed = own.filter(due_at__lt=at)
    yield pile(WAITS, _("My deadlines past"), passed, "due=late&whose=mine", tell, mine=True)
    soon = own.filter(warn_at__lte=at, due_at__gte=at)
    yield pile(EXPIRES, _("My deadlines that run out soon"), soon, "due=warned&whose=mine", tell, mine=True)
    if user.has_perm("aftersales.change_deadlinerule"):
        yield pile(BLOCKED, _("Deadlines past"), rows.filter(due_at__lt=at), "due=late", tell)
        unknown = Clock.objects.open().filter(due_at=None).order_by("id")
        label = _("Deadlines that wait for a calendar")
        yield pile(BLOCKED, label, unknown, "due=unknown", tell)


def _teller(at):
    return lambda row: (str(row), face(row, at).words)
