"""Price claims for programs: applied for, worked out at once, paid."""

from rest_framework import serializers

from aftersales.actions import price_claim as price_claims
from aftersales.api.promise import NO_CHANGE, WHEN, ReferenceInput
from aftersales.filters.promise import PriceClaimFilter
from aftersales.models import PriceClaim
from mcn.kit import clock
from mcn.kit.api.serializers import ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb


class PriceClaimSerializer(RecordSerializer):
    """A claim; sent for a line of an order, what is owed is worked out with its reasons."""

    order = serializers.PrimaryKeyRelatedField(source="line.order", read_only=True)
    merchant = serializers.PrimaryKeyRelatedField(source="line.order.merchant", read_only=True)

    class Meta:
        model = PriceClaim
        told = [
            "code",
            "reason",
            "applied_at",
            "days",
            "until_on",
            "unit_paid",
            "lowest",
            "amount",
            "reasoning",
            "due_at",
            "paid_at",
            "reference",
        ]
        fields = ["id", "line", "order", "merchant", "channel", "state", *told, *WHEN]
        read_only_fields = told


class PriceClaimViewSet(RecordViewSet):
    """What buyers are owed for a fallen price; what is not granted stays with its reason."""

    http_method_names = NO_CHANGE
    queryset = PriceClaim.objects.select_related("line__order")
    serializer_class = PriceClaimSerializer
    filterset_class = PriceClaimFilter
    ordering_fields = ["applied_at", "due_at", "updated_at"]
    verbs = [
        Verb("pay", price_claims.pay, ReferenceInput),
        Verb("work_out", price_claims.work_out_anew),
        Verb("cancel", price_claims.cancel, ReasonInput),
    ]

    def add(self, values):
        return price_claims.apply(**values, by=self.request.user, at=clock.now())
