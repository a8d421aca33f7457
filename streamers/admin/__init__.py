"""The back office's pages about streamers."""

from streamers.admin.consent import CapacityRecordAdmin, ConsentAdmin
from streamers.admin.hold import StreamerHoldAdmin
from streamers.admin.invitation import StreamerInvitationAdmin
from streamers.admin.streamer import PlatformAccountAdmin, StreamerAdmin
from streamers.admin.verification import StreamerVerificationAdmin

__all__ = [
    "CapacityRecordAdmin",
    "ConsentAdmin",
    "PlatformAccountAdmin",
    "StreamerAdmin",
    "StreamerHoldAdmin",
    "StreamerInvitationAdmin",
    "StreamerVerificationAdmin",
]
