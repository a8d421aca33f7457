"""Holds on streamers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from merchants.admin.credential import file_links
from merchants.admin.forms import AppealForm
from merchants.admin.hold import StandingFilter
from streamers.actions import hold as hold_actions
from streamers.models import StreamerHold


@admin.register(StreamerHold)
class StreamerHoldAdmin(RecordAdmin):
    """Placed on the streamer's page; appeals are heard and holds are lifted here."""

    list_display = ["streamer", "kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        StandingFilter,
    ]
    list_select_related = ["streamer", "placed_by"]
    fields = [
        "streamer",
        ("kind", "state"),
        "clause",
        "reason",
        "files",
        ("valid_from", "valid_to"),
        "placed_by",
        "appeal",
        "answer",
    ]
    readonly_fields = ["files"]
    verbs = [
        Verb("appeal", hold_actions.appeal, _("Record an appeal"), AppealForm),
        Verb("uphold", hold_actions.uphold, _("Turn the appeal down"), ReasonForm),
        Verb("lift", hold_actions.lift, _("Lift"), ReasonForm),
    ]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
