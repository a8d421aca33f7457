"""Service plans for programs: their promises, quantities, seats, and what both sides do with them."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mcn.kit import clock
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb
from products.api.serializers import BlockersSerializer
from streamers.actions import service_plan as plans
from streamers.api.base import WHEN
from streamers.filters.service_plan import ServicePlanFilter
from streamers.models import PlanLine, ServicePlan
from streamers.rules.service_plan import PLAN

SAID_BY_VERBS = [
    "seats_needed",
    "reasoning",
    "rating",
    "opinion",
    "assessed_at",
    "submitted_at",
    "decided_at",
    "decision_note",
]


class PlanLineChildSerializer(ChildSerializer):
    class Meta:
        model = PlanLine
        fields = ["id", "sku", "spot", "presale", "ships_on"]
        read_only_fields = fields


class ServicePlanSerializer(RecordSerializer):
    """A version of a plan; sent for a show and a merchant, it begins with the run sheet's quantities."""

    lines = PlanLineChildSerializer(many=True, read_only=True)

    class Meta:
        model = ServicePlan
        fields = [
            "id",
            "show",
            "merchant",
            "number",
            "state",
            *ServicePlan.CONTENT,
            *SAID_BY_VERBS,
            *WHEN,
            "lines",
        ]
        read_only_fields = ["number", *SAID_BY_VERBS]
        fixed = ["show", "merchant"]


class QuantityInput(Input):
    """How much there is of one SKU of the plan."""

    line = serializers.IntegerField()
    spot = serializers.IntegerField(min_value=0, required=False)
    presale = serializers.IntegerField(min_value=0, required=False)
    ships_on = serializers.DateField(required=False, allow_null=True)


class QuantitiesInput(Input):
    """The quantities that change, by the ids of their lines."""

    lines = QuantityInput(many=True)


class AssessmentInput(Input):
    """Whether the merchant's people and guarantee will do, and why."""

    rating = serializers.ChoiceField(choices=ServicePlan.Rating.choices)
    opinion = serializers.CharField(max_length=2_000)


class ServicePlanViewSet(RecordViewSet):
    """What merchants promise for shows, in versions that both sides agree to."""

    queryset = ServicePlan.objects.select_related("show", "merchant").prefetch_related("lines")
    serializer_class = ServicePlanSerializer
    filterset_class = ServicePlanFilter
    ordering_fields = ["updated_at"]
    verbs = [
        Verb("quantities", plans.put_quantities, QuantitiesInput),
        Verb("refill", plans.refill),
        Verb("submit", plans.submit),
        Verb("withdraw", plans.withdraw),
        Verb("assess", plans.assess, AssessmentInput),
        Verb("agree", plans.agree),
        Verb("send_back", plans.send_back, ReasonInput),
    ]

    def add(self, values):
        show, merchant = values.pop("show"), values.pop("merchant")
        by, at = self.request.user, clock.now()
        return plans.open_version(show, merchant, words=values, by=by, at=at)

    def change(self, obj, values):
        for name in ("show", "merchant"):
            values.pop(name, None)
        return plans.save_draft(obj, words=values, by=self.request.user, at=clock.now())

    @extend_schema(responses=BlockersSerializer)
    @action(detail=True, filterset_class=None)
    def blockers(self, request, *args, **kwargs):
        """What has to be mended before either side can agree today."""
        on = clock.today()
        report = PLAN.inspect(self.get_object(), on=on)
        findings = [finding.as_dict() for finding in report.findings]
        return Response({"on": on, "blocked": bool(report.blockers), "findings": findings})
