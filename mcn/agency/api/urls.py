"""The agency's addresses under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from mcn.agency.api.viewsets import CalendarDayViewSet, FigureViewSet, PlatformViewSet

router = SimpleRouter()
router.register("figures", FigureViewSet)
router.register("calendar-days", CalendarDayViewSet)
router.register("platforms", PlatformViewSet)
urlpatterns = router.urls
