"""Streamers' contracts: drafted here, looked through for promises, kept with the signed file."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from mcn.claims.promises import marked
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from streamers.actions import contract as contract_actions
from streamers.admin.credential import FilesMixin
from streamers.admin.expiry import ExpiryFilter
from streamers.models import Contract
from streamers.rules.contract import SIGNING, promises_in


class SignContractForm(forms.Form):
    """The signed contract."""

    file = file_field(label=_("signed file"))
    signed_on = forms.DateField(label=_("signed on"), widget=UnfoldAdminSingleDateWidget)


class SuccessorForm(forms.Form):
    """The contract that takes this one's place."""

    successor = forms.ModelChoiceField(
        Contract.objects.none(), label=_("contract that takes its place"), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        signed = Contract.objects.filter(streamer_id=row.streamer_id, state=Contract.State.SIGNED)
        self.fields["successor"].queryset = signed.exclude(pk=row.pk)


def with_marks(text, hits):
    """A text as HTML with its promises marked."""
    pieces = marked(text, hits)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if hit else piece,) for piece, hit in pieces)
    )


@admin.register(Contract)
class ContractAdmin(FilesMixin, RecordAdmin):
    """A text that promises results is marked, and cannot be signed until the promise is struck out."""

    rulebook = SIGNING
    list_display = ["number", "kind", "streamer", "state", "valid_from", "valid_to", "signed_on"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ExpiryFilter,
        ("valid_to", RangeDateFilter),
    ]
    list_select_related = ["streamer"]
    search_fields = ["number"]
    autocomplete_fields = ["streamer", "renews"]
    fields = [
        "streamer",
        ("kind", "number"),
        "renews",
        ("agency_party", "streamer_party"),
        ("valid_from", "valid_to"),
        "obligations",
        "wording",
        "found",
        "files",
        "state",
        ("signed_on", "ended_on"),
    ]
    readonly_fields = ["found", "files", "signed_on", "ended_on"]
    editable_states = [Contract.State.DRAFT]
    verbs = [
        Verb("sign", contract_actions.sign, _("Record the signature"), SignContractForm),
        Verb(
            "supersede",
            contract_actions.supersede,
            _("Put another in its place"),
            SuccessorForm,
            about_row=True,
        ),
        Verb("end", contract_actions.end, _("End"), danger=True),
    ]

    @admin.display(description=_("promises of results"))
    def found(self, contract):
        """Each text that holds a promise, with the promise marked where it stands."""
        label = Contract._meta.get_field
        blocks = [
            (label(name).verbose_name, with_marks(getattr(contract, name), hits))
            for name, hits in promises_in(contract)
        ]
        return format_html_join("", "<p><b>{}</b></p><p>{}</p>", blocks) if blocks else _("nothing found")

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else self.fields[:7]

    def save_model(self, request, obj, form, change):
        verb = contract_actions.change if change else contract_actions.add
        verb(obj, by=request.user, at=clock.now())
