"""Surveys of satisfaction."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter, RelatedDropdownFilter

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordForm
from streamers.actions import survey as survey_actions
from streamers.models import SatisfactionSurvey


class SurveyForm(RecordForm):
    """A survey with its report."""

    file = file_field(label=_("report"), help_text=_("Questions, figures and conclusions."))


@admin.register(SatisfactionSurvey)
class SatisfactionSurveyAdmin(RecordAdmin):
    """What streamers and merchants said, together with which platform."""

    form = SurveyForm
    list_display = ["audience", "platform", "held_from", "held_to", "asked", "answered", "satisfied"]
    list_filter = [
        ("audience", ChoicesDropdownFilter),
        ("platform", RelatedDropdownFilter),
        ("held_to", RangeDateFilter),
    ]
    list_select_related = ["platform"]
    fields = [
        ("audience", "platform"),
        ("held_from", "held_to"),
        ("asked", "answered", "satisfied"),
        "findings",
        "measures",
    ]
    readonly_fields = ["files", "recorded_by"]

    @admin.display(description=_("report"))
    def files(self, survey):
        return file_links(survey) or "-"

    def get_fields(self, request, obj=None):
        return [*self.fields, "files", "recorded_by"] if obj else [*self.fields, "file"]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        survey_actions.record(obj, form.cleaned_data["file"], by=request.user, at=clock.now())
