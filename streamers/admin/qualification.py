"""Streamers' qualifications, to whom they were reported, and the fields in which streamers work."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from mcn.agency.models import Platform
from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordTabularInline, Verb
from streamers.actions import qualification as qualification_actions
from streamers.admin.credential import VERIFY, WITHDRAW, CredentialAdmin
from streamers.admin.expiry import ExpiryFilter, UnverifiedFilter
from streamers.forms.qualification import QualificationForm
from streamers.models import Qualification, QualificationReport, Specialism


class QualificationAdminForm(QualificationForm):
    """A qualification with its file, and whose it is."""

    file = file_field(label=_("new file"), required=False)

    class Meta(QualificationForm.Meta):
        fields = ["streamer", *QualificationForm.Meta.fields]


class ReportForm(forms.Form):
    """That a platform was told."""

    platform = forms.ModelChoiceField(
        Platform.objects.filter(ended_on=None), label=_("platform"), widget=UnfoldAdminSelectWidget
    )
    reported_on = forms.DateField(label=_("reported on"), widget=UnfoldAdminSingleDateWidget)
    receipt = forms.CharField(
        label=_("platform's receipt"), max_length=80, required=False, widget=UnfoldAdminTextInputWidget
    )
    file = file_field(label=_("evidence"), required=False)


class ReportInline(RecordTabularInline):
    """The platforms that were told, newest first."""

    model = QualificationReport
    fields = ["platform", "reported_on", "receipt", "files"]
    readonly_fields = ["files"]
    tab = False

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("platform", "document")
        return rows.prefetch_related("document__revisions")

    @admin.display(description=_("files"))
    def files(self, row):
        return file_links(row) or "-"

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Qualification)
class QualificationAdmin(CredentialAdmin):
    """Licences to practise, with what runs out when and who was told."""

    form = QualificationAdminForm
    list_display = [
        "name",
        "field",
        "number",
        "streamer",
        "valid_from",
        "valid_to",
        "long_term",
        "verified",
        "told",
        "ended_on",
    ]
    list_display_links = ["name", "number"]
    list_filter = [
        ("field", ChoicesDropdownFilter),
        ("streamer", AutocompleteSelectFilter),
        ExpiryFilter,
        UnverifiedFilter,
        ("valid_to", RangeDateFilter),
    ]
    search_fields = ["number", "name"]
    fields = [
        "streamer",
        ("field", "name"),
        ("number", "issuer"),
        ("valid_from", "valid_to"),
        "long_term",
        "file",
        "files",
        ("verified", "verified_by", "verified_on"),
        ("submitted_by", "ended_on"),
    ]
    readonly_fields = ["files", "verified", "verified_by", "verified_on", "submitted_by", "ended_on"]
    inlines = [ReportInline]
    verbs = [
        VERIFY,
        Verb("report", qualification_actions.report, _("Record a report to a platform"), ReportForm),
        WITHDRAW,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("reports__platform")

    @admin.display(description=_("reported to"))
    def told(self, paper):
        names = dict.fromkeys(str(row.platform) for row in paper.reports.all())
        return format_html_join("、", "{}", ((name,) for name in names)) or "-"


@admin.register(Specialism)
class SpecialismAdmin(RecordAdmin):
    """In which fields streamers work: each asks for a qualification."""

    list_display = ["streamer", "field", "ended_on"]
    list_filter = [("field", ChoicesDropdownFilter), ("streamer", AutocompleteSelectFilter)]
    list_select_related = ["streamer"]
    autocomplete_fields = ["streamer"]
    fields = ["streamer", "field", "ended_on"]
    readonly_fields = ["ended_on"]
    verbs = [Verb("give_up", qualification_actions.give_up, _("Give up"), danger=True)]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        qualification_actions.declare(obj, by=request.user, at=clock.now())
