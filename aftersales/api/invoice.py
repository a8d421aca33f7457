"""Invoices for programs: asked for, told to the tax system, issued, sent, red-lettered."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from aftersales.actions import invoice as invoices
from aftersales.api.promise import NO_CHANGE, WHEN
from aftersales.filters.promise import InvoiceFilter
from aftersales.models import Invoice
from mcn.kit import clock
from mcn.kit.api.serializers import Input, NoteInput, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb

COURSE = [
    "code",
    "amount",
    "requested_at",
    "due_at",
    "number",
    "issued_on",
    "way",
    "sent_to",
    "sent_at",
    "returned_at",
    "red_number",
    "red_on",
    "red_reason",
    "replaces",
]


class InvoiceSerializer(RecordSerializer):
    """An invoice; whom it is made out to goes out masked."""

    merchant = serializers.PrimaryKeyRelatedField(source="order.merchant", read_only=True)

    class Meta:
        model = Invoice
        fields = [
            "id",
            "order",
            "merchant",
            "kind",
            "buyer",
            "title",
            "tax_number",
            "email",
            "further",
            "state",
            *COURSE,
            *WHEN,
        ]
        read_only_fields = COURSE


class IssueInput(NoteInput):
    """The invoice as the tax system gave it; its file is sent along as multipart form data."""

    number = serializers.CharField(max_length=40)
    issued_on = serializers.DateField()
    file = serializers.FileField(required=False)


class SendInput(NoteInput):
    """How it goes to the buyer, with its file where it was issued without."""

    way = serializers.ChoiceField(choices=Invoice.Way.choices)
    sent_to = serializers.CharField(max_length=100, required=False, allow_blank=True)
    file = serializers.FileField(required=False)


class RedInput(Input):
    """The red letter, and what of the order stays invoiced."""

    number = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=200)
    red_on = serializers.DateField(required=False, allow_null=True)
    keep = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )


class ParticularsSerializer(serializers.Serializer):
    """Whom an invoice is to be made out to, in clear."""

    buyer = serializers.CharField()
    tax_number = serializers.CharField()
    title = serializers.CharField()
    email = serializers.CharField()
    further = serializers.CharField()


class InvoiceViewSet(RecordViewSet):
    """Invoices from the request to the red letter; a merchant issues those of its own orders."""

    http_method_names = NO_CHANGE
    queryset = Invoice.objects.select_related("order")
    serializer_class = InvoiceSerializer
    filterset_class = InvoiceFilter
    ordering_fields = ["requested_at", "due_at", "updated_at"]
    verbs = [
        Verb("issue", invoices.issue, IssueInput),
        Verb("send", invoices.send, SendInput),
        Verb("red_letter", invoices.red_letter, RedInput),
        Verb("cancel", invoices.cancel, ReasonInput),
    ]

    def add(self, values):
        return invoices.request(Invoice(**values), by=self.request.user, at=clock.now())

    @extend_schema(request=None, responses=ParticularsSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def particulars(self, request, *args, **kwargs):
        """Whom to make the invoice out to, in clear, while it is to be issued; the trail keeps who asked."""
        told = invoices.particulars(self.get_object(), by=request.user, at=clock.now())
        return Response(ParticularsSerializer(told).data)
