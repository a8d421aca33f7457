"""What conduct and tiers put on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import BLOCKED, WAITS, Chart, left, pile, waited
from streamers.models import ConductMeasure, Correction, TierAssessment, Violation
from streamers.rules.tier_history import tiers_now


def work(user, on):
    """What waits for the compliance officer and the streamer managers, and the streamers by tier."""
    if user.has_perm("streamers.confirm_violation"):
        yield _to_confirm(user, on)
    if user.has_perm("streamers.overturn_violation"):
        yield _appeals(user, on)
    if user.has_perm("streamers.take_conductmeasure"):
        yield _measures(on)
    if user.has_perm("streamers.approve_tierassessment"):
        yield _tiers(user, on)
    if user.has_perm("streamers.view_correction"):
        yield _overdue(on)
    if user.has_perm("streamers.view_tierassessment"):
        counted = tiers_now(on)
        yield Chart(_("Streamers by tier"), "doughnut", list(counted), list(counted.values()))


def _to_confirm(user, on):
    reported = Violation.objects.filter(state=Violation.State.REPORTED).exclude(reported_by=user)
    return pile(
        WAITS,
        _("Violations to confirm"),
        reported.select_related("streamer", "code").order_by("reported_at", "id"),
        "state__exact=reported",
        lambda row: (f"{row.streamer} · {row.code.name}", waited(row.reported_at, on)),
    )


def _appeals(user, on):
    appealed = Violation.objects.filter(state=Violation.State.APPEALED)
    others = appealed.exclude(decided_by=user).exclude(reported_by=user)
    return pile(
        WAITS,
        _("Appeals against violations"),
        others.select_related("streamer", "code").order_by("appealed_at", "id"),
        "state__exact=appealed",
        lambda row: (f"{row.streamer} · {row.code.name}", waited(row.appealed_at, on)),
    )


def _measures(on):
    suggested = ConductMeasure.objects.filter(state=ConductMeasure.State.SUGGESTED)
    return pile(
        WAITS,
        _("Measures by points to decide"),
        suggested.select_related("streamer").order_by("made_at", "id"),
        "state__exact=suggested",
        lambda row: (f"{row.streamer} · {row.get_kind_display()}", waited(row.made_at, on)),
    )


def _tiers(user, on):
    proposed = TierAssessment.objects.filter(state=TierAssessment.State.PROPOSED)
    return pile(
        WAITS,
        _("Tiers to approve"),
        proposed.exclude(proposed_by=user).select_related("streamer").order_by("month", "id"),
        "state__exact=proposed",
        lambda row: (f"{row.streamer} · {row.grade_told}", waited(row.proposed_at, on)),
    )


def _overdue(on):
    late = Correction.objects.filter(state=Correction.State.OPEN, due_on__lt=on)
    return pile(
        BLOCKED,
        _("Corrections past their day"),
        late.select_related("streamer").order_by("due_on", "id"),
        "overdue=now",
        lambda row: (str(row.streamer), left(row.due_on, on)),
    )
