"""Service promises: the catalogue, what merchants promise, audits, and what became of broken ones."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from aftersales.actions import promise as promises
from aftersales.models import PromiseAudit, PromiseKind, ServicePromise
from aftersales.rules.promise import PROMISE, PROMISES
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, badge
from mcn.sheets.admin import SheetAdminMixin

State = ServicePromise.State
STATE_LABELS = {
    "draft": "",
    "submitted": "info",
    "returned": "warning",
    "in_force": "success",
    "suspended": "danger",
    "ended": "",
}


@admin.register(PromiseKind)
class PromiseKindAdmin(RecordAdmin):
    """What can be promised, owed by law or given beyond it."""

    list_display = ["name", "by_law", "asks_days", "basis", "ended_on"]
    list_filter = ["by_law"]
    search_fields = ["code", "name"]
    search_help_text = _("Code or name")
    fields = [("code", "name"), ("by_law", "asks_days"), "description", "basis", "ended_on"]


class ApproveForm(forms.Form):
    """Whether the merchant can keep it, and why we think so."""

    capacity = forms.ChoiceField(
        label=ServicePromise._meta.get_field("capacity").verbose_name,
        choices=ServicePromise.Capacity,
        widget=UnfoldAdminSelectWidget,
    )
    opinion = forms.CharField(
        label=ServicePromise._meta.get_field("opinion").verbose_name,
        max_length=2_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("People, stock and partners against what is sold; what audits and breaches say."),
    )


class AuditForm(forms.Form):
    """How many cases were looked at and how many kept."""

    sample = forms.IntegerField(label=_("cases looked at"), min_value=1, widget=UnfoldAdminIntegerFieldWidget)
    kept = forms.IntegerField(label=_("of these kept"), min_value=0, widget=UnfoldAdminIntegerFieldWidget)
    note = forms.CharField(
        label=_("what was found"), max_length=2_000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )
    file = file_field(label=_("evidence"), required=False)


class AuditInline(RecordTabularInline):
    """The audits of a promise, the newest first."""

    model = PromiseAudit
    fields = ["audited_at", "outcome", "sample", "kept", "note", "audited_by"]
    readonly_fields = fields
    ordering = ["-id"]
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(ServicePromise)
class ServicePromiseAdmin(SheetAdminMixin, RecordAdmin):
    """By merchant and kind, what waits for review first where it is asked for."""

    sheet_name = "service_promises"
    list_display = ["merchant", "kind", "product", "state_label", "valid_from", "valid_to", "submitted_at"]
    list_display_links = ["merchant", "kind"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
    ]
    list_select_related = ["merchant", "kind", "product"]
    search_fields = ["merchant__code", "merchant__name", "kind__name", "wording"]
    search_help_text = _("Merchant's code or name, kind, or words of the promise")
    autocomplete_fields = ["merchant", "kind", "product"]
    inlines = [AuditInline]
    editable_states = ServicePromise.EDITABLE
    readonly_fields = [
        "submitted_by",
        "submitted_at",
        "capacity",
        "opinion",
        "decided_by",
        "decided_at",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("merchant", "kind"),
                    "product",
                    "wording",
                    ("valid_from", "valid_to"),
                    "days",
                ]
            },
        ),
        (_("If it is broken"), {"fields": ["compensation", ("percent", "least", "most")]}),
        (_("How it is kept"), {"fields": ["resources"]}),
        (
            pgettext_lazy("promise", "Review"),
            {
                "fields": [
                    ("submitted_by", "submitted_at"),
                    ("capacity", "opinion"),
                    ("decided_by", "decided_at"),
                ]
            },
        ),
    ]
    verbs = [
        Verb("submit", promises.submit, _("Submit for review")),
        Verb("withdraw", promises.withdraw, _("Withdraw")),
        Verb("approve", promises.approve, _("Approve after the review"), ApproveForm),
        Verb("send_back", promises.send_back, _("Send back"), ReasonForm),
        Verb("audit", promises.audit, _("Record an audit"), AuditForm),
        Verb("suspend", promises.suspend, _("Suspend the promise"), ReasonForm, danger=True),
        Verb("resume", promises.resume, _("Put in force again"), ReasonForm),
        Verb("end", promises.end, _("End the promise"), danger=True),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    def get_ordering(self, request):
        waiting = request.GET.get("state__exact") == State.SUBMITTED
        return ["submitted_at", "id"] if waiting else ["-id"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:3]

    def get_readonly_fields(self, request, obj=None):
        declared = super().get_readonly_fields(request, obj)
        return [*declared, "merchant", "kind", "product"] if obj else declared

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def open_verbs(self, request, obj):
        """An audit where it is or was in force."""
        audited = obj.state in ServicePromise.FROZEN and request.user.has_perm("aftersales.add_promiseaudit")
        own = [verb for verb in self.verbs if verb.name == "audit" and audited]
        return [*super().open_verbs(request, obj), *own]

    def row_context(self, request, obj):
        """What PROMISE asks before it is shown, and how it is kept afterwards."""
        book = {**dict.fromkeys(ServicePromise.OPEN, PROMISE), State.IN_FORCE: PROMISES}.get(obj.state)
        report = book.inspect(obj, on=clock.today()) if book else None
        return super().row_context(request, obj) | {"report": report}

    def save_model(self, request, obj, form, change):
        by, at = request.user, clock.now()
        if change:
            words = {name: getattr(obj, name) for name in form.changed_data if name in ServicePromise.CONTENT}
            promises.save_draft(obj, words=words, by=by, at=at)
        else:
            promises.add(obj, by=by, at=at)
