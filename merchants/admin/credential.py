"""Merchants' papers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter, RelatedDropdownFilter

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from merchants.actions import credential as credential_actions
from merchants.admin.expiry import ExpiryFilter
from merchants.admin.forms import CredentialForm
from merchants.models import MerchantCredential


@admin.register(MerchantCredential)
class MerchantCredentialAdmin(RecordAdmin):
    """Licences and permits, with what runs out when."""

    form = CredentialForm
    list_display = [
        "kind",
        "number",
        "merchant",
        "valid_from",
        "valid_to",
        "long_term",
        "verified",
        "ended_on",
    ]
    list_display_links = ["kind", "number"]
    list_filter = [
        ("kind", RelatedDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ExpiryFilter,
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["kind", "merchant"]
    search_fields = ["number"]
    autocomplete_fields = ["merchant"]
    fields = [
        "merchant",
        "kind",
        "number",
        "issuer",
        ("valid_from", "valid_to"),
        "long_term",
        "file",
        "files",
        ("verified", "ended_on"),
    ]
    readonly_fields = ["files", "verified", "ended_on"]
    verbs = [Verb("withdraw", credential_actions.withdraw, _("Withdraw"), danger=True)]

    @admin.display(description=_("files"))
    def files(self, paper):
        return file_links(paper) or "-"

    @admin.display(description=_("verified"), boolean=True)
    def verified(self, paper):
        return paper.is_verified

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return (
            fields
            if self.has_change_permission(request, obj)
            else [name for name in fields if name != "file"]
        )

    def save_model(self, request, obj, form, change):
        verb = credential_actions.change if change else credential_actions.add
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
