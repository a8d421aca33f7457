"""Live rooms for programs: what stands in the way there, leases, notices, holds and kinds of places."""

from dataclasses import replace

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.schema import FindingSerializer
from mcn.kit.api.serializers import ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from streamers.actions import hold as hold_actions
from streamers.actions import room as room_actions
from streamers.actions import room_notice as notice_actions
from streamers.api.base import WHEN
from streamers.api.credential import PAPER_FIELDS, PROOF_FIELDS, AddedViewSet, CredentialViewSet, file_field
from streamers.api.hold import StreamerAppealInput, StreamerBlacklistInput, StreamerHoldInput
from streamers.filters.room import (
    RoomFilter,
    RoomHoldFilter,
    RoomLeaseFilter,
    RoomNoticeFilter,
    VenueKindFilter,
)
from streamers.models import Room, RoomHold, RoomLease, RoomNotice, VenueKind
from streamers.rules.room import ROOM


class RoomSerializer(RecordSerializer):
    """A room; its cover is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = Room
        fields = [
            "id",
            "platform",
            "entity",
            "account",
            "title",
            "cover_text",
            "file",
            "venue",
            "venue_kind",
            "sound",
            "equipment",
            "is_virtual",
            "scene_label",
            "technician",
            "technician_name",
            "state",
            *WHEN,
        ]


class RoomBlockersSerializer(serializers.Serializer):
    """What stands in the way of a show from a room on a day."""

    on = serializers.DateField()
    blocked = serializers.BooleanField()
    findings = FindingSerializer(many=True)


class RoomLeaseSerializer(RecordSerializer):
    """A lease or deed; its file is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = RoomLease
        fields = ["id", "room", "kind", *PAPER_FIELDS, "file", *PROOF_FIELDS, *WHEN]
        read_only_fields = PROOF_FIELDS
        fixed = ["room"]


class RoomNoticeSerializer(RecordSerializer):
    """A notice; the picture of it is sent along as multipart form data."""

    file = file_field()

    class Meta:
        model = RoomNotice
        fields = ["id", "room", "kind", "where", "link", "file", "seen_on", "ended_on", *WHEN]
        read_only_fields = ["seen_on", "ended_on"]


class RoomHoldSerializer(RecordSerializer):
    class Meta:
        model = RoomHold
        fields = [
            "id",
            "room",
            "kind",
            "state",
            "clause",
            "reason",
            "valid_from",
            "valid_to",
            "appeal",
            "answer",
            *WHEN,
        ]
        read_only_fields = fields


class VenueKindSerializer(RecordSerializer):
    class Meta:
        model = VenueKind
        fields = [
            "id",
            "code",
            "name",
            "needs_lease",
            "forbidden_from",
            "forbidden_to",
            "clause",
            "source",
            *WHEN,
        ]


class RoomViewSet(RecordViewSet):
    """Rooms from being set up to closed."""

    queryset = Room.objects.select_related("platform", "entity", "venue_kind", "technician")
    serializer_class = RoomSerializer
    filterset_class = RoomFilter
    ordering_fields = ["title", "updated_at"]
    verbs = [
        Verb("approve", room_actions.approve),
        Verb("suspend", room_actions.suspend, ReasonInput),
        Verb("close", room_actions.close, ReasonInput),
        Verb("hold", room_actions.hold, StreamerHoldInput),
        Verb("blacklist", room_actions.blacklist, StreamerBlacklistInput),
    ]

    def add(self, values):
        file = values.pop("file", None)
        return room_actions.add(Room(**values), file, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        file = values.pop("file", None)
        for name, value in values.items():
            setattr(obj, name, value)
        return room_actions.change(obj, file, by=self.request.user, at=clock.now())

    @extend_schema(responses=RoomBlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What stands in the way of a show from this room today."""
        on = clock.today()
        report = ROOM.inspect(self.get_object(), on=on)
        # The pages that mend a row are the back office's.
        findings = [row if request.user.is_staff else replace(row, mend_url="") for row in report.findings]
        told = {"on": on, "blocked": bool(report.blockers), "findings": [row.as_dict() for row in findings]}
        return Response(told)


class RoomLeaseViewSet(CredentialViewSet):
    """The leases and deeds of rooms, with their files."""

    queryset = RoomLease.objects.select_related("room", "document")
    serializer_class = RoomLeaseSerializer
    filterset_class = RoomLeaseFilter


class RoomNoticeViewSet(AddedViewSet):
    """What viewers of rooms can read throughout."""

    queryset = RoomNotice.objects.select_related("room", "document")
    serializer_class = RoomNoticeSerializer
    filterset_class = RoomNoticeFilter
    ordering_fields = ["seen_on"]
    actions = notice_actions
    verbs = [Verb("withdraw", notice_actions.withdraw)]


class RoomHoldViewSet(ReadViewSet):
    """Stops on rooms; they are placed by the room's own verbs."""

    queryset = RoomHold.objects.select_related("room")
    serializer_class = RoomHoldSerializer
    filterset_class = RoomHoldFilter
    ordering_fields = ["valid_from"]
    verbs = [
        Verb("appeal", hold_actions.appeal, StreamerAppealInput),
        Verb("uphold", hold_actions.uphold, ReasonInput),
        Verb("lift", hold_actions.lift, ReasonInput),
    ]


class VenueKindViewSet(ReadViewSet):
    """Kinds of places, and from which of them no show may go out."""

    queryset = VenueKind.objects.all()
    serializer_class = VenueKindSerializer
    filterset_class = VenueKindFilter
