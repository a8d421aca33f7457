"""The back office's pages about streamers."""

from streamers.admin.ad_penalty import AdPenaltyAdmin
from streamers.admin.consent import CapacityRecordAdmin, ConsentAdmin
from streamers.admin.contract import ContractAdmin
from streamers.admin.design import DesignAdmin
from streamers.admin.hold import StreamerHoldAdmin
from streamers.admin.invitation import StreamerInvitationAdmin
from streamers.admin.likeness import LikenessConsentAdmin
from streamers.admin.qualification import QualificationAdmin, SpecialismAdmin
from streamers.admin.streamer import PlatformAccountAdmin, StreamerAdmin
from streamers.admin.verification import StreamerVerificationAdmin
from streamers.admin.virtual import VirtualProfileAdmin, VirtualRightAdmin

__all__ = [
    "AdPenaltyAdmin",
    "CapacityRecordAdmin",
    "ConsentAdmin",
    "ContractAdmin",
    "DesignAdmin",
    "LikenessConsentAdmin",
    "PlatformAccountAdmin",
    "QualificationAdmin",
    "SpecialismAdmin",
    "StreamerAdmin",
    "StreamerHoldAdmin",
    "StreamerInvitationAdmin",
    "StreamerVerificationAdmin",
    "VirtualProfileAdmin",
    "VirtualRightAdmin",
]
