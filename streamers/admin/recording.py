"""Recordings of shows and what authorities asked of them."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordForm, RecordTabularInline, Verb, badge
from streamers.actions import recording as recording_actions
from streamers.actions import replay as replay_actions
from streamers.forms.recording import validate_film
from streamers.models import Recording, ReplayHandover, ReplayRequest

FILM_LABELS = {"waiting": "info", "kept": "success", "faulty": "danger"}
REQUEST_LABELS = {"received": "warning", "answered": "success"}


class RecordingForm(RecordForm):
    """A film: uploaded here, or where it lies already."""

    file = forms.FileField(
        label=_("film"), required=False, validators=[validate_film], widget=UnfoldAdminFileFieldWidget
    )

    class Meta:
        model = Recording
        fields = ["show", "source", "location", "begins_at", "ends_at", "sha256"]


@admin.register(Recording)
class RecordingAdmin(RecordAdmin):
    """Where each film lies, its hash and its span; it goes by the nightly run alone, after its term."""

    form = RecordingForm
    list_display = [
        "show",
        "name",
        "source",
        "begins_at",
        "ends_at",
        "size_told",
        "state_label",
        "checked_at",
    ]
    list_display_links = ["show", "name"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("show", AutocompleteSelectFilter),
    ]
    list_select_related = ["show"]
    search_fields = ["show__code", "name", "sha256"]
    search_help_text = _("Show number, file name or SHA-256")
    autocomplete_fields = ["show"]
    readonly_fields = ["size_told", "name", "fault", "added_by", "checked_at", "removed_at"]
    verbs = [Verb("check", recording_actions.check, _("Check the hash"), bulk=True)]
    state_label = badge("state", _("state"), FILM_LABELS)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["show", ("source", "location"), "file", ("begins_at", "ends_at"), "sha256"]
        read = [("size_told", "sha256"), "fault", ("added_by", "checked_at"), "removed_at"]
        return ["show", ("source", "location"), "name", ("begins_at", "ends_at"), *read]

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("size"), ordering="size")
    def size_told(self, recording):
        return f"{recording.size / 1024 / 1024:,.1f} MB" if recording.size is not None else "-"

    def save_model(self, request, obj, form, change):
        recording_actions.add(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())


class HandoverForm(forms.Form):
    """Which film, or which evidence pack, went to the authority and how."""

    recording = forms.ModelChoiceField(
        label=_("recording"),
        queryset=Recording.objects.none(),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Empty for an evidence pack."),
    )
    sha256 = forms.CharField(
        label=_("SHA-256 of the evidence pack's manifest"),
        required=False,
        max_length=64,
        widget=UnfoldAdminTextInputWidget,
    )
    way = forms.ChoiceField(label=_("way"), choices=ReplayHandover.Way, widget=UnfoldAdminSelectWidget)
    note = forms.CharField(
        label=_("note"), required=False, max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recording"].queryset = Recording.objects.filter(
            show=row.show_id, state=Recording.State.KEPT
        ).select_related("show")


class HandoverInline(RecordTabularInline):
    """What was handed over, in order."""

    model = ReplayHandover
    fields = ["recording", "way", "handed_at", "handed_by", "sha256", "note"]
    readonly_fields = fields
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False


class ReplayRequestForm(RecordForm):
    """A request with its paper."""

    file = file_field(label=_("request on paper"), required=False)

    class Meta:
        model = ReplayRequest
        fields = ["show", "authority", "reference", "asked", "received_on", "due_on"]


@admin.register(ReplayRequest)
class ReplayRequestAdmin(RecordAdmin):
    """Each request keeps its show by a legal hold; what goes out is logged with its hash."""

    form = ReplayRequestForm
    list_display = ["show", "authority", "reference", "received_on", "due_on", "state_label"]
    list_filter = [("state", ChoicesDropdownFilter), ("show", AutocompleteSelectFilter)]
    list_select_related = ["show"]
    search_fields = ["show__code", "authority", "reference"]
    search_help_text = _("Show number, authority or reference")
    autocomplete_fields = ["show"]
    readonly_fields = ["legal_hold", "files", "received_by", "answer", "answered_by", "answered_at"]
    inlines = [HandoverInline]
    verbs = [
        Verb("hand_over", replay_actions.hand_over, _("Log a handover"), HandoverForm, about_row=True),
        Verb("reply", replay_actions.reply, _("Close as answered"), ReasonForm),
        Verb("decline", replay_actions.decline, _("Decline"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), REQUEST_LABELS)

    def get_fields(self, request, obj=None):
        asked = ["show", ("authority", "reference"), "asked", ("received_on", "due_on")]
        if obj is None:
            return [*asked, "file"]
        return [*asked, "files", ("legal_hold", "received_by"), "answer", ("answered_by", "answered_at")]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    def save_model(self, request, obj, form, change):
        replay_actions.receive(obj, form.cleaned_data.get("file"), by=request.user, at=clock.now())
