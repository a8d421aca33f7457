"""Service promises for programs: the catalogue, what merchants promise, audits, and broken ones."""

from rest_framework import serializers

from aftersales.actions import promise as promises
from aftersales.filters.promise import (
    BreachFilter,
    PromiseAuditFilter,
    PromiseKindFilter,
    ServicePromiseFilter,
)
from aftersales.models import Breach, PromiseAudit, PromiseKind, ServicePromise
from mcn.kit import clock
from mcn.kit.api.serializers import Input, NoteInput, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import ReadViewSet, RecordViewSet, Verb

WHEN = ["created_at", "updated_at"]
NO_CHANGE = ["get", "post", "head", "options"]
REVIEWED = ["hits", "submitted_at", "capacity", "opinion", "decided_at"]
SETTLED = [
    "code",
    "serious",
    "reported_at",
    "amount",
    "reasoning",
    "decided_at",
    "due_at",
    "compensated_at",
    "reference",
]


class PromiseKindSerializer(RecordSerializer):
    class Meta:
        model = PromiseKind
        fields = ["id", "code", "name", "by_law", "description", "basis", "asks_days", "ended_on"]
        read_only_fields = fields


class PromiseKindViewSet(ReadViewSet):
    """What can be promised, owed by law or given beyond it."""

    queryset = PromiseKind.objects.all()
    serializer_class = PromiseKindSerializer
    filterset_class = PromiseKindFilter
    ordering_fields = ["code"]


class ServicePromiseSerializer(RecordSerializer):
    """A promise of a merchant, with what the agency's review said of it."""

    class Meta:
        model = ServicePromise
        fields = [
            "id",
            "merchant",
            "kind",
            "product",
            "state",
            *ServicePromise.CONTENT,
            *REVIEWED,
            *WHEN,
        ]
        read_only_fields = REVIEWED
        fixed = ["merchant", "kind", "product"]


class ApprovalInput(Input):
    """Whether the merchant can keep it, and why we think so."""

    capacity = serializers.ChoiceField(choices=ServicePromise.Capacity.choices)
    opinion = serializers.CharField(max_length=2_000)


class AuditInput(ReasonInput):
    """How many cases were looked at and how many kept; a file that bears it out is sent as multipart."""

    sample = serializers.IntegerField(min_value=1)
    kept = serializers.IntegerField(min_value=0)
    file = serializers.FileField(required=False)


class ServicePromiseViewSet(RecordViewSet):
    """What merchants promise the buyers of their goods; a merchant writes and submits its own."""

    queryset = ServicePromise.objects.select_related("merchant", "kind", "product")
    serializer_class = ServicePromiseSerializer
    filterset_class = ServicePromiseFilter
    ordering_fields = ["valid_from", "submitted_at", "updated_at"]
    verbs = [
        Verb("submit", promises.submit),
        Verb("withdraw", promises.withdraw),
        Verb("approve", promises.approve, ApprovalInput),
        Verb("send_back", promises.send_back, ReasonInput),
        Verb("audit", promises.audit, AuditInput),
        Verb("suspend", promises.suspend, ReasonInput),
        Verb("resume", promises.resume, ReasonInput),
        Verb("end", promises.end),
    ]

    def add(self, values):
        return promises.add(ServicePromise(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        words = {name: value for name, value in values.items() if name in ServicePromise.CONTENT}
        return promises.save_draft(obj, words=words, by=self.request.user, at=clock.now())


class PromiseAuditSerializer(RecordSerializer):
    merchant = serializers.PrimaryKeyRelatedField(source="promise.merchant", read_only=True)

    class Meta:
        model = PromiseAudit
        fields = ["id", "promise", "merchant", "sample", "kept", "outcome", "note", "audited_at", *WHEN]
        read_only_fields = fields


class PromiseAuditViewSet(ReadViewSet):
    """That somebody looked whether promises are kept; made by the verb ``audit`` of a promise."""

    queryset = PromiseAudit.objects.select_related("promise")
    serializer_class = PromiseAuditSerializer
    filterset_class = PromiseAuditFilter
    ordering_fields = ["audited_at"]


class BreachSerializer(RecordSerializer):
    """A broken promise, with what is owed and how that follows from its terms."""

    merchant = serializers.PrimaryKeyRelatedField(source="promise.merchant", read_only=True)

    class Meta:
        model = Breach
        fields = ["id", "promise", "merchant", "order", "source", "text", "state", *SETTLED, *WHEN]
        read_only_fields = SETTLED


class ConfirmInput(NoteInput):
    """What is owed where the promise has no terms in money, and whether it was serious."""

    amount = serializers.DecimalField(max_digits=12, decimal_places=2, required=False, allow_null=True)
    serious = serializers.BooleanField(required=False)


class ReferenceInput(NoteInput):
    """By which payment or parcel it was settled."""

    reference = serializers.CharField(max_length=200)


class BreachViewSet(RecordViewSet):
    """Broken promises, from the report to the compensation."""

    http_method_names = NO_CHANGE
    queryset = Breach.objects.select_related("promise__merchant", "promise__kind", "order")
    serializer_class = BreachSerializer
    filterset_class = BreachFilter
    ordering_fields = ["reported_at", "due_at", "updated_at"]
    verbs = [
        Verb("confirm", promises.confirm, ConfirmInput),
        Verb("dismiss", promises.dismiss, ReasonInput),
        Verb("compensate", promises.compensate, ReferenceInput),
    ]

    def add(self, values):
        return promises.report(Breach(**values), by=self.request.user, at=clock.now())
