"""The addresses of spreadsheets under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from mcn.sheets.api.viewsets import ImportViewSet, SheetViewSet

router = SimpleRouter()
router.register("imports", ImportViewSet)
router.register("sheets", SheetViewSet, basename="sheet")
urlpatterns = router.urls
