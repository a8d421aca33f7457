"""What stands behind virtual streamers: profiles and the rights to their images."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin
from mcn.kit.forms import RecordForm
from streamers.actions import virtual as virtual_actions
from streamers.admin.credential import CredentialAdmin, FilesMixin
from streamers.admin.expiry import ExpiryFilter, UnverifiedFilter
from streamers.models import VirtualProfile, VirtualRight


@admin.register(VirtualProfile)
class VirtualProfileAdmin(FilesMixin, RecordAdmin):
    """The label on screen, the technician, and what the figure is made from."""

    list_display = [
        "streamer",
        "label",
        "technician",
        "technician_name",
        "likeness_of_a_person",
        "voice_of_a_person",
    ]
    list_select_related = ["streamer", "technician"]
    search_fields = ["label"]
    autocomplete_fields = ["streamer"]
    fields = [
        "streamer",
        "label",
        ("technician", "technician_name"),
        "equipment",
        ("likeness_of_a_person", "voice_of_a_person"),
    ]

    def save_model(self, request, obj, form, change):
        verb = virtual_actions.change if change else virtual_actions.add
        verb(obj, by=request.user, at=clock.now())


class VirtualRightForm(RecordForm):
    """A licence or proof with its file."""

    file = file_field(label=_("new file"), required=False)

    class Meta:
        model = VirtualRight
        fields = [
            "streamer",
            "basis",
            "holder",
            "number",
            "issuer",
            "scope",
            "valid_from",
            "valid_to",
            "long_term",
        ]


@admin.register(VirtualRight)
class VirtualRightAdmin(CredentialAdmin):
    """The rights to virtual streamers' images, with what runs out when."""

    form = VirtualRightForm
    list_display = [
        "number",
        "basis",
        "holder",
        "streamer",
        "valid_from",
        "valid_to",
        "long_term",
        "verified",
        "ended_on",
    ]
    list_filter = [
        ("basis", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ExpiryFilter,
        UnverifiedFilter,
        ("valid_to", RangeDateFilter),
    ]
    search_fields = ["number", "holder"]
    fields = [
        "streamer",
        ("basis", "holder"),
        ("number", "issuer"),
        "scope",
        ("valid_from", "valid_to"),
        "long_term",
        "file",
        "files",
        ("verified", "verified_by", "verified_on"),
        ("submitted_by", "ended_on"),
    ]
    readonly_fields = ["files", "verified", "verified_by", "verified_on", "submitted_by", "ended_on"]
