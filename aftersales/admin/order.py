"""Orders in the back office: found by number or the buyer's whole phone; by when they ship, and why."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextInputWidget

from aftersales.actions import order as order_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.actions.review_link import link_after
from aftersales.admin.order_filters import DeadlineFilter
from aftersales.models import DeliveryAlert, Order, OrderLine, Parcel
from aftersales.rules.ship_by import explain
from mcn.kit import clock
from mcn.kit.admin import NoteForm, ReasonForm, RecordAdmin, RecordTabularInline, Verb, badge
from mcn.kit.privacy import keyed_hash
from mcn.kit.qr import qr_image
from mcn.sheets.admin import SheetAdminMixin

State = Order.State
PHONE_DIGITS = 11
MOST_FOUND = 200


class ParcelForm(forms.Form):
    """Which carrier took a parcel, under which number and when."""

    carrier = forms.CharField(label=_("carrier"), max_length=60, widget=UnfoldAdminTextInputWidget)
    number = forms.CharField(label=_("waybill number"), max_length=60, widget=UnfoldAdminTextInputWidget)
    shipped_at = forms.SplitDateTimeField(
        label=_("shipped at"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=_("Empty for now."),
    )


class ReceiveForm(NoteForm):
    """When the buyer had the goods."""

    received_at = forms.SplitDateTimeField(
        label=pgettext_lazy("order", "received at"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=_("Empty for now."),
    )


class LineInline(RecordTabularInline):
    """What was ordered, as the platform tells it."""

    model = OrderLine
    fields = ["title", "spec", "sku_code", "product", "quantity", "price", "paid"]
    readonly_fields = fields
    show_change_link = False
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("product")


class ParcelInline(RecordTabularInline):
    """Its parcels, each with a page of its own."""

    model = Parcel
    fields = ["carrier", "number", "state", "shipped_at", "heard_at", "received_at", "damaged_at"]
    readonly_fields = fields
    tab = False

    def has_add_permission(self, request, obj=None):
        return False


class AlertInline(RecordTabularInline):
    """What went wrong on its way."""

    model = DeliveryAlert
    fields = ["kind", "state", "raised_at", "outcome", "settled_at"]
    readonly_fields = fields
    tab = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Order)
class OrderAdmin(SheetAdminMixin, RecordAdmin):
    """Orders of every platform, the newest first."""

    sheet_name = "orders"
    list_display = ["number", "platform", "merchant", "show", "state_label", "amount", "paid_at", "deadline"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        DeadlineFilter,
        ("platform", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
        ("show", AutocompleteSelectFilter),
        ("paid_at", RangeDateFilter),
    ]
    list_select_related = ["platform", "merchant", "show"]
    search_fields = ["number"]
    search_help_text = _("The whole order number, a waybill number, or the buyer's whole phone number")
    autocomplete_fields = ["show"]
    inlines = [LineInline, ParcelInline, AlertInline]
    empty_note = _("Bring them in by a platform's export, or by the API.")
    change_form_before_template = "aftersales/admin/order.html"
    readonly_fields = ["amount", "ship_by", "ship_by_basis", "shipped_at", "received_at", "closed_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("platform", "number"),
                    ("merchant", "show"),
                    ("state", "amount"),
                    "paid_at",
                ]
            },
        ),
        (_("Buyer"), {"fields": [("buyer_name", "buyer_phone"), "buyer_address"]}),
        (
            _("Delivery"),
            {
                "fields": [
                    "promised_on",
                    ("ship_by", "ship_by_basis"),
                    ("shipped_at", "received_at"),
                    "closed_at",
                ]
            },
        ),
    ]
    verbs = [
        Verb("ship", order_actions.ship, _("Ship"), ParcelForm),
        Verb("pack", parcel_actions.pack, _("Add a parcel"), ParcelForm, needs="ship"),
        Verb("receive", order_actions.receive, _("Mark as received"), ReceiveForm),
        Verb("close", order_actions.close, _("Close the order"), ReasonForm, danger=True),
    ]
    state_label = badge(
        "state", _("state"), {"paid": "warning", "shipped": "info", "received": "success", "closed": ""}
    )

    @display(description=_("ship by"), label={"late": "danger", "unknown": "warning", "open": "", "done": ""})
    def deadline(self, order):
        return order.standing(clock.now()), order.deadline_text

    def get_search_results(self, request, queryset, search_term):
        """By a whole number of order, waybill or phone, each by its own index: a hash has no parts."""
        term = search_term.strip()
        if not term:
            return queryset, False
        parcels = Parcel.objects.filter(number=term).values_list("order_id", flat=True)
        own = Order.objects.filter(number=term).values_list("pk", flat=True)
        found = {*own[:MOST_FOUND], *parcels[:MOST_FOUND]}
        if len(term) >= PHONE_DIGITS:
            bought = Order.objects.filter(buyer_phone_hash=keyed_hash(term)).order_by("-pk")
            found |= {*bought.values_list("pk", flat=True)[:MOST_FOUND]}
        return queryset.filter(pk__in=found), False

    def get_readonly_fields(self, request, obj=None):
        fixed = ["platform", "number", "merchant"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_add_permission(self, request):
        return False

    def open_verbs(self, request, obj):
        shipping = obj.state == State.SHIPPED
        return [verb for verb in super().open_verbs(request, obj) if verb.name != "pack" or shipping]

    def row_context(self, request, obj):
        review = link_after(obj)
        link = request.build_absolute_uri(review) if review else ""
        shown = {
            "steps": explain(obj),
            "standing": obj.standing(clock.now()),
            "link": link,
            "qr": qr_image(link) if link else "",
            "link_help": _("Send this link to the buyer, or let them scan the code, to review the order."),
        }
        return super().row_context(request, obj) | shown

    def save_model(self, request, obj, form, change):
        order_actions.change(obj, by=request.user, at=clock.now())
