"""Service channels for programs; kept in the back office."""

from aftersales.models import ServiceChannel
from mcn.kit.api.serializers import RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet


class ServiceChannelSerializer(RecordSerializer):
    class Meta:
        model = ServiceChannel
        fields = [
            "id",
            "kind",
            "reach",
            "page",
            "all_day",
            "opens",
            "closes",
            "sends_text",
            "takes_media",
            "note",
            "ended_on",
        ]
        read_only_fields = fields


class ServiceChannelViewSet(ReadViewSet):
    """By which ways consumers reach after-sales, and at what hours."""

    queryset = ServiceChannel.objects.all()
    serializer_class = ServiceChannelSerializer
    ordering_fields = ["kind"]
