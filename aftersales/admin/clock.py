"""Deadlines in the back office: what runs out next, each explained interval by interval, and its rules."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)
from unfold.decorators import display

from aftersales.actions import clock as clock_actions
from aftersales.models import Clock, ClockStep, Pause, Rung
from aftersales.models.deadline_rule import told
from aftersales.rules.clock import explain, face
from aftersales.rules.emergency_plan import in_force, matter_of
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordTabularInline, Verb, VerbsOnlyAdmin

COLOURS = {"good": "success", "warn": "warning", "bad": "danger", "info": "info"}


class DueFilter(DropdownFilter):
    """Open deadlines by how they stand now."""

    title = _("how it stands")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("open", _("open")),
            ("late", _("late")),
            ("warned", _("runs out soon")),
            ("unknown", _("calendar missing")),
        ]

    def queryset(self, request, queryset):
        at = clock.now()
        running = queryset.filter(state=Clock.State.RUNNING)
        found = {
            "open": queryset.open,
            "late": lambda: queryset.late(at),
            "warned": lambda: running.filter(warn_at__lte=at, due_at__gte=at),
            "unknown": lambda: queryset.open().filter(due_at=None),
        }
        return found[self.value()]() if self.value() in found else queryset


class MineFilter(DropdownFilter):
    """The deadlines of one's own matters."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("mine")), ("nobody", _("nobody's yet"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(agent=request.user)
        return queryset.filter(agent=None) if self.value() == "nobody" else queryset


class LogInline(RecordTabularInline):
    """What verbs and the sweep wrote of a deadline, to be read."""

    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PauseInline(LogInline):
    """When its time did not run, and why."""

    model = Pause
    fields = ["began_at", "ended_at", "reason", "began_by", "ended_by"]


class StepInline(LogInline):
    """The steps of the ladder that were taken."""

    model = ClockStep
    fields = ["taken_at", "level", "tells", "told", "planned_at", "due_at"]


@admin.register(Clock)
class ClockAdmin(VerbsOnlyAdmin):
    """What runs out next stands first; a deadline is begun and ended by the verbs of its matter."""

    list_display = ["label", "kind", "face_label", "due_at", "level_label", "agent", "merchant"]
    list_filter = [
        DueFilter,
        MineFilter,
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("due_at", RangeDateFilter),
    ]
    list_select_related = ["agent", "merchant"]
    search_fields = ["label", "merchant__name"]
    search_help_text = _("Number of the matter, merchant's name")
    # By the alphabet what runs comes first, then what is paused, missed, met.
    ordering = ["-state", "due_at", "id"]
    empty_note = _("Deadlines begin with complaints, returns and opinion cases.")
    change_form_before_template = "aftersales/admin/clock.html"
    fieldsets = [
        (None, {"fields": [("matter", "kind"), ("merchant", "agent"), ("rule", "facts_told")]}),
        (
            _("Time"),
            {"fields": [("started_at", "due_at"), ("promised_hours", "stopped_at"), ("level", "next_at")]},
        ),
    ]
    inlines = [PauseInline, StepInline]
    readonly_fields = ["matter", "facts_told"]
    verbs = [
        Verb(
            "pause",
            clock_actions.pause_one,
            _("Pause the deadline"),
            ReasonForm,
            help=_("Its time does not run until it is let run on."),
        ),
        Verb("resume", clock_actions.resume_one, _("Let it run on")),
    ]

    @display(description=_("how it stands"), ordering="due_at", label=COLOURS)
    def face_label(self, row):
        seen = face(row, clock.now())
        return seen.tone, seen.words

    @display(
        description=pgettext_lazy("ladder", "level"), ordering="level", label={"0": "", "late": "danger"}
    )
    def level_label(self, row):
        return ("late", _("level %(level)s") % {"level": row.level}) if row.level else ("0", "—")

    @admin.display(description=pgettext_lazy("clock", "matter"))
    def matter(self, row):
        """The matter with the way to its page."""
        kind = row.content_type
        try:
            url = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[row.object_id])
        except NoReverseMatch:
            return row.label
        return format_html('<a href="{}">{}</a>', url, row.label)

    @admin.display(description=_("what chose the rule"))
    def facts_told(self, row):
        return "、".join(told(name, value) for name, value in row.facts.items()) or "—"

    def open_verbs(self, request, obj):
        """Pausing what runs, letting run what is paused."""
        fits = {"pause": obj.state == Clock.State.RUNNING, "resume": obj.state == Clock.State.PAUSED}
        return [verb for verb in super().open_verbs(request, obj) if fits[verb.name]]

    def row_context(self, request, obj):
        """The deadline explained, above the form."""
        seen = face(obj, clock.now())
        explained = explain(obj)
        shown = {
            "explained": explained,
            "face": seen,
            "now": clock.now(),
            "state_told": seen.words,
            "tone": seen.tone,
        }
        if any(step[2] == Rung.Tells.EMERGENCY for step in obj.plan):
            shown["plan"] = in_force(matter_of(obj.kind)).first()
        return super().row_context(request, obj) | shown
