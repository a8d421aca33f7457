"""Deadlines for programs: what runs until when, each explained, and the rules behind them."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from aftersales.filters.clock import ClockFilter, DeadlineRuleFilter
from aftersales.models import Clock, DeadlineRule, Rung
from aftersales.rules.clock import explain
from mcn.kit.api.serializers import ChildSerializer, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet


class RungChildSerializer(ChildSerializer):
    class Meta:
        model = Rung
        fields = ["id", "offset", "level", "tells"]
        read_only_fields = fields


class DeadlineRuleSerializer(RecordSerializer):
    """How long a step may take from a day on, with its ladder; written in the back office."""

    rungs = RungChildSerializer(many=True, read_only=True)

    class Meta:
        model = DeadlineRule
        fields = [
            "id",
            "kind",
            "channel",
            "nature",
            "urgency",
            "amount",
            "unit",
            "valid_from",
            "valid_to",
            "source",
            "created_at",
            "updated_at",
            "rungs",
        ]
        read_only_fields = fields


class DeadlineRuleViewSet(ReadViewSet):
    """The rules of deadlines: of those in force when a matter begins, the most particular counts."""

    queryset = DeadlineRule.objects.prefetch_related("rungs")
    serializer_class = DeadlineRuleSerializer
    filterset_class = DeadlineRuleFilter
    ordering_fields = ["valid_from"]


class ClockSerializer(RecordSerializer):
    """A deadline; begun, paused and ended by what is done to its matter."""

    class Meta:
        model = Clock
        fields = [
            "id",
            "label",
            "kind",
            "state",
            "rule",
            "merchant",
            "promised_hours",
            "started_at",
            "due_at",
            "warn_at",
            "level",
            "stopped_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class IntervalSerializer(serializers.Serializer):
    """A time that was counted or not, and how much had been counted by its end."""

    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    sort = serializers.CharField()
    note = serializers.CharField()
    seconds = serializers.IntegerField()
    total = serializers.IntegerField()


class ExplanationSerializer(serializers.Serializer):
    """How a deadline was counted."""

    allowed = serializers.IntegerField()
    counted = serializers.IntegerField()
    unknown = serializers.CharField()
    intervals = IntervalSerializer(many=True)


class ClockViewSet(ReadViewSet):
    """Deadlines: staff see all, a merchant's people those that concern it."""

    queryset = Clock.objects.select_related("rule", "merchant")
    serializer_class = ClockSerializer
    filterset_class = ClockFilter
    ordering_fields = ["due_at"]

    @extend_schema(responses=ExplanationSerializer)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def explanation(self, request, *args, **kwargs):
        """The intervals from its beginning to its deadline, one by one."""
        return Response(ExplanationSerializer(explain(self.get_object())).data)
