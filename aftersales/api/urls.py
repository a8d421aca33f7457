"""The addresses of after-sales under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from aftersales.api import complaint

router = SimpleRouter()
router.register("complaints", complaint.ComplaintViewSet)
urlpatterns = router.urls
