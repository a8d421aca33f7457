"""Timelines and figures of shows, for programs."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet
from streamers.actions import show_event as event_actions
from streamers.actions import show_metrics as metrics_actions
from streamers.api.base import WHEN
from streamers.filters.show_event import ItemMetricsFilter, ShowEventFilter, ShowMetricsFilter
from streamers.models import ItemMetrics, ShowEvent, ShowMetrics, ViolationCode


class ShowEventSerializer(RecordSerializer):
    """An event on air; the same ``key`` sent again is answered with the event as it was first noted."""

    key = serializers.UUIDField(required=False)
    happened_at = serializers.DateTimeField(required=False)
    code = VisibleRelatedField(queryset=ViolationCode.objects.all(), write_only=True, required=False)
    hold = serializers.BooleanField(write_only=True, required=False)

    class Meta:
        model = ShowEvent
        fields = [
            "id",
            "show",
            "kind",
            "happened_at",
            "second",
            "item",
            "topic",
            "text",
            "streamer",
            "offer",
            "before",
            "after",
            "about",
            "violation",
            "hits",
            "recorded_at",
            "key",
            "code",
            "hold",
            *WHEN,
        ]
        read_only_fields = ["second", "before", "violation", "hits", "recorded_at"]


class ShowEventViewSet(ReadViewSet):
    """What happened on air, second by second; noted and never changed."""

    queryset = ShowEvent.objects.select_related("show")
    serializer_class = ShowEventSerializer
    filterset_class = ShowEventFilter
    ordering_fields = ["recorded_at", "happened_at"]

    def create(self, request, *args, **kwargs):
        """Note an event: 201, or 200 where its key was noted already."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        told = {name: values.pop(name) for name in ("code", "hold") if name in values}
        event = ShowEvent(**values)
        noted = event_actions.record(event, **told, by=request.user, at=clock.now())
        answer = self.respond(noted, 201 if noted is event else 200)
        answer["Location"] = self.reverse_action("detail", args=[noted.pk])
        return answer


COUNTED = ["exposures", "clicks", "orders", "units", "amount", "returned_units", "returned_amount"]


class ShowMetricsSerializer(RecordSerializer):
    class Meta:
        model = ShowMetrics
        fields = [
            "id",
            "show",
            "day",
            "viewers",
            "peak",
            "new_followers",
            *COUNTED,
            "click_rate",
            "return_rate",
            "source",
            *WHEN,
        ]
        read_only_fields = ["click_rate", "return_rate", "source"]
        fixed = ["show", "day"]


class MetricsViewSet(RecordViewSet):
    """Figures that come by an ``add`` and change by a ``change``, marked as another system's."""

    ordering_fields = ["day", "updated_at"]

    def add(self, values):
        made = self.queryset.model(**values)
        return metrics_actions.add(
            made, by=self.request.user, at=clock.now(), source=metrics_actions.Source.API
        )

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return metrics_actions.change(
            obj, by=self.request.user, at=clock.now(), source=metrics_actions.Source.API
        )


class ShowMetricsViewSet(MetricsViewSet):
    """What shows came to as of each day."""

    queryset = ShowMetrics.objects.select_related("show")
    serializer_class = ShowMetricsSerializer
    filterset_class = ShowMetricsFilter


class ItemMetricsSerializer(RecordSerializer):
    class Meta:
        model = ItemMetrics
        fields = ["id", "item", "day", *COUNTED, "click_rate", "return_rate", "source", *WHEN]
        read_only_fields = ["click_rate", "return_rate", "source"]
        fixed = ["item", "day"]


class ItemMetricsViewSet(MetricsViewSet):
    """What each product in a show came to as of each day."""

    queryset = ItemMetrics.objects.select_related("item__show", "item__product")
    serializer_class = ItemMetricsSerializer
    filterset_class = ItemMetricsFilter
