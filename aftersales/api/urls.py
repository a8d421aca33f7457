"""The addresses of after-sales under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from aftersales.api import (
    article,
    clock,
    complaint,
    emergency_plan,
    inquiry,
    invoice,
    opinion,
    order,
    parcel,
    price_claim,
    promise,
    repair,
    return_request,
    review,
    score,
    service_channel,
)

router = SimpleRouter()
router.register("complaints", complaint.ComplaintViewSet)
router.register("returns", return_request.ReturnRequestViewSet)
router.register("repairs", repair.RepairViewSet)
router.register("repair-providers", repair.RepairProviderViewSet)
router.register("guarantee-terms", repair.GuaranteeTermViewSet)
router.register("merchant-scores", score.MerchantScoreViewSet)
router.register("score-rule-sets", score.ScoreRuleSetViewSet)
router.register("recalls", score.RecallViewSet)
router.register("hold-rules", score.HoldRuleViewSet)
router.register("deadlines", clock.ClockViewSet)
router.register("deadline-rules", clock.DeadlineRuleViewSet)

router.register("orders", order.OrderViewSet)
router.register("order-lines", order.OrderLineViewSet)
router.register("parcels", parcel.ParcelViewSet)
router.register("tracking-events", parcel.TrackingEventViewSet)
router.register("delivery-alerts", parcel.DeliveryAlertViewSet)
router.register("outlets", opinion.OutletViewSet)
router.register("mentions", opinion.MentionViewSet)
router.register("opinion-alerts", opinion.OpinionAlertViewSet)
router.register("service-channels", service_channel.ServiceChannelViewSet)
router.register("emergency-plans", emergency_plan.EmergencyPlanViewSet)
router.register("opinion-cases", opinion.OpinionCaseViewSet)
router.register("reviews", review.ReviewViewSet)
router.register("survey-invitations", review.SurveyInvitationViewSet)
router.register("nonconformities", review.NonconformityViewSet)
router.register("improvement-actions", review.ImprovementActionViewSet)
router.register("good-practices", review.GoodPracticeViewSet)
router.register("articles", article.ArticleViewSet)
router.register("article-versions", article.ArticleVersionViewSet)
router.register("inquiries", inquiry.InquiryViewSet)
router.register("promise-kinds", promise.PromiseKindViewSet)
router.register("service-promises", promise.ServicePromiseViewSet)
router.register("promise-audits", promise.PromiseAuditViewSet)
router.register("breaches", promise.BreachViewSet)
router.register("price-claims", price_claim.PriceClaimViewSet)
router.register("invoices", invoice.InvoiceViewSet)
urlpatterns = router.urls
