"""The addresses of streamers under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from streamers.api import ad_penalty, contract, qualification, tier, violation, virtual

router = SimpleRouter()
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
urlpatterns = router.urls
