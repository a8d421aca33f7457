"""Returns, repairs, repairers and the catalogue of three guarantees for programs."""

from rest_framework import serializers

from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.filters.return_request import (
    ReturnRequestFilter,
)
from aftersales.models import (
    ReturnDispute,
    ReturnEvidence,
    ReturnRequest,
)
from mcn.kit import clock
from mcn.kit.api.serializers import NoteInput, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb

APPEND_ONLY = ["get", "post", "head", "options"]
WHEN = ["created_at", "updated_at"]
MOST_WORDS = 2_000


def words(**options):
    return serializers.CharField(max_length=MOST_WORDS, **options)


def yuan():
    return serializers.DecimalField(max_digits=12, decimal_places=2, required=False, allow_null=True)


class ReturnRequestSerializer(RecordSerializer):
    """A request; sent for goods of an order, what the law gives follows, and unshipped goods are refunded."""

    class Meta:
        model = ReturnRequest
        read_only_fields = [
            field.name
            for field in ReturnRequest._meta.concrete_fields
            if not field.editable and field.name not in ("version", "created_at")
        ]
        fields = [
            "id",
            "line",
            "kind",
            "reason",
            "words",
            "quantity",
            "amount",
            "intact",
            "wanted",
            *(name for name in read_only_fields if name != "state"),
            "state",
            "order",
            *WHEN,
        ]
        read_only_fields = [*read_only_fields, "order"]
        extra_kwargs = {"amount": {"required": False}}


class ApprovalInput(NoteInput):
    """How and where to the goods go back."""

    way = serializers.ChoiceField(choices=ReturnRequest.Way.choices, required=False)
    return_to = serializers.CharField(max_length=300, required=False)
    pickup_on = serializers.DateField(required=False, allow_null=True)
    insured = yuan()


class SendingInput(NoteInput):
    """Which parcel the goods travel in."""

    carrier = serializers.CharField(max_length=60, required=False)
    parcel = serializers.CharField(max_length=60, required=False)
    insured = yuan()


class ArrivalInput(NoteInput):
    """In what condition the goods came."""

    condition = words()


class RefundInput(NoteInput):
    """How much goes back, by which payment."""

    amount = yuan()
    reference = serializers.CharField(max_length=80, required=False)


class ReplacementInput(NoteInput):
    """Which parcel the new goods travel in."""

    parcel = serializers.CharField(max_length=80)


class FactsInput(ReasonInput):
    """What was found out about the goods and the order."""

    confirmed = serializers.BooleanField()
    intact = serializers.BooleanField()
    misuse = serializers.BooleanField()
    same_model = serializers.BooleanField()


class DisputeInput(NoteInput):
    """What is disputed, by whom."""

    side = serializers.ChoiceField(choices=ReturnEvidence.Side.choices)
    subject = serializers.ChoiceField(choices=ReturnDispute.Subject.choices)
    words = words()


class JudgementInput(NoteInput):
    """On what a dispute is decided."""

    basis = words()
    panel = serializers.CharField(max_length=200, required=False)


class ReturnRequestViewSet(RecordViewSet):
    """Returns, exchanges and refunds that buyers ask for."""

    http_method_names = APPEND_ONLY
    queryset = ReturnRequest.objects.select_related("order", "line", "merchant", "wanted")
    serializer_class = ReturnRequestSerializer
    filterset_class = ReturnRequestFilter
    ordering_fields = ["asked_at", "updated_at"]
    verbs = [
        Verb("approve", returns.approve, ApprovalInput),
        Verb("refuse", returns.refuse, ReasonInput),
        Verb("dispatch_back", returns.send, SendingInput),
        Verb("arrive", returns.arrive, ArrivalInput),
        Verb("refund", returns.refund, RefundInput),
        Verb("advance", returns.advance),
        Verb("replace", returns.replace, ReplacementInput),
        Verb("weigh", returns.weigh, FactsInput),
        Verb("dispute", disputes.dispute, DisputeInput),
        Verb("award", disputes.award, JudgementInput),
        Verb("dismiss", disputes.dismiss, JudgementInput),
        Verb("cancel", returns.cancel),
    ]

    def add(self, values):
        request = ReturnRequest(**values, channel=ReturnRequest.Channel.API)
        request.order, request.merchant = request.line.order, request.line.order.merchant
        return returns.ask(request, by=self.request.user, at=clock.now())
