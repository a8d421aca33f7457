"""Parcels in the back office: where each is, the whole track of it, and the proof of its receipt."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextInputWidget,
)

from aftersales.actions import parcel as parcel_actions
from aftersales.models import Parcel, TrackingEvent
from mcn.kit.admin import RecordTabularInline, Verb, VerbsOnlyAdmin, badge
from mcn.sheets.admin import SheetAdminMixin
from streamers.admin.files import files_of

YES_OR_NO = [("", _("not asked")), ("yes", _("yes")), ("no", _("no"))]


class EventForm(forms.Form):
    """What a carrier told, where and when."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("tracking", "what"),
        choices=TrackingEvent.Kind.choices,
        widget=UnfoldAdminSelectWidget,
    )
    happened_at = forms.SplitDateTimeField(
        label=_("when"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=_("Empty for now."),
    )
    place = forms.CharField(
        label=pgettext_lazy("tracking", "where"),
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    text = forms.CharField(
        label=_("carrier's words"), max_length=300, required=False, widget=UnfoldAdminTextInputWidget
    )


class ProofForm(forms.Form):
    """The signed slip or a photograph, and whether the buyer opened the parcel."""

    file = forms.FileField(label=_("proof of receipt"), widget=UnfoldAdminFileFieldWidget)
    inspected = forms.TypedChoiceField(
        label=_("opened and looked at on receipt"),
        choices=YES_OR_NO,
        required=False,
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=UnfoldAdminSelectWidget,
    )


class EventInline(RecordTabularInline):
    """The track, from the first to the last."""

    model = TrackingEvent
    fields = ["happened_at", "kind", "place", "text"]
    readonly_fields = fields
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Parcel)
class ParcelAdmin(SheetAdminMixin, VerbsOnlyAdmin):
    """Every parcel, with the last that was heard of it."""

    sheet_name = "tracking"
    list_display = [
        "number",
        "carrier",
        "order",
        "state_label",
        "shipped_at",
        "heard_at",
        "received_at",
        "damage",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("shipped_at", RangeDateFilter),
    ]
    list_select_related = ["order"]
    search_fields = ["number"]
    search_help_text = _("The whole waybill number or order number")
    inlines = [EventInline]
    empty_note = _("They come with the orders, by the sheet of tracking events or by the API.")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "state"),
                    ("carrier", "number"),
                    ("shipped_at", "heard_at"),
                    ("received_at", "damaged_at"),
                    ("proof", "inspected"),
                ]
            },
        )
    ]
    readonly_fields = ["proof"]
    verbs = [
        Verb("note", parcel_actions.note, _("Note an event"), EventForm, needs="change"),
        Verb("prove", parcel_actions.prove, _("Add proof of receipt"), ProofForm),
    ]
    state_label = badge(
        "state",
        _("state"),
        {
            "shipped": "info",
            "moving": "info",
            "delivering": "info",
            "received": "success",
            "returned": "warning",
        },
    )

    @admin.display(description=pgettext_lazy("tracking", "damaged"))
    def damage(self, parcel):
        told = pgettext("tracking", "damaged")
        return format_html('<span class="kit-badge bad">{}</span>', told) if parcel.damaged_at else "-"

    @display(description=_("proof of receipt"))
    def proof(self, parcel):
        return files_of(parcel) or "-"

    def get_search_results(self, request, queryset, search_term):
        """By a whole number alone: what has an index."""
        term = search_term.strip()
        if not term:
            return queryset, False
        return queryset.filter(number=term) | queryset.filter(order__number=term), False

    def open_verbs(self, request, obj):
        received = obj.state == Parcel.State.RECEIVED
        return [verb for verb in super().open_verbs(request, obj) if verb.name != "prove" or received]
