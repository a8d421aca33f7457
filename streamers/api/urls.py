"""The addresses of streamers under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from streamers.api import (
    account,
    ad_entry,
    ad_penalty,
    consent,
    contract,
    hold,
    live_entity,
    preparation,
    qualification,
    recording,
    room,
    service_plan,
    show,
    show_event,
    show_parts,
    streamer,
    survey,
    tier,
    training,
    verification,
    violation,
    virtual,
)

router = SimpleRouter()
router.register("streamers", streamer.StreamerViewSet)
router.register("platform-accounts", account.PlatformAccountViewSet)
router.register("streamer-verifications", verification.StreamerVerificationViewSet)
router.register("consents", consent.ConsentViewSet)
router.register("capacity-records", consent.CapacityRecordViewSet)
router.register("streamer-holds", hold.StreamerHoldViewSet)
router.register("violations", violation.ViolationViewSet)
router.register("violation-codes", violation.ViolationCodeViewSet)
router.register("corrections", violation.CorrectionViewSet)
router.register("conduct-measures", violation.ConductMeasureViewSet)
router.register("streamer-figures", tier.StreamerFiguresViewSet)
router.register("tier-assessments", tier.TierAssessmentViewSet)
router.register("tier-rule-sets", tier.TierRuleSetViewSet)
router.register("streamer-contracts", contract.ContractViewSet)
router.register("qualifications", qualification.QualificationViewSet)
router.register("qualification-reports", qualification.QualificationReportViewSet)
router.register("specialisms", qualification.SpecialismViewSet)
router.register("ad-penalties", ad_penalty.AdPenaltyViewSet)
router.register("virtual-profiles", virtual.VirtualProfileViewSet)
router.register("virtual-rights", virtual.VirtualRightViewSet)
router.register("likeness-consents", virtual.LikenessConsentViewSet)
router.register("designs", virtual.DesignViewSet)
router.register("ad-entries", ad_entry.AdEntryViewSet)
router.register("live-entities", live_entity.LiveEntityViewSet)
router.register("entity-papers", live_entity.EntityPaperViewSet)
router.register("entity-requirements", live_entity.EntityRequirementViewSet)
router.register("rooms", room.RoomViewSet)
router.register("room-leases", room.RoomLeaseViewSet)
router.register("room-notices", room.RoomNoticeViewSet)
router.register("room-holds", room.RoomHoldViewSet)
router.register("venue-kinds", room.VenueKindViewSet)
router.register("courses", training.CourseViewSet)
router.register("training-materials", training.MaterialViewSet)
router.register("training-sessions", training.TrainingSessionViewSet)
router.register("attendances", training.AttendanceViewSet)
router.register("training-records", training.TrainingRecordViewSet)
router.register("trainees", training.TraineeViewSet)
router.register("service-plans", service_plan.ServicePlanViewSet)
router.register("satisfaction-surveys", survey.SatisfactionSurveyViewSet)
router.register("show-checks", preparation.ShowCheckViewSet)
router.register("cast-reviews", preparation.CastReviewViewSet)
router.register("scripts", preparation.ScriptViewSet)
router.register("rehearsals", preparation.RehearsalViewSet)
router.register("identity-reports", preparation.IdentityReportViewSet)
router.register("show-records", recording.ShowRecordViewSet)
router.register("recordings", recording.RecordingViewSet)
router.register("replay-requests", recording.ReplayRequestViewSet)
router.register("replay-handovers", recording.ReplayHandoverViewSet)
router.register("show-events", show_event.ShowEventViewSet)
router.register("show-metrics", show_event.ShowMetricsViewSet)
router.register("item-metrics", show_event.ItemMetricsViewSet)
router.register("shows", show.ShowViewSet)
router.register("show-cast", show_parts.ShowCastViewSet)
router.register("show-crew", show_parts.CrewMemberViewSet)
router.register("run-items", show_parts.RunItemViewSet)
router.register("offers", show_parts.OfferViewSet)
urlpatterns = router.urls
