"""What the preparation of shows puts on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import BLOCKED, WAITS, pile, waited
from streamers.actions.preparation import OPEN
from streamers.models import CastReview, Script


def work(user, on):
    """Scripts for who approves them, and what streamers found wrong for who runs shows."""
    if user.has_perm("streamers.approve_script"):
        yield _scripts(user, on)
    if user.has_perm("streamers.add_castreview") or user.has_perm("streamers.approve_script"):
        yield _found_wrong()


def _scripts(user, on):
    waiting = Script.objects.filter(state=Script.State.SUBMITTED)
    others = waiting.exclude(written_by=user).exclude(submitted_by=user)
    return pile(
        WAITS,
        _("Scripts to approve"),
        others.select_related("show", "product").order_by("submitted_at", "id"),
        "state__exact=submitted",
        lambda row: (str(row), waited(row.submitted_at, on)),
    )


def _found_wrong():
    wrong = CastReview.objects.filter(
        outcome=CastReview.Outcome.BAD, superseded_at=None, show__state__in=OPEN
    )
    return pile(
        BLOCKED,
        _("Found wrong by streamers themselves"),
        wrong.select_related("show", "streamer", "product").order_by("show__starts_at", "id"),
        "outcome__exact=bad&counts=now&ahead=now",
        lambda row: (f"{row.product} · {row.streamer}", row.note[:40]),
    )
