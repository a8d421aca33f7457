"""The back office's pages about streamers."""

from streamers.admin.ad_penalty import AdPenaltyAdmin
from streamers.admin.assessment import StreamerFiguresAdmin, TierAssessmentAdmin
from streamers.admin.capacity import CapacityRecordAdmin
from streamers.admin.consent import ConsentAdmin
from streamers.admin.contract import ContractAdmin
from streamers.admin.design import DesignAdmin
from streamers.admin.hold import StreamerHoldAdmin
from streamers.admin.invitation import StreamerInvitationAdmin
from streamers.admin.likeness import LikenessConsentAdmin
from streamers.admin.paper import IdentityPaperAdmin
from streamers.admin.qualification import QualificationAdmin, SpecialismAdmin
from streamers.admin.streamer import PlatformAccountAdmin, StreamerAdmin
from streamers.admin.tier import TierRuleSetAdmin
from streamers.admin.verification import StreamerVerificationAdmin
from streamers.admin.violation import (
    ConductMeasureAdmin,
    ConductThresholdAdmin,
    CorrectionAdmin,
    ViolationAdmin,
    ViolationCodeAdmin,
)
from streamers.admin.virtual import VirtualProfileAdmin, VirtualRightAdmin

__all__ = [
    "AdPenaltyAdmin",
    "CapacityRecordAdmin",
    "ConductMeasureAdmin",
    "ConductThresholdAdmin",
    "ConsentAdmin",
    "ContractAdmin",
    "CorrectionAdmin",
    "DesignAdmin",
    "IdentityPaperAdmin",
    "LikenessConsentAdmin",
    "PlatformAccountAdmin",
    "QualificationAdmin",
    "SpecialismAdmin",
    "StreamerAdmin",
    "StreamerFiguresAdmin",
    "StreamerHoldAdmin",
    "StreamerInvitationAdmin",
    "StreamerVerificationAdmin",
    "TierAssessmentAdmin",
    "TierRuleSetAdmin",
    "ViolationAdmin",
    "ViolationCodeAdmin",
    "VirtualProfileAdmin",
    "VirtualRightAdmin",
]
