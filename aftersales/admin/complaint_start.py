"""What complaints put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.admin.complaint_filters import late
from aftersales.models import Complaint
from mcn.kit import clock
from mcn.kit.start import BLOCKED, WAITS, pile, waited

State = Complaint.State


def work(user, on):
    """An agent's own complaints whose turn is ours, those nobody has taken on, and those past a deadline."""
    if not user.has_perm("aftersales.accept_complaint"):
        return
    ordered = Complaint.objects.order_by("priority", "turn_since", "id")
    new = ordered.filter(state=State.RECEIVED)
    yield pile(WAITS, _("Complaints to accept"), new, "state__exact=received", _told(on))
    ours = ordered.filter(agent=user, turn=Complaint.Turn.AGENCY, state__in=Complaint.OPEN)
    own = ours.exclude(state=State.RECEIVED)
    states = ",".join(state for state in Complaint.OPEN if state != State.RECEIVED)
    query = f"agent__id__exact={user.pk}&turn__exact=agency&state__in={states}"
    yield pile(WAITS, _("My complaints, our turn"), own, query, _told(on), mine=True)
    passed = late(ordered.filter(state__in=Complaint.OPEN), clock.now())
    yield pile(BLOCKED, _("Complaints past their deadline"), passed, "box=late", _told(on))


def _told(on):
    return lambda row: (f"{row.get_priority_display()} {row}", waited(row.turn_since, on))
