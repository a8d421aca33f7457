"""What films and replay requests put on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import BLOCKED, WAITS, left, pile
from streamers.models import Recording, ReplayRequest


def work(user, on):
    """The requests that wait for an answer, and the films that are missing or changed."""
    if user.has_perm("streamers.reply_replayrequest"):
        waiting = ReplayRequest.objects.filter(state=ReplayRequest.State.RECEIVED)
        yield pile(
            WAITS,
            _("Replay requests to answer"),
            waiting.select_related("show").order_by("due_on", "id"),
            "state__exact=received",
            lambda row: (f"{row.show.code} · {row.authority}", left(row.due_on, on)),
        )
    if user.has_perm("streamers.check_recording"):
        faulty = Recording.objects.filter(state=Recording.State.FAULTY)
        yield pile(
            BLOCKED,
            _("Recordings missing or changed"),
            faulty.select_related("show").order_by("id"),
            "state__exact=faulty",
            lambda row: (str(row), row.fault),
        )
