"""The back office's pages about streamers."""

from streamers.admin.account import PlatformAccountAdmin
from streamers.admin.ad_entry import AdEntryAdmin
from streamers.admin.ad_penalty import AdPenaltyAdmin
from streamers.admin.assessment import StreamerFiguresAdmin, TierAssessmentAdmin
from streamers.admin.attempt import AttemptAdmin
from streamers.admin.capacity import CapacityRecordAdmin
from streamers.admin.cast_review import CastReviewAdmin
from streamers.admin.consent import ConsentAdmin
from streamers.admin.contract import ContractAdmin
from streamers.admin.course import CourseAdmin, MaterialAdmin
from streamers.admin.design import DesignAdmin
from streamers.admin.hold import StreamerHoldAdmin
from streamers.admin.invitation import StreamerInvitationAdmin
from streamers.admin.likeness import LikenessConsentAdmin
from streamers.admin.live_entity import EntityPaperAdmin, EntityRequirementAdmin, LiveEntityAdmin
from streamers.admin.paper import IdentityPaperAdmin
from streamers.admin.plan import TrainingPlanAdmin
from streamers.admin.qualification import QualificationAdmin, SpecialismAdmin
from streamers.admin.question import QuestionAdmin
from streamers.admin.recording import RecordingAdmin, ReplayRequestAdmin
from streamers.admin.rehearsal import IdentityReportAdmin, RehearsalAdmin
from streamers.admin.room import RoomAdmin, RoomHoldAdmin, RoomLeaseAdmin, RoomNoticeAdmin, VenueKindAdmin
from streamers.admin.run_item import OfferAdmin, RunItemAdmin
from streamers.admin.script import ScriptAdmin
from streamers.admin.service_plan import ServicePlanAdmin
from streamers.admin.session import AttendanceAdmin, TrainingSessionAdmin
from streamers.admin.show import ShowAdmin
from streamers.admin.show_check import ShowCheckAdmin
from streamers.admin.show_event import ShowEventAdmin
from streamers.admin.show_metrics import ItemMetricsAdmin, ShowMetricsAdmin
from streamers.admin.show_record import ShowRecordAdmin
from streamers.admin.streamer import StreamerAdmin
from streamers.admin.survey import SatisfactionSurveyAdmin
from streamers.admin.tier import TierRuleSetAdmin
from streamers.admin.trainee import TraineeAdmin
from streamers.admin.training import TrainingRecordAdmin
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
    "AdEntryAdmin",
    "AdPenaltyAdmin",
    "AttemptAdmin",
    "AttendanceAdmin",
    "CapacityRecordAdmin",
    "CastReviewAdmin",
    "ConductMeasureAdmin",
    "ConductThresholdAdmin",
    "ConsentAdmin",
    "ContractAdmin",
    "CorrectionAdmin",
    "CourseAdmin",
    "DesignAdmin",
    "EntityPaperAdmin",
    "EntityRequirementAdmin",
    "IdentityPaperAdmin",
    "IdentityReportAdmin",
    "ItemMetricsAdmin",
    "LikenessConsentAdmin",
    "LiveEntityAdmin",
    "MaterialAdmin",
    "OfferAdmin",
    "PlatformAccountAdmin",
    "QualificationAdmin",
    "QuestionAdmin",
    "RecordingAdmin",
    "RehearsalAdmin",
    "ReplayRequestAdmin",
    "RoomAdmin",
    "RoomHoldAdmin",
    "RoomLeaseAdmin",
    "RoomNoticeAdmin",
    "RunItemAdmin",
    "SatisfactionSurveyAdmin",
    "ScriptAdmin",
    "ServicePlanAdmin",
    "ShowAdmin",
    "ShowCheckAdmin",
    "ShowEventAdmin",
    "ShowMetricsAdmin",
    "ShowRecordAdmin",
    "SpecialismAdmin",
    "StreamerAdmin",
    "StreamerFiguresAdmin",
    "StreamerHoldAdmin",
    "StreamerInvitationAdmin",
    "StreamerVerificationAdmin",
    "TierAssessmentAdmin",
    "TierRuleSetAdmin",
    "TraineeAdmin",
    "TrainingPlanAdmin",
    "TrainingRecordAdmin",
    "TrainingSessionAdmin",
    "VenueKindAdmin",
    "ViolationAdmin",
    "ViolationCodeAdmin",
    "VirtualProfileAdmin",
    "VirtualRightAdmin",
]
