"""Returns, repairs, repairers and the catalogue of three guarantees for programs."""

from rest_framework import serializers

from aftersales.actions import guarantee as guarantees
from aftersales.actions import repair as repairs
from aftersales.actions import repair_provider as providers
from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.filters.returns import (
    GuaranteeTermFilter,
    RepairFilter,
    RepairProviderFilter,
    ReturnRequestFilter,
)
from aftersales.models import (
    Delay,
    GuaranteeTerm,
    Repair,
    RepairProvider,
    ReturnDispute,
    ReturnEvidence,
    ReturnRequest,
)
from mcn.kit import clock
from mcn.kit.api.serializers import NoteInput, ReasonInput, RecordSerializer, VisibleRelatedField
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


class RepairSerializer(RecordSerializer):
    """The record of a repair."""

    class Meta:
        model = Repair
        fields = [
            "id",
            "code",
            "line",
            "order",
            "merchant",
            "provider",
            "fault",
            "state",
            "misuse",
            "found",
            "free",
            "price",
            "asked_at",
            "taken_in_on",
            "delay_cause",
            "delay_note",
            "delay_noted_on",
            "finished_on",
            "outcome",
            "work_done",
            "handed_back_on",
            "entitlement",
            *WHEN,
        ]
        read_only_fields = [name for name in fields if name not in ("line", "fault")]


class TakeInInput(NoteInput):
    """Which repairer has the goods, and what was found."""

    provider = VisibleRelatedField(queryset=RepairProvider.objects.all())
    found = words(required=False)
    misuse = serializers.BooleanField(required=False)
    price = yuan()


class DelayInput(NoteInput):
    """Why a repair takes long."""

    cause = serializers.ChoiceField(choices=Delay.choices)
    words = words()


class FinishInput(NoteInput):
    """How a repair ended."""

    outcome = serializers.ChoiceField(choices=Repair.Outcome.choices)
    work_done = words()


class RepairViewSet(RecordViewSet):
    """Repairs and their records, by which an exchange can be claimed."""

    http_method_names = APPEND_ONLY
    queryset = Repair.objects.select_related("order", "line", "merchant", "provider")
    serializer_class = RepairSerializer
    filterset_class = RepairFilter
    ordering_fields = ["asked_at", "updated_at"]
    verbs = [
        Verb("take_in", repairs.take_in, TakeInInput),
        Verb("delay", repairs.delay, DelayInput),
        Verb("finish", repairs.finish, FinishInput),
        Verb("hand_back", repairs.hand_back),
        Verb("cancel", repairs.cancel, ReasonInput),
    ]

    def add(self, values):
        repair = Repair(**values)
        repair.order, repair.merchant = repair.line.order, repair.line.order.merchant
        return repairs.ask(repair, by=self.request.user, at=clock.now())


class RepairProviderSerializer(RecordSerializer):
    """A repairer and how far its admission is."""

    class Meta:
        model = RepairProvider
        fields = [
            "id",
            "name",
            "kind",
            "merchant",
            "covers",
            "region",
            "address",
            "phone",
            "hours",
            "qualification",
            "qualified_to",
            "skill",
            "norms",
            "state",
            "assessment",
            "assessed_at",
            *WHEN,
        ]
        read_only_fields = ["assessment", "assessed_at"]


class AssessmentInput(NoteInput):
    """What was seen of a repairer."""

    assessment = words()


class RepairProviderViewSet(RecordViewSet):
    """Who repairs, admitted after an assessment."""

    queryset = RepairProvider.objects.select_related("merchant")
    serializer_class = RepairProviderSerializer
    filterset_class = RepairProviderFilter
    ordering_fields = ["updated_at"]
    verbs = [
        Verb("admit", providers.admit, AssessmentInput),
        Verb("refuse", providers.refuse, ReasonInput),
        Verb("resubmit", providers.resubmit),
        Verb("suspend", providers.suspend, ReasonInput),
    ]

    def add(self, values):
        return providers.put_forward(RepairProvider(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return providers.change(obj, by=self.request.user, at=clock.now())


class GuaranteeTermSerializer(RecordSerializer):
    """A line of the catalogue, with the day from which it holds."""

    class Meta:
        model = GuaranteeTerm
        fields = [
            "id",
            "category",
            "valid_from",
            "months",
            "part_months",
            "main_parts",
            "return_days",
            "exchange_days",
            "repairs",
            "parts_days",
            "repairer_days",
            "depreciation",
            "perishable",
            "claim_days",
            "covers",
            "special",
            "service",
            "source",
            *WHEN,
        ]


class GuaranteeTermViewSet(RecordViewSet):
    """The catalogue of three guarantees."""

    queryset = GuaranteeTerm.objects.select_related("category")
    serializer_class = GuaranteeTermSerializer
    filterset_class = GuaranteeTermFilter
    ordering_fields = ["valid_from"]

    def add(self, values):
        return guarantees.set_terms(GuaranteeTerm(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return guarantees.set_terms(obj, by=self.request.user, at=clock.now())
