"""Merchants and what belongs to them, as the API shows and takes them."""

from rest_framework import serializers

from mcn.kit.api.serializers import ChildSerializer, RecordSerializer
from merchants.models import (
    Agreement,
    BusinessLine,
    Category,
    CategoryRequirement,
    Contact,
    CredentialKind,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)

WHEN = ["created_at", "updated_at"]
PAPER_FIELDS = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term"]
CONTACT_FIELDS = ["duty", "name", "position", "phone", "email"]


class ContactChildSerializer(ChildSerializer):
    class Meta:
        model = Contact
        fields = ["id", *CONTACT_FIELDS]
        only = {"ended_on": None}


class BusinessLineChildSerializer(ChildSerializer):
    category_name = serializers.CharField(source="category.full_name", read_only=True)

    class Meta:
        model = BusinessLine
        fields = ["id", "category", "category_name"]
        only = {"ended_on": None}


class MerchantCredentialChildSerializer(ChildSerializer):
    kind_name = serializers.CharField(source="kind.name", read_only=True)

    class Meta:
        model = MerchantCredential
        fields = ["id", "kind_name", *PAPER_FIELDS]
        only = {"ended_on": None}


class AgreementChildSerializer(ChildSerializer):
    class Meta:
        model = Agreement
        fields = ["id", "kind", "number", "state", "valid_from", "valid_to"]


class MerchantSerializer(RecordSerializer):
    contacts = ContactChildSerializer(many=True, read_only=True)
    business_lines = BusinessLineChildSerializer(many=True, read_only=True)
    credentials = MerchantCredentialChildSerializer(many=True, read_only=True)
    agreements = AgreementChildSerializer(many=True, read_only=True)

    class Meta:
        model = Merchant
        fields = [
            "id",
            "code",
            "kind",
            "name",
            "short_name",
            "uscc",
            "id_number",
            "legal_representative",
            "phone",
            "region",
            "address",
            "state",
            "submitted_at",
            "admitted_on",
            "exited_on",
            "comment",
            *WHEN,
            "contacts",
            "business_lines",
            "credentials",
            "agreements",
        ]
        read_only_fields = ["code", "submitted_at", "admitted_on", "exited_on", "comment"]


class ContactSerializer(RecordSerializer):
    class Meta:
        model = Contact
        fields = ["id", "merchant", *CONTACT_FIELDS, "ended_on", *WHEN]
        read_only_fields = ["ended_on"]
        fixed = ["merchant"]


class BusinessLineSerializer(RecordSerializer):
    class Meta:
        model = BusinessLine
        fields = ["id", "merchant", "category", "ended_on", *WHEN]
        read_only_fields = ["ended_on"]


class MerchantCredentialSerializer(RecordSerializer):
    """A paper; its file is sent along as multipart form data."""

    file = serializers.FileField(write_only=True, required=False, allow_empty_file=True)

    class Meta:
        model = MerchantCredential
        fields = ["id", "merchant", *PAPER_FIELDS, "file", "file_sha256", "ended_on", *WHEN]
        read_only_fields = ["file_sha256", "ended_on"]
        fixed = ["merchant"]


class MerchantVerificationSerializer(RecordSerializer):
    class Meta:
        model = MerchantVerification
        fields = [
            "id",
            "merchant",
            "item",
            "outcome",
            "method",
            "note",
            "verified_on",
            "next_due_on",
            "superseded_at",
            "created_at",
        ]
        read_only_fields = fields


class AgreementSerializer(RecordSerializer):
    class Meta:
        model = Agreement
        fields = [
            "id",
            "merchant",
            "kind",
            "number",
            "agency_party",
            "merchant_party",
            "valid_from",
            "valid_to",
            "wording",
            "as_advertiser",
            "as_publisher",
            "on_delivery",
            "on_attendance",
            "on_lawful_trade",
            "state",
            "signed_on",
            "ended_on",
            *WHEN,
        ]
        read_only_fields = ["signed_on", "ended_on"]
        fixed = ["merchant"]


class MerchantHoldSerializer(RecordSerializer):
    class Meta:
        model = MerchantHold
        fields = [
            "id",
            "merchant",
            "kind",
            "state",
            "clause",
            "reason",
            "valid_from",
            "valid_to",
            "appeal",
            "answer",
            *WHEN,
        ]
        read_only_fields = fields


class RequirementChildSerializer(ChildSerializer):
    code = serializers.CharField(source="kind.code", read_only=True)
    name = serializers.CharField(source="kind.name", read_only=True)
    holder = serializers.CharField(source="kind.holder", read_only=True)

    class Meta:
        model = CategoryRequirement
        fields = ["id", "kind", "code", "name", "holder"]
        only = {"ended_on": None}


class CategorySerializer(RecordSerializer):
    requirements = RequirementChildSerializer(many=True, read_only=True)

    class Meta:
        model = Category
        fields = [
            "id",
            "code",
            "parent",
            "name",
            "full_name",
            "regime",
            "streamer_qualification",
            "seven_day_return",
            "price_protection_days",
            "three_guarantees",
            "contact_rate",
            "claim_regime",
            "note",
            "source",
            "requirements",
        ]
        read_only_fields = fields


class CredentialKindSerializer(RecordSerializer):
    class Meta:
        model = CredentialKind
        fields = ["id", "code", "holder", "name", "issuer", "number_hint", "long_term_possible", "source"]
        read_only_fields = fields
