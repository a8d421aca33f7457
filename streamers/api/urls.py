"""The addresses of streamers under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from streamers.api import tier, violation

router = SimpleRouter()
router.register("violations", violation.ViolationViewSet)
router.register("violation-codes", violation.ViolationCodeViewSet)
router.register("corrections", violation.CorrectionViewSet)
router.register("conduct-measures", violation.ConductMeasureViewSet)
router.register("streamer-figures", tier.StreamerFiguresViewSet)
router.register("tier-assessments", tier.TierAssessmentViewSet)
router.register("tier-rule-sets", tier.TierRuleSetViewSet)
urlpatterns = router.urls
