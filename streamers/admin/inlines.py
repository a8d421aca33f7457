"""What belongs to a streamer, on their page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mcn.evidence.admin import PersonalFilesMixin, file_links
from mcn.kit.admin import RecordTabularInline
from streamers.models import (
    CapacityRecord,
    Consent,
    Contract,
    IdentityPaper,
    PlatformAccount,
    StreamerHold,
    StreamerVerification,
)


class AccountInline(RecordTabularInline):
    """The accounts on platforms; one that was given up stands on its own page."""

    model = PlatformAccount
    fields = ["platform", "account", "followers", "real_name_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(ended_on=None).select_related("platform")


class ReadInline(RecordTabularInline):
    """Rows that are made by verbs or on their own page."""

    related: list = []

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.related)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class IdentityPaperInline(PersonalFilesMixin, ReadInline):
    """The pictures of the identity papers."""

    model = IdentityPaper
    fields = ["kind", "received_at", "files"]
    readonly_fields = ["files"]
    related = ["document"]

    @admin.display(description=_("files"))
    def files(self, paper):
        return file_links(paper) or "-"


class VerificationInline(ReadInline):
    """What was verified, newest first."""

    model = StreamerVerification
    fields = ["item", "outcome", "method", "note", "provider", "verified_by", "verified_on", "next_due_on"]
    fields += ["superseded_at"]
    related = ["verified_by"]


class ConsentInline(ReadInline):
    """The guardians' consents; nothing of the guardian but the relation."""

    model = Consent
    fields = ["relation", "state", "valid_from", "valid_to", "signed_at", "revoked_at"]


class CapacityInline(ReadInline):
    """The records of civil capacity."""

    model = CapacityRecord
    fields = ["valid_from", "valid_to", "assessed_by", "ended_on"]
    related = ["assessed_by"]


class ContractInline(ReadInline):
    """What was agreed."""

    model = Contract
    template_before = "streamers/admin/add_contract.html"
    fields = ["kind", "number", "state", "valid_from", "valid_to", "signed_on"]


class HoldInline(ReadInline):
    """What stops the streamer, or stopped them."""

    model = StreamerHold
    fields = ["kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    related = ["placed_by"]
