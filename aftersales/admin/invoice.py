"""Invoices: what is to be issued until when, what went out how, and what is to be red-lettered."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateTimeFilter
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextInputWidget,
)

from aftersales.actions import invoice as invoices
from aftersales.models import Invoice
from aftersales.rules.invoice import INVOICES
from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin

State = Invoice.State
STATE_LABELS = {"requested": "warning", "issued": "info", "sent": "success", "red": "danger", "cancelled": ""}


class IssueForm(forms.Form):
    """The invoice as the tax office's platform gave it."""

    number = forms.CharField(label=_("invoice number"), max_length=40, widget=UnfoldAdminTextInputWidget)
    issued_on = forms.DateField(label=_("issued on"), widget=UnfoldAdminSingleDateWidget)
    file = file_field(
        label=_("file"),
        required=False,
        help_text=_("Left out where the tax system sends it to the buyer itself."),
    )


class SendForm(forms.Form):
    """How it goes to the buyer."""

    way = forms.ChoiceField(label=_("sent"), choices=Invoice.Way, widget=UnfoldAdminSelectWidget)
    sent_to = forms.CharField(
        label=_("parcel number or account"),
        max_length=100,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    file = file_field(
        label=_("file"), required=False, help_text=_("Where the invoice was issued without its file.")
    )


class RedForm(forms.Form):
    """The red letter, and what of the order stays invoiced."""

    number = forms.CharField(
        label=_("number of the red letter"), max_length=40, widget=UnfoldAdminTextInputWidget
    )
    reason = forms.CharField(
        label=_("why it was red-lettered"), max_length=200, widget=UnfoldAdminTextInputWidget
    )
    keep = forms.DecimalField(
        label=_("amount that stays (yuan)"),
        required=False,
        min_value=0,
        decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("Where only a part came back: what stays is invoiced anew. Empty for all."),
    )


class ReturnedFilter(DropdownFilter):
    """Invoices whose goods came back and that are not red-lettered yet."""

    title = _("goods came back")
    parameter_name = "back"

    def lookups(self, request, model_admin):
        return [("yes", _("to be red-lettered"))]

    def queryset(self, request, queryset):
        issued = queryset.filter(state__in=[State.ISSUED, State.SENT], returned_at__isnull=False)
        return issued if self.value() == "yes" else queryset


@admin.register(Invoice)
class InvoiceAdmin(SheetAdminMixin, RecordAdmin):
    """From the request to the red letter; whom it is made out to is shown masked."""

    sheet_name = "invoices"
    rulebook = INVOICES
    list_display = ["code", "order", "kind", "amount", "state_label", "due_at", "number", "requested_at"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ReturnedFilter,
        ("due_at", RangeDateTimeFilter),
    ]
    list_select_related = ["order"]
    search_fields = ["code", "order__number", "number"]
    search_help_text = _("Number of the request, the order or the invoice")
    raw_id_fields = ["order"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("order", "kind"),
                    ("buyer", "title"),
                    ("tax_number", "email"),
                    "further",
                ]
            },
        ),
        (
            _("Course"),
            {
                "fields": [
                    ("code", "amount"),
                    ("requested_at", "due_at"),
                    ("number", "issued_on"),
                    ("issued_by", "files"),
                    ("way", "sent_to"),
                    ("sent_at", "returned_at"),
                    ("red_number", "red_on"),
                    ("red_reason", "replaces"),
                ]
            },
        ),
    ]
    readonly_fields = [
        "code",
        "amount",
        "requested_at",
        "due_at",
        "number",
        "issued_on",
        "issued_by",
        "files",
        "way",
        "sent_to",
        "sent_at",
        "returned_at",
        "red_number",
        "red_on",
        "red_reason",
        "replaces",
    ]
    verbs = [
        Verb("issue", invoices.issue, _("Note the issued invoice"), IssueForm),
        Verb("send", invoices.send, _("Note that it was sent"), SendForm),
        Verb("red_letter", invoices.red_letter, _("Red-letter it"), RedForm, danger=True),
        Verb("cancel", invoices.cancel, _("Cancel the request"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    def get_ordering(self, request):
        return ["due_at", "id"] if request.GET.get("state__exact") == State.REQUESTED else ["-id"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:1]

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("files"))
    def files(self, invoice):
        return file_links(invoice) or "-"

    def save_model(self, request, obj, form, change):
        invoices.request(obj, by=request.user, at=clock.now())
