"""Holds on streamers: placed here; appealed against, upheld and lifted as all holds are."""

from mcn.evidence.holds import appeal, lift, place, uphold
from streamers.models import StreamerHold

__all__ = ["appeal", "blacklist", "hold", "lift", "uphold"]

Kind = StreamerHold.Kind


def hold(streamer, *, file=None, by, at, **told):
    """Stop a streamer for a reason; ``told`` is the kind, reason, clause and span of the hold."""
    return place(StreamerHold(streamer=streamer, **told), file, by=by, at=at)


def blacklist(streamer, *, file=None, by, at, **told):
    """Put a streamer on the blacklist until it is lifted: no show, and no new start after the end."""
    return hold(streamer, kind=Kind.BLACKLIST, file=file, by=by, at=at, **told)
