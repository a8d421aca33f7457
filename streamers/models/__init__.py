"""Streamers and what belongs to them."""

from streamers.models.ad_entry import AdEntry
from streamers.models.ad_penalty import AdPenalty
from streamers.models.assessment import StreamerFigures, TierAssessment
from streamers.models.attempt import Attempt
from streamers.models.cast_review import CastReview
from streamers.models.consent import CapacityRecord, Consent
from streamers.models.contract import Contract
from streamers.models.course import Course, Material
from streamers.models.design import Design
from streamers.models.hold import StreamerHold
from streamers.models.identity_report import IdentityReport
from streamers.models.invitation import StreamerInvitation
from streamers.models.likeness import LikenessConsent
from streamers.models.live_entity import EntityPaper, EntityRequirement, LiveEntity
from streamers.models.owned import OwnedPersonalFilesQuerySet, OwnedQuerySet
from streamers.models.paper import IdentityPaper
from streamers.models.plan import PlanItem, TrainingPlan
from streamers.models.qualification import Qualification, QualificationReport, Specialism
from streamers.models.question import Question
from streamers.models.recording import Recording
from streamers.models.rehearsal import Rehearsal
from streamers.models.replay import ReplayHandover, ReplayRequest
from streamers.models.room import Room, RoomHold, RoomLease, RoomNotice
from streamers.models.run_sheet import Offer, RunItem
from streamers.models.script import Script
from streamers.models.service_plan import PlanLine, ServicePlan
from streamers.models.session import Attendance, TrainingSession
from streamers.models.show import CrewMember, Show, ShowCast
from streamers.models.show_check import ShowCheck
from streamers.models.show_event import ShowEvent, Topic
from streamers.models.show_metrics import ItemMetrics, ShowMetrics
from streamers.models.show_record import ShowRecord
from streamers.models.streamer import PlatformAccount, Streamer
from streamers.models.survey import SatisfactionSurvey
from streamers.models.tier import Component, TierBand, TierGrade, TierRuleSet
from streamers.models.trainee import Trainee
from streamers.models.training import TrainingRecord
from streamers.models.venue import VenueKind
from streamers.models.verification import StreamerVerification
from streamers.models.violation import ConductMeasure, Correction, Violation
from streamers.models.violation_code import (
    ConductThreshold,
    Severity,
    ViolationAction,
    ViolationCode,
    ViolationTariff,
)
from streamers.models.virtual import VirtualProfile, VirtualRight
from streamers.models.waiver import Waiver

__all__ = [
    "AdEntry",
    "AdPenalty",
    "Attempt",
    "Attendance",
    "CapacityRecord",
    "CastReview",
    "Component",
    "ConductMeasure",
    "ConductThreshold",
    "Consent",
    "Contract",
    "Correction",
    "Course",
    "CrewMember",
    "Design",
    "EntityPaper",
    "EntityRequirement",
    "IdentityPaper",
    "IdentityReport",
    "ItemMetrics",
    "LikenessConsent",
    "LiveEntity",
    "Material",
    "Offer",
    "OwnedPersonalFilesQuerySet",
    "OwnedQuerySet",
    "PlanItem",
    "PlanLine",
    "PlatformAccount",
    "Qualification",
    "QualificationReport",
    "Question",
    "Recording",
    "Rehearsal",
    "ReplayHandover",
    "ReplayRequest",
    "Room",
    "RoomHold",
    "RoomLease",
    "RoomNotice",
    "RunItem",
    "SatisfactionSurvey",
    "Script",
    "ServicePlan",
    "Severity",
    "Show",
    "ShowCast",
    "ShowCheck",
    "ShowEvent",
    "ShowMetrics",
    "ShowRecord",
    "Specialism",
    "Streamer",
    "StreamerFigures",
    "StreamerHold",
    "StreamerInvitation",
    "StreamerVerification",
    "TierAssessment",
    "TierBand",
    "TierGrade",
    "TierRuleSet",
    "Topic",
    "Trainee",
    "TrainingPlan",
    "TrainingRecord",
    "TrainingSession",
    "VenueKind",
    "Violation",
    "ViolationAction",
    "ViolationCode",
    "ViolationTariff",
    "VirtualProfile",
    "VirtualRight",
    "Waiver",
]
