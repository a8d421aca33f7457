"""What lets a minor go before the camera, for programs; nothing of the guardian but the relation."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from streamers.actions import capacity as capacity_actions
from streamers.api.base import WHEN
from streamers.filters.streamer import CapacityRecordFilter, ConsentFilter
from streamers.models import CapacityRecord, Consent


class ConsentSerializer(RecordSerializer):
    class Meta:
        model = Consent
        fields = [
            "id",
            "streamer",
            "relation",
            "scope",
            "state",
            "valid_from",
            "valid_to",
            "signed_at",
            "revoked_at",
            *WHEN,
        ]
        read_only_fields = fields


class ConsentViewSet(ReadViewSet):
    """Guardians' consents: asked for in the back office, signed and revoked by the guardian."""

    queryset = Consent.objects.select_related("streamer")
    serializer_class = ConsentSerializer
    filterset_class = ConsentFilter
    ordering_fields = ["valid_to"]


class CapacityRecordSerializer(RecordSerializer):
    """A record; its evidence is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = CapacityRecord
        fields = ["id", "streamer", "grounds", "valid_from", "valid_to", "file", "ended_on", *WHEN]
        read_only_fields = ["ended_on"]


class CapacityRecordViewSet(RecordViewSet):
    """Who of 16 or 17 lives mainly on their own labour; recorded with the evidence, never changed."""

    queryset = CapacityRecord.objects.select_related("streamer")
    serializer_class = CapacityRecordSerializer
    filterset_class = CapacityRecordFilter
    ordering_fields = ["valid_to"]
    http_method_names = ["get", "post", "head", "options"]
    verbs = [Verb("withdraw", capacity_actions.withdraw)]

    def add(self, values):
        file = values.pop("file", None)
        return capacity_actions.record(CapacityRecord(**values), file, by=self.request.user, at=clock.now())
