"""Designs of virtual streamers, approved before they are used."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.forms import RecordForm
from streamers.actions import design as design_actions
from streamers.admin.credential import FilesMixin
from streamers.models import Design


class DesignForm(RecordForm):
    """A design with its file."""

    file = file_field(label=_("file"), required=False)

    class Meta:
        model = Design
        fields = ["streamer", "part", "title", "description"]


@admin.register(Design)
class DesignAdmin(FilesMixin, RecordAdmin):
    """Handed in by one, approved by another."""

    form = DesignForm
    list_display = ["title", "part", "streamer", "state", "made_by", "decided_by", "decided_on"]
    list_filter = [
        ("part", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
    ]
    list_select_related = ["streamer", "made_by", "decided_by"]
    search_fields = ["title"]
    autocomplete_fields = ["streamer"]
    fields = [
        "streamer",
        ("part", "title"),
        "description",
        "file",
        "files",
        ("state", "made_by"),
        ("decided_by", "decided_on"),
        "comment",
    ]
    readonly_fields = ["files", "made_by", "decided_by", "decided_on", "comment"]
    verbs = [
        Verb("approve", design_actions.approve, _("Approve")),
        Verb("refuse", design_actions.refuse, _("Refuse"), ReasonForm),
        Verb("retire", design_actions.retire, _("No longer used"), danger=True),
    ]

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return [name for name in self.fields if name != "file"] if obj else self.fields[:4]

    def save_model(self, request, obj, form, change):
        design_actions.add(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
