"""What service plans put on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import WAITS, pile, waited
from streamers.models import ServicePlan

State = ServicePlan.State


def work(user, on):
    """The plans that wait for the agency's agreement, other than those that this person submitted."""
    if not user.has_perm("streamers.agree_serviceplan"):
        return
    waiting = ServicePlan.objects.filter(state=State.SUBMITTED).exclude(submitted_by=user)
    yield pile(
        WAITS,
        _("Service plans to agree to"),
        waiting.select_related("show", "merchant").order_by("submitted_at", "id"),
        "state__exact=submitted",
        lambda plan: (f"{plan.show.code} · {plan.merchant}", waited(plan.submitted_at, on)),
    )
