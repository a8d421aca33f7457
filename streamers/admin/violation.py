"""Violations, the reminders and measures that follow from them, and the catalogue of codes."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin, badge
from mcn.sheets.admin import SheetAdminMixin
from streamers.actions import correction as correction_actions
from streamers.actions import measure as measure_actions
from streamers.actions import violation as violation_actions
from streamers.admin.conduct_forms import ConfirmForm, ProofForm, ViolationAppealForm, ViolationForm
from streamers.admin.files import files_of
from streamers.models import (
    ConductMeasure,
    ConductThreshold,
    Correction,
    Violation,
    ViolationCode,
    ViolationTariff,
)

STATE_LABELS = {
    "reported": "info",
    "confirmed": "danger",
    "appealed": "warning",
    "upheld": "danger",
    "overturned": "success",
}
SEVERITY_LABELS = {"minor": "", "ordinary": "info", "serious": "warning", "grave": "danger"}


class CountingFilter(DropdownFilter):
    """The violations whose points count today."""

    title = _("points count today")
    parameter_name = "counting"

    def lookups(self, request, model_admin):
        return [("now", _("points count today"))]

    def queryset(self, request, queryset):
        return queryset.counting(clock.today()) if self.value() == "now" else queryset


@admin.register(Violation)
class ViolationAdmin(SheetAdminMixin, RecordAdmin):
    """What streamers did wrong, by the standards' own codes."""

    sheet_name = "violations"
    form = ViolationForm
    list_display = [
        "happened_at",
        "streamer",
        "code",
        "severity_label",
        "points",
        "action",
        "state_label",
        "reported_by",
        "lapses_on",
    ]
    list_display_links = ["happened_at", "streamer"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("severity", ChoicesDropdownFilter),
        ("action", ChoicesDropdownFilter),
        ("code", AutocompleteSelectFilter),
        ("streamer", AutocompleteSelectFilter),
        CountingFilter,
        ("happened_on", RangeDateFilter),
    ]
    list_select_related = ["streamer", "code", "reported_by"]
    autocomplete_fields = ["streamer", "code"]
    search_fields = ["streamer__code", "streamer__stage_name", "code__clause", "code__name"]
    search_help_text = _("Streamer's code or stage name, clause or name of the violation")
    readonly_fields = [
        "files",
        "reported_by",
        "reported_at",
        "decided_by",
        "decided_at",
        "reason",
        "lapses_on",
        "appeal_until",
        "appeal",
        "appealed_at",
        "answer",
        "answered_by",
        "answered_at",
    ]
    editable_states = [Violation.State.REPORTED]
    fieldsets = [
        (
            _("What happened"),
            {
                "fields": [
                    ("streamer", "code"),
                    "happened_at",  # two inputs: a row of their own
                    "place",
                    "recording_second",
                    "description",
                    "file",
                    "files",
                ]
            },
        ),
        (_("How it weighs"), {"fields": [("severity", "points"), "action"]}),
        (
            _("Decision"),
            {
                "fields": [
                    ("reported_by", "reported_at"),
                    ("decided_by", "decided_at"),
                    "reason",
                    ("lapses_on", "appeal_until"),
                ]
            },
        ),
        (_("Appeal"), {"fields": ["appeal", "appealed_at", "answer", ("answered_by", "answered_at")]}),
    ]
    verbs = [
        Verb("confirm", violation_actions.confirm, _("Confirm"), ConfirmForm, about_row=True),
        Verb("dismiss", violation_actions.dismiss, _("Dismiss"), ReasonForm),
        Verb("prove", violation_actions.prove, _("Add evidence"), ProofForm, needs="change"),
        Verb("appeal", violation_actions.appeal, _("Record an appeal"), ViolationAppealForm),
        Verb("uphold", violation_actions.uphold, _("Turn the appeal down"), ReasonForm),
        Verb("overturn", violation_actions.overturn, _("Overturn"), ReasonForm, danger=True),
    ]
    actions = ["confirm_as_reported"]
    severity_label = badge("severity", _("severity"), SEVERITY_LABELS)
    state_label = badge("state", _("state"), STATE_LABELS)

    @admin.display(description=_("evidence"))
    def files(self, violation):
        return files_of(violation) or "-"

    @admin.action(description=_("Confirm as reported"), permissions=["confirm"])
    def confirm_as_reported(self, request, queryset):
        verb = Verb("confirm", violation_actions.confirm, _("Confirm as reported"))
        self._bulk(verb)(self, request, queryset)

    def has_change_permission(self, request, obj=None):
        own = obj is None or violation_actions.may_change(obj, request.user)
        return own and super().has_change_permission(request, obj)

    def has_confirm_permission(self, request):
        """Whether the person may confirm violations at all."""
        return request.user.has_perm("streamers.confirm_violation")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        hidden = {"file"} if obj else {"files"}
        for _title, options in fieldsets:
            options["fields"] = [name for name in options["fields"] if name not in hidden]
        return fieldsets if obj else fieldsets[:2]

    def save_model(self, request, obj, form, change):
        at = clock.now()
        if change:
            violation_actions.change(obj, by=request.user, at=at)
        else:
            file = form.cleaned_data.get("file")
            violation_actions.report(obj, [file] if file else [], by=request.user, at=at)


