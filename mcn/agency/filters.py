"""How the agency's rows are narrowed at every door."""

from mcn.agency.models import CalendarDay, Figure, Platform
from mcn.kit.filters import RecordFilterSet


class FigureFilter(RecordFilterSet):
    class Meta:
        model = Figure
        fields = {"key": ["exact"], "valid_from": ["exact", "gte", "lte"]}


class CalendarDayFilter(RecordFilterSet):
    class Meta:
        model = CalendarDay
        fields = {"day": ["exact", "gte", "lte"], "worked": ["exact"]}


class PlatformFilter(RecordFilterSet):
    class Meta:
        model = Platform
        fields = {"code": ["exact"], "ended_on": ["isnull"]}
