"""Products and their parts as the API shows and takes them."""

from rest_framework import serializers

from mcn.kit.api.schema import FindingSerializer
from mcn.kit.api.serializers import ChildSerializer, Input, RecordSerializer
from mcn.kit.moves import may
from products.actions.verification import Answer
from products.models import (
    PriceRecord,
    Product,
    ProductCredential,
    ProductHold,
    ProductVerification,
    Sample,
    Sku,
)

SKU_FIELDS = [
    "id",
    "code",
    "specification",
    "gtin",
    "price",
    "list_price",
    "cost_price",
    "stock",
    "on_sale",
    "lowest_before",
]


class CostMixin:
    """The cost price is shown to the merchant itself and to staff who may see it."""

    def to_representation(self, instance):
        data = super().to_representation(instance)
        if not may(self.context["request"].user, "cost", instance.product):
            data.pop("cost_price")
        return data


class SkuChildSerializer(CostMixin, ChildSerializer):
    class Meta:
        model = Sku
        fields = SKU_FIELDS


class VerificationChildSerializer(ChildSerializer):
    class Meta:
        model = ProductVerification
        fields = ["id", "item", "outcome", "verified_on", "next_due_on", "stale_at"]
        only = {"superseded_at": None}


class CredentialChildSerializer(ChildSerializer):
    kind_name = serializers.CharField(source="kind.name", read_only=True)

    class Meta:
        model = ProductCredential
        fields = ["id", "kind", "kind_name", "number", "issuer", "valid_from", "valid_to", "long_term"]
        only = {"ended_on": None}


class ProductSerializer(RecordSerializer):
    skus = SkuChildSerializer(many=True, read_only=True)
    verifications = VerificationChildSerializer(many=True, read_only=True)
    credentials = CredentialChildSerializer(many=True, read_only=True)

    class Meta:
        model = Product
        fields = [
            "id",
            "merchant",
            "code",
            "name",
            "category",
            "category_text",
            "brand",
            "unit",
            "packaging",
            "origin",
            "producer",
            "producer_address",
            "performance",
            "uses",
            "specification",
            "ingredients",
            "shelf_life_days",
            "validity_term",
            "service_promises",
            "standard",
            "marks",
            "net_content",
            "intellectual_property",
            "traceability",
            "list_price_basis",
            "extra",
            "state",
            "submitted_at",
            "decision_note",
            "price_from",
            "barcodes",
            "created_at",
            "updated_at",
            "skus",
            "verifications",
            "credentials",
        ]


class SkuSerializer(CostMixin, RecordSerializer):
    class Meta:
        model = Sku
        fields = ["id", "product", *SKU_FIELDS[1:], "created_at", "updated_at"]


class PriceRecordSerializer(RecordSerializer):
    class Meta:
        model = PriceRecord
        fields = ["id", "sku", "kind", "price", "from_at"]
        read_only_fields = fields


class ProductCredentialSerializer(RecordSerializer):
    """A paper; its file is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = ProductCredential
        fields = [
            "id",
            "product",
            "kind",
            "number",
            "issuer",
            "valid_from",
            "valid_to",
            "long_term",
            "file",
            "file_sha256",
            "ended_on",
            "created_at",
            "updated_at",
        ]


class ProductVerificationSerializer(RecordSerializer):
    class Meta:
        model = ProductVerification
        fields = [
            "id",
            "product",
            "item",
            "outcome",
            "method",
            "note",
            "verified_on",
            "next_due_on",
            "superseded_at",
            "stale_at",
            "created_at",
        ]
        read_only_fields = fields


class SampleSerializer(RecordSerializer):
    class Meta:
        model = Sample
        fields = [
            "id",
            "product",
            "sku",
            "quantity",
            "batch",
            "received_on",
            "tried_by",
            "tried_on",
            "impression",
            "same_as_sold",
            "returned_on",
            "state",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["tried_by", "tried_on", "impression", "same_as_sold", "returned_on"]


class ProductHoldSerializer(RecordSerializer):
    class Meta:
        model = ProductHold
        fields = [
            "id",
            "product",
            "kind",
            "state",
            "clause",
            "reason",
            "valid_from",
            "valid_to",
            "appeal",
            "answer",
            "created_at",
        ]
        read_only_fields = fields


class AnswerInput(Input):
    """What a reviewer says of one item."""

    item = serializers.ChoiceField(choices=ProductVerification.Item.choices)
    outcome = serializers.ChoiceField(choices=ProductVerification.Outcome.choices)
    method = serializers.ChoiceField(choices=ProductVerification.Method.choices, default="document")
    note = serializers.CharField(required=False, allow_blank=True, max_length=2_000, default="")

    def to_internal_value(self, data):
        return Answer(**super().to_internal_value(data))


class VerifyInput(Input):
    """Answers on items."""

    answers = AnswerInput(many=True)


class TrialInput(Input):
    """How a sample was tried."""

    tried_by = serializers.CharField(max_length=60)
    impression = serializers.CharField(max_length=2_000)
    same_as_sold = serializers.BooleanField()
    tried_on = serializers.DateField(required=False)


class HoldInput(Input):
    """Why a product is stopped, and for how long."""

    reason = serializers.CharField(max_length=2_000)
    valid_from = serializers.DateField(required=False)
    valid_to = serializers.DateField(required=False, allow_null=True)


class BlacklistInput(Input):
    """Why a product is blacklisted."""

    reason = serializers.CharField(max_length=2_000)


class AppealInput(Input):
    """What the merchant says against a hold."""

    appeal = serializers.CharField(max_length=2_000)


class BlockersSerializer(serializers.Serializer):
    """What stands between a product and its listing on a day."""

    on = serializers.DateField()
    blocked = serializers.BooleanField()
    findings = FindingSerializer(many=True)
