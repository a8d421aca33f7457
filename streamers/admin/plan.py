"""Training plans."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordTabularInline, Verb
from streamers.actions import plan as plan_actions
from streamers.models import PlanItem, TrainingPlan


class PlanItemInline(RecordTabularInline):
    """What the plan asks for: courses, or any course of a topic."""

    model = PlanItem
    fields = ["course", "topic", "within_days", "ended_on"]
    autocomplete_fields = ["course"]


@admin.register(TrainingPlan)
class TrainingPlanAdmin(RecordAdmin):
    """Who owes what training, with effect from a day."""

    list_display = [
        "code",
        "name",
        "audience",
        "role",
        "tier",
        "hours_a_year",
        "sessions_a_year",
        "valid_from",
        "valid_to",
    ]
    list_display_links = ["code", "name"]
    list_filter = [("audience", ChoicesDropdownFilter)]
    search_fields = ["code", "name"]
    fieldsets = [
        (None, {"fields": [("code", "name"), "audience", ("engagement", "tier"), "role"]}),
        (
            _("What it asks for"),
            {
                "fields": [
                    ("hours_a_year", "sessions_a_year"),
                    "budget_a_year",
                    ("valid_from", "valid_to"),
                    "source",
                ]
            },
        ),
    ]
    inlines = [PlanItemInline]
    verbs = [Verb("end", plan_actions.end, _("End"), danger=True)]

    def save_model(self, request, obj, form, change):
        verb = plan_actions.change if change else plan_actions.add
        verb(obj, by=request.user, at=clock.now())
