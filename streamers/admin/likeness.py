"""The real people behind virtual streamers."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSingleDateWidget

from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from streamers.actions import likeness as likeness_actions
from streamers.admin.credential import FilesMixin
from streamers.admin.expiry import ExpiryFilter
from streamers.models import LikenessConsent


class GiveForm(forms.Form):
    """The signed consent and its span."""

    file = file_field(label=_("signed file"))
    valid_from = forms.DateField(label=_("valid from"), widget=UnfoldAdminSingleDateWidget)
    valid_to = forms.DateField(
        label=_("valid to"), widget=UnfoldAdminSingleDateWidget, help_text=_("Inclusive.")
    )


@admin.register(LikenessConsent)
class LikenessConsentAdmin(FilesMixin, RecordAdmin):
    """Whose likeness or voice is used, and whether they agree."""

    list_display = ["streamer", "kind", "masked_owner_name", "state", "valid_from", "valid_to", "revoked_on"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ExpiryFilter,
    ]
    list_select_related = ["streamer"]
    autocomplete_fields = ["streamer"]
    fields = [
        ("streamer", "kind"),
        ("owner_name", "owner_id_number"),
        "scope",
        "files",
        ("state", "revoked_on"),
        ("valid_from", "valid_to"),
    ]
    readonly_fields = ["files", "revoked_on", "valid_from", "valid_to"]
    verbs = [
        Verb("give", likeness_actions.give, _("Record the consent"), GiveForm),
        Verb("revoke", likeness_actions.revoke, _("Record the revocation"), ReasonForm, danger=True),
        Verb("drop", likeness_actions.drop, _("No longer used"), ReasonForm),
    ]

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.fields[:3]

    def save_model(self, request, obj, form, change):
        likeness_actions.add(obj, by=request.user, at=clock.now())