class OverdueFilter(DropdownFilter):
    """The corrections whose day has passed."""

    title = _("deadline")
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("now", _("deadline passed"))]

    def queryset(self, request, queryset):
        if self.value() != "now":
            return queryset
        return queryset.filter(state=Correction.State.OPEN, due_on__lt=clock.today())


@admin.register(Correction)
class CorrectionAdmin(VerbsOnlyAdmin):
    """Who was reminded of what, and whether it was put right in time."""

    empty_note = _("Made when a violation is confirmed.")
    list_display = ["streamer", "violation", "reminded_at", "due_on", "state_label", "closed_on"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        OverdueFilter,
        ("due_on", RangeDateFilter),
    ]
    list_select_related = ["streamer", "violation__streamer", "violation__code"]
    fields = [
        ("streamer", "violation"),
        "reminder",
        ("reminded_at", "due_on"),
        "result",
        ("closed_by", "closed_on"),
    ]
    verbs = [
        Verb("close", correction_actions.close, _("Accept the correction"), ReasonForm),
        Verb("cancel", correction_actions.cancel, _("Cancel"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), {"open": "warning", "closed": "success"})


@admin.register(ConductMeasure)
class ConductMeasureAdmin(VerbsOnlyAdmin):
    """What the thresholds led to."""

    empty_note = _("Made when a streamer's points reach a threshold.")
    list_display = ["streamer", "kind", "points", "state_label", "violation", "hold", "made_at", "decided_by"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
    ]
    list_select_related = ["streamer", "violation__streamer", "violation__code", "hold", "decided_by"]
    fields = [
        ("streamer", "kind"),
        ("points", "threshold"),
        ("violation", "made_at"),
        "hold",
        "reason",
        ("decided_by", "decided_at"),
    ]
    verbs = [
        Verb("take", measure_actions.take, _("Do it"), danger=True),
        Verb("set_aside", measure_actions.set_aside, _("Set aside"), ReasonForm),
    ]
    state_label = badge("state", _("state"), {"suggested": "warning", "taken": "info"})


class TariffInline(RecordTabularInline):
    """How the code weighs, from which day on: an earlier line stays, a change is a new line."""

    model = ViolationTariff
    fields = ["valid_from", "severity", "points", "action", "source"]


@admin.register(ViolationCode)
class ViolationCodeAdmin(RecordAdmin):
    """The standards' own codes of what may not be done."""

    list_display = ["clause", "name", "told", "ended_on"]
    list_display_links = ["clause", "name"]
    search_fields = ["clause", "name", "told"]
    search_help_text = _("Clause, name or wording")
    fields = [("clause", "name"), "told", ("place", "ended_on")]
    inlines = [TariffInline]

    def get_search_results(self, request, queryset, search_term):
        """The clause itself where one is named in full, with or without its standard; else all that match."""
        term = " ".join(search_term.split())
        named = queryset.filter(Q(clause__iexact=term) | Q(clause__iendswith=f" {term}"))
        found = super().get_search_results(request, queryset, search_term)
        return (named, False) if term and named.exists() else found


@admin.register(ConductThreshold)
class ConductThresholdAdmin(RecordAdmin):
    """From how many points on what is done."""

    list_display = ["points", "kind", "automatic", "hold_days", "valid_from", "valid_to"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    fields = [("kind", "points"), ("automatic", "hold_days"), ("valid_from", "valid_to"), "source"]
