"""Rules of retention, legal holds and the nightly runs, for programs."""

from rest_framework import serializers

from mcn.evidence import legal_holds
from mcn.evidence.filters import LegalHoldFilter, RetentionRuleFilter, RetentionRunFilter
from mcn.evidence.models import LegalHold, RetentionRule, RetentionRun
from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb

NEVER = ["put", "patch"]


class RetentionRuleSerializer(RecordSerializer):
    class Meta:
        model = RetentionRule
        fields = ["id", "retention_class", "clause", "length", "unit", "adopted", "valid_from", "source"]


class RetentionRuleViewSet(RecordViewSet):
    """How long which records are kept; a rule changes by a new one with effect from a day."""

    queryset = RetentionRule.objects.all()
    serializer_class = RetentionRuleSerializer
    filterset_class = RetentionRuleFilter
    ordering_fields = ["retention_class", "valid_from"]
    http_method_names = [name for name in RecordViewSet.http_method_names if name not in NEVER]


class LegalHoldSerializer(RecordSerializer):
    """A hold; its paper is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = LegalHold
        fields = [
            "id",
            "subject_model",
            "subject_code",
            "ground",
            "reference",
            "reason",
            "state",
            "placed_on",
            "lifted_on",
            "file",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["placed_on", "lifted_on"]


class LegalHoldViewSet(RecordViewSet):
    """What stops the removal of everything of a show, merchant or streamer."""

    queryset = LegalHold.objects.all()
    serializer_class = LegalHoldSerializer
    filterset_class = LegalHoldFilter
    ordering_fields = ["placed_on"]
    verbs = [Verb("lift", legal_holds.lift, ReasonInput)]
    http_method_names = [name for name in RecordViewSet.http_method_names if name not in NEVER]

    def add(self, values):
        file = values.pop("file", None)
        return legal_holds.place(LegalHold(**values), file, by=self.request.user, at=clock.now())


class RetentionRunSerializer(RecordSerializer):
    class Meta:
        model = RetentionRun
        fields = ["id", "on", "ran_at", "seen", "held", "removed", "failed", "report"]
        read_only_fields = fields


class RetentionRunViewSet(ReadViewSet):
    """What each night removed."""

    queryset = RetentionRun.objects.all()
    serializer_class = RetentionRunSerializer
    filterset_class = RetentionRunFilter
    ordering_fields = ["ran_at"]
