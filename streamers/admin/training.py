"""The training log."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin
from streamers.actions import training as training_actions
from streamers.admin.question import StandingFilter
from streamers.admin.training_forms import CorrectForm, RecordEntryForm
from streamers.models import TrainingRecord

Result = TrainingRecord.Result


class CorrectedFilter(StandingFilter):
    """Corrected lines are shown only to who asks for them."""

    title = _("corrected lines")
    parameter_name = "corrected"

    def lookups(self, request, model_admin):
        return [("older", _("corrected lines"))]


@admin.register(TrainingRecord)
class TrainingRecordAdmin(SheetAdminMixin, RecordAdmin):
    """Who was trained in what: lines come from sessions, exams and spreadsheets, or are entered here."""

    sheet_name = "training"
    form = RecordEntryForm
    list_display = ["trainee", "course", "trained_on", "hours", "score", "result_label", "valid_to", "source"]
    list_filter = [
        ("course", AutocompleteSelectFilter),
        ("course__topic", ChoicesDropdownFilter),
        ("result", ChoicesDropdownFilter),
        ("trainee__kind", ChoicesDropdownFilter),
        ("trained_on", RangeDateFilter),
        ("valid_to", RangeDateFilter),
        CorrectedFilter,
    ]
    list_select_related = [
        "trainee__streamer",
        "trainee__user",
        "trainee__contact__merchant",
        "course",
    ]
    search_fields = [
        "trainee__streamer__code",
        "trainee__streamer__stage_name",
        "trainee__user__username",
        "trainee__user__name",
        "course__name",
    ]
    search_help_text = _("Streamer code, stage name, colleague, or course")
    autocomplete_fields = ["trainee", "course"]
    fields = [
        ("trainee", "course"),
        ("trained_on", "hours"),
        ("score", "result"),
        "valid_to",
        "note",
        "file",
    ]
    verbs = [Verb("correct", training_actions.correct, _("Correct"), CorrectForm, about_row=True)]
    result_label = badge(
        "result", _("result"), {Result.PASSED: "success", Result.ATTENDED: "warning", Result.FAILED: "danger"}
    )

    @admin.display(description=_("evidence"))
    def files(self, record):
        return file_links(record) or "-"

    @admin.display(description=_("certificate"))
    def certificate(self, record):
        if record.result != Result.PASSED:
            return "-"
        address = reverse("training_certificate", args=[record.pk])
        return format_html('<a class="kit-file" href="{}">{}.pdf</a>', address, record.certificate_number)

    def has_change_permission(self, request, obj=None):
        return False

    def open_verbs(self, request, obj):
        return super().open_verbs(request, obj) if obj.superseded_at is None else []

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        return [
            ("trainee", "course"),
            ("session", "material"),
            ("trained_on", "hours"),
            ("score", "result"),
            ("passed_on", "valid_to"),
            ("files", "certificate"),
            ("source", "note"),
            ("entered_by", "supersedes", "superseded_at"),
        ]

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "files", "certificate", "entered_by", "supersedes", "superseded_at"]

    def save_model(self, request, obj, form, change):
        training_actions.enter(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
