"""The resources of notices."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from mcn.notices import actions
from mcn.notices.filters import DeliveryFilter, EndpointFilter, ReceiptFilter
from mcn.notices.kinds import choices
from mcn.notices.models import Attempt, Delivery, Endpoint, Receipt

WHEN = ["created_at", "updated_at"]


class ReceiptSerializer(RecordSerializer):
    kind = serializers.CharField(source="notice.kind", read_only=True)
    title = serializers.CharField(source="notice.title", read_only=True)
    text = serializers.CharField(source="notice.text", read_only=True)
    url = serializers.CharField(source="notice.url", read_only=True)

    class Meta:
        model = Receipt
        fields = ["id", "notice", "kind", "title", "text", "url", "told_at", "read_at", *WHEN]
        read_only_fields = fields


class NothingInput(Input):
    """Nothing."""


class ReceiptViewSet(ReadViewSet):
    """What one was told oneself."""

    queryset = Receipt.objects.select_related("notice")
    serializer_class = ReceiptSerializer
    filterset_class = ReceiptFilter
    ordering_fields = ["told_at"]
    verbs = [Verb("read", actions.read, NothingInput)]


class EndpointSerializer(RecordSerializer):
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=choices()), required=False)

    class Meta:
        model = Endpoint
        fields = ["id", "name", "url", "kinds", "state", *WHEN]
        read_only_fields = ["state"]


class EndpointViewSet(RecordViewSet):
    """Other systems that are told; their secrets are seen in the back office alone."""

    queryset = Endpoint.objects.all()
    serializer_class = EndpointSerializer
    filterset_class = EndpointFilter
    verbs = [
        Verb("switch_off", actions.switch_off, ReasonInput),
        Verb("switch_on", actions.switch_on),
        Verb("rotate", actions.rotate),
    ]

    def add(self, values):
        return actions.add_endpoint(Endpoint(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return actions.change_endpoint(obj, by=self.request.user, at=clock.now())


class AttemptChildSerializer(ChildSerializer):
    class Meta:
        model = Attempt
        fields = ["id", "tried_at", "status", "milliseconds", "error"]


class DeliverySerializer(RecordSerializer):
    attempts = AttemptChildSerializer(many=True, read_only=True)

    class Meta:
        model = Delivery
        fields = ["id", "endpoint", "notice", "state", "due_at", "tries", "arrived_at", "attempts", *WHEN]
        read_only_fields = fields


class DeliveryViewSet(ReadViewSet):
    """What went out by webhook and letter, with every attempt."""

    queryset = Delivery.objects.select_related("endpoint", "notice").prefetch_related("attempts")
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    ordering_fields = ["due_at"]
    verbs = [Verb("send_again", actions.send_again)]
