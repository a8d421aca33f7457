"""What streamers put on a person's start page."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mcn.evidence.holds import standing
from mcn.kit.start import BLOCKED, WAITS, Chart, left, pile, waited
from streamers.models import Streamer, StreamerHold
from streamers.rules.age import unconsented

State = Streamer.State


def work(user, on):
    """The streamer manager's and the compliance officer's piles, and the streamers by state."""
    if user.has_perm("streamers.accept_streamer"):
        yield from _waiting(on)
    if user.has_perm("streamers.uphold_streamerhold"):
        yield _appeals(user, on)
    if user.has_perm("streamers.view_streamer"):
        yield from _stopped(on)
        yield _chart()


def _waiting(on):
    oldest = Streamer.objects.order_by("applied_at", "id")
    applied = oldest.filter(state=State.APPLIED)
    label = _("Streamers' applications to verify")
    yield pile(
        WAITS, label, applied, "state__exact=applied", lambda row: (str(row), waited(row.applied_at, on))
    )
    accepted = oldest.filter(state__in=[State.VERIFIED, State.TRAINED])
    label = _("Streamers to bring before the camera")
    yield pile(
        WAITS,
        label,
        accepted,
        "state__in=verified,trained",
        lambda row: (str(row), f"{row.get_state_display()} · {waited(row.applied_at, on)}"),
    )


def _appeals(user, on):
    appealed = StreamerHold.objects.filter(state=StreamerHold.State.APPEALED).select_related("streamer")
    others = appealed.exclude(placed_by=user).order_by("valid_from", "id")
    return pile(
        WAITS, _("Streamers' appeals against holds"), others, "state__exact=appealed", _held_since(on)
    )


def _held_since(on):
    return lambda hold: (str(hold.streamer), f"{hold.get_kind_display()} · {left(hold.valid_from, on)}")


def _stopped(on):
    active = unconsented(Streamer.objects.filter(state=State.ACTIVE), on).order_by("id")
    label = _("Minors on camera whom no guardian's consent covers")
    query = "state__exact=active&age=unconsented"
    yield pile(BLOCKED, label, active, query, lambda streamer: (str(streamer), ""))
    holds = standing(StreamerHold.objects, on).select_related("streamer").order_by("-valid_from", "-id")
    for label, kind in [
        (_("Streamers on hold"), StreamerHold.Kind.HOLD),
        (_("Blacklisted streamers"), StreamerHold.Kind.BLACKLIST),
    ]:
        yield pile(
            BLOCKED, label, holds.filter(kind=kind), f"standing=now&kind__exact={kind}", _held_since(on)
        )
    suspended = Streamer.objects.filter(state=State.SUSPENDED).order_by("id")
    label = _("Suspended streamers")
    yield pile(BLOCKED, label, suspended, "state__exact=suspended", lambda streamer: (str(streamer), ""))


def _chart():
    counts = dict(Streamer.objects.order_by().values_list("state").annotate(Count("pk")))
    return Chart(
        _("Streamers by state"),
        "doughnut",
        [state.label for state in State],
        [counts.get(state.value, 0) for state in State],
    )
