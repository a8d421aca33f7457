"""The agency's resources."""

from mcn.agency.api.serializers import CalendarDaySerializer, FigureSerializer, PlatformSerializer
from mcn.agency.filters import CalendarDayFilter, FigureFilter, PlatformFilter
from mcn.agency.models import CalendarDay, Figure, Platform
from mcn.kit.api.viewsets import RecordViewSet


class FigureViewSet(RecordViewSet):
    """Numbers that are policy, each with effect from a day."""

    queryset = Figure.objects.all()
    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    ordering_fields = ["key", "valid_from"]


class CalendarDayViewSet(RecordViewSet):
    """Days worked or rested against the official calendar."""

    queryset = CalendarDay.objects.all()
    serializer_class = CalendarDaySerializer
    filterset_class = CalendarDayFilter
    ordering = "day"


class PlatformViewSet(RecordViewSet):
    """Platforms on which streamers have accounts and shows go out."""

    queryset = Platform.objects.all()
    serializer_class = PlatformSerializer
    filterset_class = PlatformFilter
