"""Repairs, who does them, and the terms of the three guarantees, as programs see them."""

from rest_framework import serializers

from aftersales.actions import guarantee as guarantees
from aftersales.actions import repair as repairs
from aftersales.actions import repair_provider as providers
from aftersales.api.return_request import APPEND_ONLY, WHEN, words, yuan
from aftersales.filters.return_request import (
    GuaranteeTermFilter,
    RepairFilter,
    RepairProviderFilter,
)
from aftersales.models import (
    Delay,
    GuaranteeTerm,
    Repair,
    RepairProvider,
)
from mcn.kit import clock
from mcn.kit.api.serializers import NoteInput, ReasonInput, RecordSerializer, VisibleRelatedField
from mcn.kit.api.viewsets import RecordViewSet, Verb


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
