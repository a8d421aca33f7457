"""The agency's rows as the API shows and takes them."""

from mcn.agency.models import CalendarDay, Figure, Platform
from mcn.kit.api.serializers import RecordSerializer


class FigureSerializer(RecordSerializer):
    class Meta:
        model = Figure
        fields = ["id", "key", "value", "valid_from", "source"]


class CalendarDaySerializer(RecordSerializer):
    class Meta:
        model = CalendarDay
        fields = ["id", "day", "worked", "note"]


class PlatformSerializer(RecordSerializer):
    class Meta:
        model = Platform
        fields = ["id", "code", "name", "operator", "ended_on"]
