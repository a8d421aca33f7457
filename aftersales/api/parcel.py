"""Parcels, what carriers tell of them, and alerts about deliveries, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from aftersales.actions import delivery_alert as alert_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.api.order import MOST_AT_ONCE, WHEN, ParcelChildSerializer, by_place
from aftersales.filters.order import DeliveryAlertFilter, ParcelFilter, TrackingEventFilter
from aftersales.models import DeliveryAlert, Parcel, TrackingEvent
from mcn.kit import clock, records
from mcn.kit.api.serializers import Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, Verb


class ParcelSerializer(RecordSerializer):
    class Meta:
        model = Parcel
        fields = ["id", "order", *ParcelChildSerializer.Meta.fields[1:], "inspected", *WHEN]
        read_only_fields = fields


class EventInput(Input):
    """What a carrier told of a waybill."""

    number = serializers.CharField(max_length=60)
    carrier = serializers.CharField(required=False, max_length=60)
    kind = serializers.ChoiceField(choices=TrackingEvent.Kind.choices)
    happened_at = serializers.DateTimeField()
    place = serializers.CharField(required=False, max_length=100)
    text = serializers.CharField(required=False, max_length=300)


class EventsInput(Input):
    """Many events at once."""

    events = serializers.ListSerializer(child=EventInput(), max_length=MOST_AT_ONCE)


class TrackedSerializer(serializers.Serializer):
    """How many events were new."""

    new = serializers.IntegerField()


class ParcelViewSet(ReadViewSet):
    """Parcels with the last that was heard of each."""

    queryset = Parcel.objects.all()
    serializer_class = ParcelSerializer
    filterset_class = ParcelFilter
    ordering_fields = ["heard_at", "updated_at"]

    @extend_schema(request=EventsInput, responses=TrackedSerializer)
    @action(detail=False, methods=["post"], filterset_class=None)
    def track(self, request, *args, **kwargs):
        """Take over up to 500 tracking events by waybill number; what was told before adds nothing."""
        given = EventsInput(data=request.data)
        given.is_valid(raise_exception=True)
        events = given.validated_data["events"]
        try:
            told = parcel_actions.match(events, Parcel.objects.visible_to(request.user))
            new = parcel_actions.track(told, by=request.user, at=clock.now())
        except records.ManyInvalid as wrong:
            raise ValidationError({"events": by_place(wrong)}) from wrong
        return Response({"new": new})


class TrackingEventSerializer(RecordSerializer):
    class Meta:
        model = TrackingEvent
        fields = ["id", "parcel", "happened_at", "kind", "place", "text", *WHEN]
        read_only_fields = fields


class TrackingEventViewSet(ReadViewSet):
    """What carriers told, parcel by parcel."""

    queryset = TrackingEvent.objects.all()
    serializer_class = TrackingEventSerializer
    filterset_class = TrackingEventFilter
    ordering_fields = ["happened_at"]


class DeliveryAlertSerializer(RecordSerializer):
    class Meta:
        model = DeliveryAlert
        fields = ["id", "kind", "state", "order", "parcel", "raised_at", "settled_at", "outcome", *WHEN]
        read_only_fields = fields


class DeliveryAlertViewSet(ReadViewSet):
    """What is wrong on the way to buyers."""

    queryset = DeliveryAlert.objects.select_related("order")
    serializer_class = DeliveryAlertSerializer
    filterset_class = DeliveryAlertFilter
    ordering_fields = ["raised_at"]
    verbs = [Verb("settle", alert_actions.settle, ReasonInput)]
