"""The question bank."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from streamers.actions import question as question_actions
from streamers.admin.training_forms import QuestionAdminForm
from streamers.models import Question


class StandingFilter(DropdownFilter):
    """Older versions are shown only to who asks for them."""

    title = _("versions")
    parameter_name = "versions"

    def lookups(self, request, model_admin):
        return [("older", _("older versions"))]

    def queryset(self, request, queryset):
        return queryset.filter(superseded_at__isnull=self.value() != "older")


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    """What exams draw from; a changed question is its next version."""

    form = QuestionAdminForm
    list_display = ["code", "text", "kind", "course", "number"]
    list_display_links = ["code", "text"]
    list_filter = [("course", AutocompleteSelectFilter), ("kind", ChoicesDropdownFilter), StandingFilter]
    list_select_related = ["course"]
    search_fields = ["text", "code"]
    autocomplete_fields = ["course"]
    fields = [("course", "kind"), "text", "options", "explanation", "clause", ("code", "number")]
    readonly_fields = ["code", "number"]
    verbs = [Verb("end", question_actions.end, _("Take out of the bank"), danger=True)]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.superseded_at is None)

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "course"] if obj else declared

    def open_verbs(self, request, obj):
        return super().open_verbs(request, obj) if obj.superseded_at is None else []

    def save_model(self, request, obj, form, change):
        if not change:
            question_actions.add(obj, by=request.user, at=clock.now())
            return
        kept = question_actions.revise(obj, by=request.user, at=clock.now())
        obj.pk, obj.version, obj.number = kept.pk, kept.version, kept.number
