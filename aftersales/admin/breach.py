"""Audits of promises, and what became of broken ones."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from aftersales.actions import promise as promises
from aftersales.admin.explained import ExplainedMixin
from aftersales.models import Breach, PromiseAudit
from aftersales.rules.promise import BREACHES
from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, VerbsOnlyAdmin, badge
from mcn.sheets.admin import SheetAdminMixin

BREACH_LABELS = {"reported": "warning", "confirmed": "danger", "compensated": "success", "dismissed": ""}
AUDIT_LABELS = {"kept": "success", "partly": "warning", "broken": "danger"}


@admin.register(PromiseAudit)
class PromiseAuditAdmin(VerbsOnlyAdmin):
    """The append-only record of audits."""

    list_display = ["promise", "outcome_label", "sample", "kept", "audited_by", "audited_at"]
    list_filter = [("outcome", ChoicesDropdownFilter), ("audited_at", RangeDateTimeFilter)]
    list_select_related = ["promise__merchant", "promise__kind", "audited_by"]
    search_fields = ["promise__merchant__name", "promise__kind__name"]
    search_help_text = _("Merchant or kind of promise")
    empty_note = _("Recorded on the page of a promise that is in force.")
    fields = ["promise", ("outcome", "sample", "kept"), "note", "files", ("audited_by", "audited_at")]
    readonly_fields = ["files"]
    outcome_label = badge("outcome", _("outcome"), AUDIT_LABELS)

    @admin.display(description=_("evidence"))
    def files(self, audit):
        return file_links(audit) or "-"


class ConfirmForm(forms.Form):
    """What is owed where the promise has no terms in money, and whether it was serious."""

    amount = forms.DecimalField(
        label=_("compensation (yuan)"),
        required=False,
        min_value=0,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("Empty: as the promise's own terms say."),
    )
    serious = forms.BooleanField(
        label=_("serious"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=_("Repeated, or to the harm of many buyers."),
    )
    note = forms.CharField(
        label=_("note"), required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )


class CompensateForm(forms.Form):
    """How the buyer was compensated."""

    reference = forms.CharField(
        label=_("how it was compensated"),
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The number of the payment, or what was sent by which parcel."),
    )


@admin.register(Breach)
class BreachAdmin(SheetAdminMixin, ExplainedMixin, RecordAdmin):
    """Broken promises: what is owed by when, the soonest due first where they wait."""

    sheet_name = "breaches"
    rulebook = BREACHES
    list_display = [
        "code",
        "promise",
        "order",
        "state_label",
        "serious_label",
        "amount",
        "due_at",
        "reported_at",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        "serious",
        ("reported_at", RangeDateTimeFilter),
    ]
    list_select_related = ["promise__merchant", "promise__kind", "order"]
    search_fields = ["code", "order__number", "promise__merchant__name"]
    search_help_text = _("Number of the breach or of the order, merchant")
    autocomplete_fields = ["promise"]
    raw_id_fields = ["order"]
    readonly_fields = [
        "code",
        "serious",
        "reported_at",
        "amount",
        "decided_by",
        "decided_at",
        "due_at",
        "compensated_by",
        "compensated_at",
        "reference",
    ]
    fieldsets = [
        (None, {"fields": ["promise", ("order", "source"), "text"]}),
        (
            _("Course"),
            {
                "fields": [
                    ("code", "reported_at"),
                    ("serious", "amount"),
                    ("decided_by", "decided_at"),
                    ("due_at", "compensated_at"),
                    ("compensated_by", "reference"),
                ]
            },
        ),
    ]
    verbs = [
        Verb("confirm", promises.confirm, _("Confirm the breach"), ConfirmForm),
        Verb("dismiss", promises.dismiss, _("Dismiss the report"), ReasonForm),
        Verb("compensate", promises.compensate, _("Note the compensation"), CompensateForm),
        Verb(
            "hold_merchant",
            promises.hold_merchant,
            _("Stop the merchant"),
            ReasonForm,
            help=_("Places a hold on the merchant and suspends the promise; its goods block shows."),
            danger=True,
            needs="confirm",
        ),
    ]
    state_label = badge("state", _("state"), BREACH_LABELS)

    def get_ordering(self, request):
        return ["due_at", "id"] if request.GET.get("state__exact") == Breach.State.CONFIRMED else ["-id"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:1]

    def has_change_permission(self, request, obj=None):
        return False

    def open_verbs(self, request, obj):
        """A stop only after a serious breach was confirmed, by who may place holds."""
        may_stop = (
            obj.serious
            and obj.state != Breach.State.REPORTED
            and request.user.has_perm("merchants.hold_merchant")
        )
        return [verb for verb in super().open_verbs(request, obj) if verb.name != "hold_merchant" or may_stop]

    @admin.display(description=_("serious"), ordering="serious")
    def serious_label(self, breach):
        return format_html('<span class="kit-badge bad">{}</span>', _("serious")) if breach.serious else "-"

    def save_model(self, request, obj, form, change):
        promises.report(obj, by=request.user, at=clock.now())
