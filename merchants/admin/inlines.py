"""What belongs to a merchant, on its page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mcn.kit.admin import RecordTabularInline
from merchants.models import (
    Agreement,
    BusinessLine,
    Contact,
    Membership,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)


class ContactInline(RecordTabularInline):
    """Whom to call; phone numbers are masked."""

    model = Contact
    fields = ["duty", "name", "position", "phone", "email"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(ended_on=None)


class BusinessLineInline(RecordTabularInline):
    """In what it deals; added here, given up on the line's own page."""

    model = BusinessLine
    fields = ["category"]
    autocomplete_fields = ["category"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(ended_on=None).select_related("category")

    def has_change_permission(self, request, obj=None):
        return False


class ReadInline(RecordTabularInline):
    """Rows that are made by verbs or on their own page."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class CredentialInline(ReadInline):
    """Its papers."""

    model = MerchantCredential
    fields = ["kind", "number", "issuer", "valid_from", "valid_to", "long_term", "verified", "ended_on"]
    readonly_fields = ["verified"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kind")

    @admin.display(description=_("verified"), boolean=True)
    def verified(self, paper):
        return paper.is_verified


class VerificationInline(ReadInline):
    """What was verified, newest first."""

    model = MerchantVerification
    fields = [
        "item",
        "outcome",
        "method",
        "note",
        "verified_by",
        "verified_on",
        "next_due_on",
        "superseded_at",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("verified_by")


class AgreementInline(ReadInline):
    """What was agreed."""

    model = Agreement
    fields = ["kind", "number", "state", "valid_from", "valid_to", "signed_on"]


class HoldInline(ReadInline):
    """What stops it, or stopped it."""

    model = MerchantHold
    fields = ["kind", "state", "reason", "valid_from", "valid_to", "placed_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("placed_by")


class MembershipInline(ReadInline):
    """Who works for it."""

    model = Membership
    fields = ["user", "role", "started_on", "ended_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")
