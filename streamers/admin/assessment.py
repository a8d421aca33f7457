"""The figures that tiers are made from, and the assessments with every component explained."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)
from unfold.decorators import display

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb, VerbsOnlyAdmin
from mcn.sheets.admin import SheetAdminMixin
from streamers.actions import assessment as assessment_actions
from streamers.actions import figures as figures_actions
from streamers.admin.conduct_forms import AdjustForm
from streamers.admin.files import state_labels
from streamers.models import StreamerFigures, TierAssessment
from streamers.rules.tier_history import explained, history_chart

State = TierAssessment.State


@admin.register(StreamerFigures)
class StreamerFiguresAdmin(SheetAdminMixin, RecordAdmin):
    """Followers, sales and content orientation by platform and day."""

    sheet_name = "streamer-figures"
    list_display = ["streamer", "platform", "day", "followers", "sales", "orientation", "source"]
    list_filter = [
        ("platform", RelatedDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ("source", ChoicesDropdownFilter),
        ("day", RangeDateFilter),
    ]
    list_select_related = ["streamer", "platform"]
    autocomplete_fields = ["streamer"]
    search_fields = ["streamer__code", "streamer__stage_name"]
    fields = [("streamer", "platform"), "day", ("followers", "sales"), "orientation", "source"]
    readonly_fields = ["source"]

    def save_model(self, request, obj, form, change):
        verb = figures_actions.change if change else figures_actions.add
        verb(obj, by=request.user, at=clock.now())


@admin.register(TierAssessment)
class TierAssessmentAdmin(VerbsOnlyAdmin):
    """Each month's tiers: proposed, approved, adjusted."""

    list_display = [
        "month_told",
        "streamer",
        "total",
        "proposed_told",
        "grade_told",
        "state_label",
        "decided_by",
        "effective_on",
    ]
    list_display_links = ["month_told", "streamer"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ("month", RangeDateFilter),
    ]
    list_select_related = ["streamer", "decided_by"]
    search_fields = ["streamer__code", "streamer__stage_name"]
    fields = [
        ("streamer", "month_told"),
        ("rule_set", "total"),
        ("proposed_told", "grade_told"),
        ("proposed_by", "proposed_at"),
        ("decided_by", "effective_on"),
        "reason",
    ]
    readonly_fields = ["month_told", "proposed_told", "grade_told"]
    change_form_before_template = "streamers/admin/assessment.html"
    empty_note = _(
        "Tiers are worked out each month from the streamers' figures: enter or import those first."
    )
    verbs = [
        Verb("approve", assessment_actions.approve, _("Approve"), bulk=True),
        Verb("adjust", assessment_actions.adjust, _("Adjust"), AdjustForm, about_row=True),
        Verb("reassess", assessment_actions.reassess, _("Assess again"), bulk=True),
    ]

    @admin.display(description=_("month"), ordering="month")
    def month_told(self, assessment):
        return f"{assessment.month:%Y-%m}"

    @admin.display(description=_("proposed tier"), ordering="proposed")
    def proposed_told(self, assessment):
        return assessment.proposed or "—"

    @admin.display(description=_("tier"), ordering="grade")
    def grade_told(self, assessment):
        return assessment.grade_told

    @display(description=_("state"), ordering="state", label=state_labels(State) | {"proposed": "info"})
    def state_label(self, assessment):
        return assessment.state, assessment.get_state_display()

    def row_context(self, request, obj):
        shown = {"explained": explained(obj), "history_chart": history_chart(obj.streamer)}
        return super().row_context(request, obj) | shown
