"""Frozen records, films and replay requests of authorities, for programs."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from mcn.kit import clock
from mcn.kit.api.serializers import Input, ReasonInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from streamers.actions import recording as recording_actions
from streamers.actions import replay as replay_actions
from streamers.filters.recording import (
    RecordingFilter,
    ReplayHandoverFilter,
    ReplayRequestFilter,
    ShowRecordFilter,
)
from streamers.forms.recording import validate_film
from streamers.models import Recording, ReplayHandover, ReplayRequest, ShowRecord
from streamers.resources import show_pack

WHEN = ["created_at", "updated_at"]
NO_CHANGES = [name for name in RecordViewSet.http_method_names if name not in ("put", "patch")]


class ShowRecordSerializer(RecordSerializer):
    class Meta:
        model = ShowRecord
        fields = ["id", "show", "frozen_at", "sha256", "purged_at", *WHEN]
        read_only_fields = fields


class ShowRecordViewSet(ReadViewSet):
    """What shows went on air with: its hash here, all of it in the evidence pack."""

    queryset = ShowRecord.objects.defer("content")
    serializer_class = ShowRecordSerializer
    filterset_class = ShowRecordFilter
    ordering_fields = ["frozen_at"]

    @extend_schema(
        parameters=[OpenApiParameter("recordings", bool, description="Put the films in as well.")],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    @action(detail=True, filterset_class=None, pagination_class=None)
    def pack(self, request, *args, **kwargs):
        """The evidence pack: one ZIP with a manifest of hashes and a summary in Chinese."""
        record = self.get_object()
        if not request.user.has_perm("streamers.pack_showrecord"):
            raise PermissionDenied
        films = request.query_params.get("recordings") in ("1", "true")
        return show_pack.download(record.show, by=request.user, at=clock.now(), with_recordings=films)

    def perform_content_negotiation(self, request, force=False):
        """A pack is a ZIP, whatever the client says it accepts; refusals are JSON."""
        return super().perform_content_negotiation(request, force=True)


class RecordingSerializer(RecordSerializer):
    """A film; an uploaded one is sent along as multipart form data."""

    file = serializers.FileField(
        write_only=True, required=False, allow_empty_file=True, validators=[validate_film]
    )

    class Meta:
        model = Recording
        fields = [
            "id",
            "show",
            "source",
            "location",
            "name",
            "begins_at",
            "ends_at",
            "size",
            "sha256",
            "state",
            "fault",
            "checked_at",
            "removed_at",
            "file",
            *WHEN,
        ]
        read_only_fields = ["name", "size", "fault", "checked_at", "removed_at"]


class RecordingViewSet(RecordViewSet):
    """Films of shows: uploaded, or by path or key; they go after their term alone."""

    queryset = Recording.objects.select_related("show")
    serializer_class = RecordingSerializer
    filterset_class = RecordingFilter
    ordering_fields = ["begins_at"]
    http_method_names = NO_CHANGES
    verbs = [Verb("check", recording_actions.check)]

    def add(self, values):
        file = values.pop("file", None)
        return recording_actions.add(Recording(**values), file, by=self.request.user, at=clock.now())


class ReplayRequestSerializer(RecordSerializer):
    """A request; its paper is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = ReplayRequest
        fields = [
            "id",
            "show",
            "authority",
            "reference",
            "asked",
            "received_on",
            "due_on",
            "legal_hold",
            "state",
            "answer",
            "answered_at",
            "file",
            *WHEN,
        ]
        read_only_fields = ["legal_hold", "answer", "answered_at"]


class HandoverInput(Input):
    """A film of the show, or the hash of an evidence pack's manifest, and how it went out."""

    recording = VisibleRelatedField(queryset=Recording.objects.all(), required=False, allow_null=True)
    sha256 = serializers.CharField(required=False, max_length=64)
    way = serializers.ChoiceField(choices=ReplayHandover.Way.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class ReplayRequestViewSet(RecordViewSet):
    """What authorities ask for; the show is under a legal hold from then on."""

    queryset = ReplayRequest.objects.select_related("show")
    serializer_class = ReplayRequestSerializer
    filterset_class = ReplayRequestFilter
    ordering_fields = ["received_on", "due_on"]
    http_method_names = NO_CHANGES
    verbs = [
        Verb("hand_over", replay_actions.hand_over, HandoverInput),
        Verb("reply", replay_actions.reply, ReasonInput),
        Verb("decline", replay_actions.decline, ReasonInput),
    ]

    def add(self, values):
        file = values.pop("file", None)
        return replay_actions.receive(ReplayRequest(**values), file, by=self.request.user, at=clock.now())


class ReplayHandoverSerializer(RecordSerializer):
    class Meta:
        model = ReplayHandover
        fields = ["id", "request", "recording", "sha256", "way", "handed_at", "note", *WHEN]
        read_only_fields = fields


class ReplayHandoverViewSet(ReadViewSet):
    """What was handed to authorities; entered by the requests' verb."""

    queryset = ReplayHandover.objects.all()
    serializer_class = ReplayHandoverSerializer
    filterset_class = ReplayHandoverFilter
    ordering_fields = ["handed_at"]
