"""Courses and the versions of their material."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, Verb
from merchants.admin.inlines import ReadInline
from streamers.actions import course as course_actions
from streamers.admin.training_forms import MaterialForm
from streamers.models import Course, Material


class MaterialInline(ReadInline):
    """What the course teaches, newest version first."""

    model = Material
    fields = ["number", "changes", "state", "published_at", "published_by"]


@admin.register(Course)
class CourseAdmin(RecordAdmin):
    """What people are trained in."""

    list_display = [
        "code",
        "name",
        "topic",
        "hours",
        "validity_months",
        "is_induction",
        "needs_exam",
        "ended_on",
    ]
    list_display_links = ["code", "name"]
    list_filter = [("topic", ChoicesDropdownFilter), "is_induction", "needs_exam"]
    search_fields = ["code", "name"]
    fieldsets = [
        (None, {"fields": [("code", "name"), ("topic", "is_induction"), "summary"]}),
        (_("What counts"), {"fields": [("hours", "validity_months"), "self_study"]}),
        (_("Exam"), {"fields": ["needs_exam", ("pass_mark", "questions_drawn"), "minutes", "ended_on"]}),
    ]
    readonly_fields = ["ended_on"]
    inlines = [MaterialInline]
    verbs = [Verb("end", course_actions.end, _("Hold no longer"), danger=True)]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.ended_on is None)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        verb = course_actions.change if change else course_actions.add
        verb(obj, by=request.user, at=clock.now())


@admin.register(Material)
class MaterialAdmin(RecordAdmin):
    """Versions of what is taught: a draft is changed, a published one stays as it is."""

    form = MaterialForm
    list_display = ["course", "number", "changes", "state", "published_at", "published_by"]
    list_filter = [("state", ChoicesDropdownFilter), ("course", AutocompleteSelectFilter)]
    list_select_related = ["course", "published_by"]
    search_fields = ["course__name", "changes"]
    autocomplete_fields = ["course"]
    fields = [
        ("course", "number"),
        "changes",
        "text",
        "file",
        "files",
        ("published_at", "published_by"),
        "sha256",
    ]
    readonly_fields = ["number", "files", "published_at", "published_by", "sha256"]
    editable_states = [Material.State.DRAFT]
    verbs = [
        Verb("publish", course_actions.publish, _("Publish")),
        Verb("retire", course_actions.retire, _("Retire"), danger=True),
    ]

    @admin.display(description=_("files"))
    def files(self, material):
        return file_links(material) or "-"

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if name != "file"]

    def save_model(self, request, obj, form, change):
        verb = course_actions.revise if change else course_actions.draft
        verb(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
