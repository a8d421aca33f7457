"""Streamers and what belongs to them."""

from streamers.models.consent import CapacityRecord, Consent
from streamers.models.hold import StreamerHold
from streamers.models.invitation import StreamerInvitation
from streamers.models.owned import OwnedQuerySet
from streamers.models.streamer import PlatformAccount, Streamer
from streamers.models.verification import StreamerVerification

__all__ = [
    "CapacityRecord",
    "Consent",
    "OwnedQuerySet",
    "PlatformAccount",
    "Streamer",
    "StreamerHold",
    "StreamerInvitation",
    "StreamerVerification",
]
