"""Rehearsals and reports of identities: entered once, read afterwards."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, badge
from mcn.kit.forms import RecordForm
from streamers.actions import identity_report as identity_report_actions
from streamers.actions import rehearsal as rehearsal_actions
from streamers.admin.show_check import CountsFilter
from streamers.models import IdentityReport, Rehearsal
from streamers.rules.identity_report import named


class RehearsalForm(RecordForm):
    """A rehearsal with a file, such as minutes or a picture."""

    file = file_field(label=_("file"), required=False)

    class Meta:
        model = Rehearsal
        fields = [
            "show",
            "held_at",
            "with_entity",
            "with_cast",
            "with_marketers",
            "outcome",
            "found",
            "safeguards",
        ]


class IdentityReportForm(RecordForm):
    """A report with a picture or file that proves it."""

    file = file_field(label=_("proof"), required=False)

    class Meta:
        model = IdentityReport
        fields = ["show", "reported_on", "receipt"]


class EnteredAdmin(RecordAdmin):
    """Rows about a show that are entered with a file and never change: a later one supersedes them."""

    record = None
    later: list = []
    search_fields = ["show__code", "show__title"]
    search_help_text = _("Number or title of the show")
    autocomplete_fields = ["show"]

    @admin.display(description=_("files"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=_("still counts"), boolean=True)
    def counts(self, row):
        return row.superseded_at is None

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return [name for name in [*self.fields, *self.later] if name != "file"] if obj else self.fields

    def save_model(self, request, obj, form, change):
        type(self).record(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


@admin.register(Rehearsal)
class RehearsalAdmin(EnteredAdmin):
    """Who went through which show, what was found, and whether it may be shown."""

    form = RehearsalForm
    record = rehearsal_actions.record
    list_display = ["show", "held_at", "outcome_label", "recorded_by", "counts"]
    list_filter = [("outcome", ChoicesDropdownFilter), CountsFilter]
    list_select_related = ["show", "recorded_by"]
    fields = [
        "show",
        "held_at",
        ("with_entity", "with_cast", "with_marketers"),
        "outcome",
        "found",
        "safeguards",
        "file",
    ]
    later = ["files", ("recorded_by", "recorded_at"), "superseded_at"]
    readonly_fields = ["files", "recorded_by", "recorded_at", "superseded_at"]
    outcome_label = badge("outcome", _("outcome"), {"passed": "success", "failed": "danger"})


@admin.register(IdentityReport)
class IdentityReportAdmin(EnteredAdmin):
    """Which platform was told on which day who stands before the camera."""

    form = IdentityReportForm
    record = identity_report_actions.record
    list_display = ["show", "platform", "reported_on", "receipt", "recorded_by", "counts"]
    list_filter = [("platform", AutocompleteSelectFilter), CountsFilter]
    list_select_related = ["show", "platform", "recorded_by"]
    fields = ["show", "reported_on", "receipt", "file"]
    later = ["platform", "people_told", "files", ("recorded_by", "recorded_at"), "superseded_at"]
    readonly_fields = ["platform", "people_told", "files", "recorded_by", "recorded_at", "superseded_at"]

    @admin.display(description=_("streamers reported"))
    def people_told(self, row):
        return "、".join(str(streamer) for streamer in named(row)) or "-"
