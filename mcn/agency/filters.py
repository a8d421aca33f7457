"""How the agency's rows are narrowed at every door."""

from mcn.agency.models import CalendarDay, Figure
from mcn.kit.filters import RecordFilterSet


class FigureFilter(RecordFilterSet):
    class Meta:
        model = Figure
        fields = {"key": ["exact"], "valid_from": ["exact", "gte", "lte"]}


class CalendarDayFilter(RecordFilterSet):
    class Meta:
        model = CalendarDay
        fields = {"day": ["exact", "gte", "lte"], "worked": ["exact"]}
