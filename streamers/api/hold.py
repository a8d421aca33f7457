"""Holds on streamers for programs."""

from rest_framework import serializers

from mcn.kit.api.serializers import Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, Verb
from streamers.actions import hold as hold_actions
from streamers.api.base import WHEN
from streamers.filters.streamer import StreamerHoldFilter
from streamers.models import StreamerHold


class StreamerBlacklistInput(Input):
    """Why a streamer is blacklisted."""

    reason = serializers.CharField(max_length=2_000)


class StreamerHoldInput(StreamerBlacklistInput):
    """Why a streamer is stopped, and for how long."""

    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_to = serializers.DateField(required=False, allow_null=True)


class StreamerAppealInput(Input):
    """What the streamer says against a hold."""

    appeal = serializers.CharField(max_length=2_000)


class StreamerHoldSerializer(RecordSerializer):
    class Meta:
        model = StreamerHold
        fields = [
            "id",
            "streamer",
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


class StreamerHoldViewSet(ReadViewSet):
    """Stops on streamers; they are placed by the streamer's own verbs."""

    queryset = StreamerHold.objects.select_related("streamer")
    serializer_class = StreamerHoldSerializer
    filterset_class = StreamerHoldFilter
    ordering_fields = ["valid_from"]
    verbs = [
        Verb("appeal", hold_actions.appeal, StreamerAppealInput),
        Verb("uphold", hold_actions.uphold, ReasonInput),
        Verb("lift", hold_actions.lift, ReasonInput),
    ]
