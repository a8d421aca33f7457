"""Emergency plans for programs, with calls and drills; they are written in the back office."""

from rest_framework import serializers

from aftersales.actions import emergency_plan as plan_actions
from aftersales.models import EmergencyPlan, PlanCall, PlanDrill
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, Verb


class PlanCallChildSerializer(ChildSerializer):
    class Meta:
        model = PlanCall
        fields = ["id", "place", "user", "name", "within_minutes", "task"]


class PlanDrillChildSerializer(ChildSerializer):
    class Meta:
        model = PlanDrill
        fields = ["id", "kind", "held_on", "people", "findings", "measures"]


class EmergencyPlanSerializer(RecordSerializer):
    calls = PlanCallChildSerializer(many=True, read_only=True)
    drills = PlanDrillChildSerializer(many=True, read_only=True)

    class Meta:
        model = EmergencyPlan
        fields = [
            "id",
            "code",
            "title",
            "matter",
            "when",
            "first_words",
            "first_words_minutes",
            "drill_months",
            "adopted_on",
            "drill_due_on",
            "state",
            "calls",
            "drills",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class DrillInput(Input):
    """Who rehearsed when, what was found, and what is changed for it."""

    kind = serializers.ChoiceField(choices=PlanDrill.Kind.choices)
    held_on = serializers.DateField()
    people = serializers.CharField(max_length=300)
    findings = serializers.CharField(max_length=2_000)
    measures = serializers.CharField(max_length=2_000, required=False, allow_blank=True)


class EmergencyPlanViewSet(ReadViewSet):
    """What is done in an emergency: who is called in which order, first words, drills."""

    queryset = EmergencyPlan.objects.prefetch_related("calls", "drills")
    serializer_class = EmergencyPlanSerializer
    ordering_fields = ["adopted_on"]
    verbs = [
        Verb("adopt", plan_actions.adopt),
        Verb("retire", plan_actions.retire, ReasonInput),
        Verb("drill", plan_actions.drill, DrillInput),
    ]
