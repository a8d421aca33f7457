"""The agency's addresses under ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from mcn.agency.api.viewsets import CalendarDayViewSet, FigureViewSet

router = SimpleRouter()
router.register("figures", FigureViewSet)
router.register("calendar-days", CalendarDayViewSet)
urlpatterns = router.urls
