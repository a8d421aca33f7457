"""Agreements with merchants."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from merchants.actions import agreement as agreement_actions
from merchants.admin.expiry import ExpiryFilter
from merchants.admin.forms import SignForm
from merchants.models import Agreement
from merchants.rules.agreement import SIGNING


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Drafted here, signed on paper, kept with the file; promises are told above the form."""

    rulebook = SIGNING
    list_display = ["number", "kind", "merchant", "state", "valid_from", "valid_to", "signed_on"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ExpiryFilter,
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["merchant"]
    search_fields = ["number"]
    autocomplete_fields = ["merchant"]
    fields = [
        "merchant",
        ("kind", "number"),
        ("agency_party", "merchant_party"),
        ("valid_from", "valid_to"),
        "wording",
        ("as_advertiser", "as_publisher"),
        ("on_delivery", "on_attendance"),
        "on_lawful_trade",
        "files",
        "state",
        ("signed_on", "ended_on"),
    ]
    readonly_fields = ["files", "signed_on", "ended_on"]
    editable_states = [Agreement.State.DRAFT]
    verbs = [
        Verb("sign", agreement_actions.sign, _("Record the signature"), SignForm),
        Verb("end", agreement_actions.end, _("End"), danger=True),
    ]

    @admin.display(description=_("signed file"))
    def files(self, agreement):
        return file_links(agreement) or "-"

    def save_model(self, request, obj, form, change):
        verb = agreement_actions.change if change else agreement_actions.add
        verb(obj, by=request.user, at=clock.now())
