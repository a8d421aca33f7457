"""What returns and repairs put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.models import RepairProvider, ReturnRequest
from mcn.kit.start import WAITS, pile, waited

State = ReturnRequest.State


def work(user, on):
    """Disputes to judge, requests that wait for the merchant, goods that are back, repairers to admit."""
    rows = ReturnRequest.objects.select_related("merchant").order_by("asked_at", "id")
    if user.has_perm("aftersales.award_returnrequest"):
        yield _returns(_("Disputes about returns"), rows, State.DISPUTED, on)
    if user.has_perm("aftersales.approve_returnrequest"):
        yield _returns(_("Returns waiting for the merchant"), rows, State.ASKED, on)
        yield _returns(_("Returned goods to settle"), rows, State.ARRIVED, on)
    if user.has_perm("aftersales.admit_repairprovider"):
        applied = RepairProvider.objects.filter(state="applied").exclude(submitted_by=user).order_by("id")
        yield pile(
            WAITS,
            _("Repairers to admit"),
            applied,
            "state__exact=applied",
            lambda one: (str(one), waited(one.created_at, on)),
        )


def _returns(label, rows, state, on):
    return pile(
        WAITS,
        label,
        rows.filter(state=state),
        f"state__exact={state}",
        lambda one: (f"{one.code} · {one.merchant}", waited(one.asked_at, on)),
    )
