"""What shows on air, and those just over, put on a person's start page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mcn.kit.clock import SHANGHAI
from mcn.kit.start import WAITS, pile
from streamers.admin.console import console_url
from streamers.models import Show


def work(user, on):
    """The shows that are live now, and those that are over and whose figures are still to come."""
    if user.has_perm("streamers.add_showevent"):
        live = Show.objects.filter(state=Show.State.LIVE).order_by("started_at", "id")
        yield pile(WAITS, _("Live now"), live, "state__exact=live", _since, to=console_url)
    if user.has_perm("streamers.add_showmetrics"):
        over = Show.objects.filter(state=Show.State.ENDED, metrics=None).order_by("ended_at", "id")
        yield pile(WAITS, _("Shows without figures"), over, "state__exact=ended&figures=none", _since)


def _since(show):
    return str(show), f"{timezone.localtime(show.started_at or show.starts_at, SHANGHAI):%m-%d %H:%M}"
