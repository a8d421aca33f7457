"""How streamers were verified, for programs."""

from rest_framework import serializers

from mcn.kit.api.serializers import Input, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet
from streamers.actions.verification import Answer
from streamers.filters.streamer import StreamerVerificationFilter
from streamers.models import StreamerVerification


class StreamerAnswerInput(Input):
    """What was found out about one item; an identity is found good by a provider or with its paper."""

    item = serializers.ChoiceField(choices=StreamerVerification.Item.choices)
    outcome = serializers.ChoiceField(choices=StreamerVerification.Outcome.choices)
    method = serializers.ChoiceField(choices=StreamerVerification.Method.choices)
    note = serializers.CharField(max_length=2_000)

    def to_internal_value(self, data):
        return Answer(**super().to_internal_value(data))


class StreamerVerifyInput(Input):
    """Answers on one or several items."""

    answers = StreamerAnswerInput(many=True, allow_empty=False)


class StreamerVerificationSerializer(RecordSerializer):
    class Meta:
        model = StreamerVerification
        fields = [
            "id",
            "streamer",
            "item",
            "outcome",
            "method",
            "note",
            "provider",
            "reference",
            "verified_on",
            "next_due_on",
            "superseded_at",
            "created_at",
        ]
        read_only_fields = fields


class StreamerVerificationViewSet(ReadViewSet):
    """The append-only record, for staff; new answers are given by the streamer's own verbs."""

    queryset = StreamerVerification.objects.all()
    serializer_class = StreamerVerificationSerializer
    filterset_class = StreamerVerificationFilter
    ordering_fields = ["verified_on"]
