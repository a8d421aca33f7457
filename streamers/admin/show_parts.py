"""Who stands before and behind the camera, on the page of a show; and its form."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanWidget

from mcn.accounts.models import User
from mcn.evidence.forms import file_field
from mcn.kit.admin import ReasonForm, RecordTabularInline
from mcn.kit.forms import RecordForm
from streamers.models import CrewMember, Show, ShowCast, Waiver
from streamers.rules import go_live


class ShowForm(RecordForm):
    """What is planned, with the plan as a file where there is one."""

    file = file_field(label=_("plan as a file"), required=False)

    class Meta:
        model = Show
        fields = ["title", "theme", "room", "starts_at", "ends_at", "cover_text", "plan", "contingency"]


class PartForm(RecordForm):
    """A person of a show, who may be taken off again."""

    off = forms.BooleanField(label=_("take off"), required=False, widget=UnfoldBooleanWidget)


class PartInline(RecordTabularInline):
    """People of a show: put in, given another part or taken off while the show may be changed."""

    form = PartForm
    show_change_link = False
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(removed_at=None)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        may_edit = obj is None or obj.state in Show.EDITABLE
        return may_edit and request.user.has_perm("streamers.change_show")

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return (
            fields if self.has_change_permission(request, obj) else [name for name in fields if name != "off"]
        )

    def get_readonly_fields(self, request, obj=None):
        return []


class CastInline(PartInline):
    """Who stands before the camera."""

    model = ShowCast
    hide_title = True
    fields = ["streamer", "role", "off"]
    autocomplete_fields = ["streamer"]
    verbose_name_plural = _("Streamers")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("streamer")


class CrewInline(PartInline):
    """Who answers for what behind it."""

    model = CrewMember
    hide_title = True
    fields = ["person", "role", "off"]
    verbose_name_plural = _("Crew")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "person":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class WaiverForm(ReasonForm):
    """Which warnings are set aside, and why."""

    clause = forms.ChoiceField(label=_("warning"), widget=UnfoldAdminSelectWidget)
    field_order = ["clause", "note"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = list(
            {
                finding.clause: f"{finding.clause} · {finding.message}"
                for finding in go_live.report(row).warnings
            }.items()
        )


class WaiverInline(RecordTabularInline):
    """The warnings that were set aside, by whom and why; there is nothing to change about them."""

    model = Waiver
    fields = readonly_fields = ["clause", "at_rows", "reason", "waived_by", "waived_at"]
    verbose_name_plural = _("Warnings set aside")
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("waived_by")

    @admin.display(description=_("rows at which it warned"))
    def at_rows(self, waiver):
        return "；".join(f"{row['label']}：{row['message']}" for row in waiver.rows)
