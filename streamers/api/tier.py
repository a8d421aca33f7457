"""Figures, tiers and the rules they go by, for programs."""

from rest_framework import serializers

from mcn.kit import clock
from mcn.kit.api.serializers import ChildSerializer, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb
from streamers.actions import assessment as assessment_actions
from streamers.actions import figures as figures_actions
from streamers.actions import tier as tier_actions
from streamers.filters.tier import StreamerFiguresFilter, TierAssessmentFilter, TierRuleSetFilter
from streamers.models import StreamerFigures, TierAssessment, TierBand, TierGrade, TierRuleSet

WHEN = ["created_at", "updated_at"]


class StreamerFiguresSerializer(RecordSerializer):
    class Meta:
        model = StreamerFigures
        fields = ["id", "streamer", "platform", "day", "followers", "sales", "orientation", "source", *WHEN]
        read_only_fields = ["source"]
        fixed = ["streamer", "platform", "day"]


class StreamerFiguresViewSet(RecordViewSet):
    """Followers, sales and content orientation by platform and day."""

    queryset = StreamerFigures.objects.select_related("streamer", "platform")
    serializer_class = StreamerFiguresSerializer
    filterset_class = StreamerFiguresFilter
    ordering_fields = ["day", "updated_at"]

    def add(self, values):
        made = StreamerFigures(**values)
        return figures_actions.add(
            made, by=self.request.user, at=clock.now(), source=StreamerFigures.Source.API
        )

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return figures_actions.change(
            obj, by=self.request.user, at=clock.now(), source=StreamerFigures.Source.API
        )


class TierAssessmentSerializer(RecordSerializer):
    class Meta:
        model = TierAssessment
        fields = [
            "id",
            "streamer",
            "month",
            "rule_set",
            "lines",
            "total",
            "proposed",
            "grade",
            "state",
            "proposed_at",
            "effective_on",
            "reason",
            *WHEN,
        ]
        read_only_fields = fields


class AdjustInput(ReasonInput):
    """Another tier of the same rule set, and why."""

    grade = serializers.CharField(max_length=4)


class TierAssessmentViewSet(ReadViewSet):
    """Each month's tiers with every component; proposed by the monthly assessment."""

    queryset = TierAssessment.objects.select_related("streamer", "rule_set")
    serializer_class = TierAssessmentSerializer
    filterset_class = TierAssessmentFilter
    ordering_fields = ["month", "updated_at"]
    verbs = [
        Verb("approve", assessment_actions.approve),
        Verb("adjust", assessment_actions.adjust, AdjustInput),
        Verb("reassess", assessment_actions.reassess),
    ]


class TierBandChildSerializer(ChildSerializer):
    class Meta:
        model = TierBand
        fields = ["id", "component", "at_least", "points"]


class TierGradeChildSerializer(ChildSerializer):
    class Meta:
        model = TierGrade
        fields = [
            "id",
            "grade",
            "at_least",
            "training_plan",
            "training_hours",
            "script_review",
            "recording_share",
            "management",
        ]


class TierRuleSetSerializer(RecordSerializer):
    bands = TierBandChildSerializer(many=True, read_only=True)
    grades = TierGradeChildSerializer(many=True, read_only=True)

    class Meta:
        model = TierRuleSet
        fields = [
            "id",
            "name",
            "valid_from",
            "weight_followers",
            "weight_sales",
            "weight_orientation",
            "weight_violations",
            "source",
            "state",
            "bands",
            "grades",
            *WHEN,
        ]
        read_only_fields = fields


class TierRuleSetViewSet(ReadViewSet):
    """By what streamers are rated, from which day on; drafted in the back office."""

    queryset = TierRuleSet.objects.prefetch_related("bands", "grades")
    serializer_class = TierRuleSetSerializer
    filterset_class = TierRuleSetFilter
    ordering_fields = ["valid_from"]
    verbs = [
        Verb("adopt", tier_actions.adopt),
        Verb("withdraw", tier_actions.withdraw, ReasonInput),
    ]
