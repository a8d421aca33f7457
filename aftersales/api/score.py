"""Scores, the rules they go by, recalls and rules for holds, for programs."""

from aftersales.actions import hold_rule as hold_actions
from aftersales.actions import score_rule_set as rule_sets
from aftersales.filters.score import HoldRuleFilter, MerchantScoreFilter, RecallFilter, ScoreRuleSetFilter
from aftersales.models import HoldRule, MerchantScore, Recall, ScoreBand, ScoreRuleSet, ScoreStep
from mcn.kit import clock
from mcn.kit.api.serializers import ChildSerializer, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb

WHEN = ["created_at", "updated_at"]


class MerchantScoreSerializer(RecordSerializer):
    class Meta:
        model = MerchantScore
        fields = [
            "id",
            "merchant",
            "day",
            "since",
            "rule_set",
            "orders",
            "lines",
            "total",
            "band",
            "measure",
            "nights",
            "before",
            "hold",
            *WHEN,
        ]
        read_only_fields = fields


class MerchantScoreViewSet(ReadViewSet):
    """Each night's scores with every component; a merchant's people see their own."""

    queryset = MerchantScore.objects.select_related("merchant", "rule_set", "hold")
    serializer_class = MerchantScoreSerializer
    filterset_class = MerchantScoreFilter
    ordering_fields = ["day", "total"]


class ScoreStepChildSerializer(ChildSerializer):
    class Meta:
        model = ScoreStep
        fields = ["id", "component", "at_least", "points"]


class ScoreBandChildSerializer(ChildSerializer):
    class Meta:
        model = ScoreBand
        fields = ["id", "name", "at_least", "measure"]


class ScoreRuleSetSerializer(RecordSerializer):
    steps = ScoreStepChildSerializer(many=True, read_only=True)
    bands = ScoreBandChildSerializer(many=True, read_only=True)

    class Meta:
        model = ScoreRuleSet
        fields = [
            "id",
            "name",
            "valid_from",
            *ScoreRuleSet.SETTINGS,
            "source",
            "state",
            "steps",
            "bands",
            *WHEN,
        ]
        read_only_fields = fields


class ScoreRuleSetViewSet(ReadViewSet):
    """By what merchants are scored, from which day on; drafted in the back office."""

    queryset = ScoreRuleSet.objects.prefetch_related("steps", "bands")
    serializer_class = ScoreRuleSetSerializer
    filterset_class = ScoreRuleSetFilter
    ordering_fields = ["valid_from"]
    verbs = [Verb("adopt", rule_sets.adopt), Verb("withdraw", rule_sets.withdraw, ReasonInput)]


class RecallSerializer(RecordSerializer):
    class Meta:
        model = Recall
        fields = [
            "id",
            "product",
            "announced_by",
            "number",
            "announced_on",
            "batches",
            "reason",
            "remedy",
            "state",
            "ended_on",
            "result",
            *WHEN,
        ]
        read_only_fields = ["state", "ended_on", "result"]
        fixed = fields


class RecallViewSet(RecordViewSet):
    """Recalls; entered, each holds its product."""

    http_method_names = ["get", "head", "options", "post"]
    queryset = Recall.objects.select_related("product")
    serializer_class = RecallSerializer
    filterset_class = RecallFilter
    ordering_fields = ["announced_on"]
    verbs = [Verb("end", hold_actions.end, ReasonInput)]

    def add(self, values):
        return hold_actions.announce(Recall(**values), by=self.request.user, at=clock.now())


class HoldRuleSerializer(RecordSerializer):
    class Meta:
        model = HoldRule
        fields = [
            "id",
            "subject",
            "nature",
            "count",
            "days",
            "clause",
            "source",
            "valid_from",
            "valid_to",
            *WHEN,
        ]


class HoldRuleViewSet(RecordViewSet):
    """How many upheld complaints hold what."""

    queryset = HoldRule.objects.all()
    serializer_class = HoldRuleSerializer
    filterset_class = HoldRuleFilter

    def add(self, values):
        return hold_actions.save_rule(HoldRule(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return hold_actions.save_rule(obj, by=self.request.user, at=clock.now())
