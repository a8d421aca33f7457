"""What stops a streamer by the agency's own decision."""

from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from streamers.models import StreamerHold


@clause("DB4401 5.6.3.10", level="shall not")
def is_not_held(streamer, on):
    """No hold and no blacklisting stands against the streamer."""
    for row in rows_of(streamer, "holds"):
        if row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


@clause("DB4401 5.6.3.10", level="shall not")
def is_not_blacklisted(streamer, on):
    """The streamer is not on the blacklist."""
    for row in rows_of(streamer, "holds"):
        if row.kind == StreamerHold.Kind.BLACKLIST and row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


def state_told(streamer, on):
    """A streamer's state in words, with the hold that stands in their way meanwhile."""
    state = streamer.get_state_display()
    held = any(row.holds(on) for row in rows_of(streamer, "holds"))
    return _("%(state)s · on hold") % {"state": state} if held else state


CHECKS = [is_not_held]
PREFETCH = ["holds"]
