"""The addresses of notices under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from mcn.notices.api.viewsets import DeliveryViewSet, EndpointViewSet, ReceiptViewSet

router = SimpleRouter()
router.register("notices", ReceiptViewSet)
router.register("webhook-endpoints", EndpointViewSet)
router.register("deliveries", DeliveryViewSet)
urlpatterns = router.urls
