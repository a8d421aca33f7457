"""The addresses of evidence under ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from mcn.evidence.api import retention
from mcn.evidence.api.views import FileView

router = SimpleRouter()
router.register("retention-rules", retention.RetentionRuleViewSet)
router.register("legal-holds", retention.LegalHoldViewSet)
router.register("retention-runs", retention.RetentionRunViewSet)
urlpatterns = [path("files/<int:pk>/", FileView.as_view()), *router.urls]
