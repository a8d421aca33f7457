"""The addresses of the claim scan under ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from mcn.claims.api.views import ScanView, TermViewSet

router = SimpleRouter()
router.register("claims/terms", TermViewSet)
urlpatterns = [path("claims/scan/", ScanView.as_view(), name="scan"), *router.urls]
