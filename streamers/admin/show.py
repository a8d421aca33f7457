"""Shows."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from streamers.actions import service_plan as plans
from streamers.actions import show as actions
from streamers.admin.preparation import PreparationMixin
from streamers.models import Show


@admin.register(Show)
class ShowAdmin(PreparationMixin, RecordAdmin):
    """Every show, from the plan to its end."""

    editable_states = Show.EDITABLE
    list_display = ["code", "title", "room", "starts_at", "ends_at", "state"]
    list_select_related = ["room"]
    search_fields = ["code", "title"]
    autocomplete_fields = ["room"]
    fields = [
        ("title", "cover_text"),
        "room",
        ("starts_at", "ends_at"),
        "theme",
        "plan",
        "contingency",
        "state",
    ]
    verbs = [
        Verb("ask_plans", plans.ask, _("Ask merchants for service plans"), needs="change"),
        Verb("clear", actions.clear, _("Clear to go live")),
        Verb("recall", actions.recall, _("Take the clearance back"), ReasonForm),
        Verb("start", actions.start, _("Go live")),
        Verb("end", actions.end, _("End the show")),
        Verb("cancel", actions.cancel, _("Cancel"), ReasonForm),
    ]

    def save_model(self, request, obj, form, change):
        verb = actions.change if change else actions.plan
        verb(obj, by=request.user, at=clock.now())
