"""Price claims: worked out when they are made, explained above the form, paid by a button."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from aftersales.actions import price_claim as price_claims
from aftersales.admin.explained import ExplainedMixin
from aftersales.models import PriceClaim
from aftersales.rules.price_protection import PRICE_CLAIMS
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, badge
from mcn.sheets.admin import SheetAdminMixin

State = PriceClaim.State
STATE_LABELS = {"granted": "warning", "refused": "", "paid": "success", "cancelled": ""}


class PayForm(forms.Form):
    """By which payment the difference went back."""

    reference = forms.CharField(
        label=_("payment reference"),
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The number of the refund by which the money went back the way it came."),
    )


@admin.register(PriceClaim)
class PriceClaimAdmin(SheetAdminMixin, ExplainedMixin, RecordAdmin):
    """Who is owed what for a fallen price, the soonest due first where they wait for their payment."""

    sheet_name = "price_claims"
    rulebook = PRICE_CLAIMS
    list_display = ["code", "order", "line", "state_label", "reason", "amount", "due_at", "applied_at"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("reason", ChoicesDropdownFilter),
        ("applied_at", RangeDateTimeFilter),
    ]
    list_select_related = ["line__order"]
    search_fields = ["code", "line__order__number"]
    search_help_text = _("Number of the claim or of the order")
    raw_id_fields = ["line"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "line"),
                    ("reason", "channel"),
                    ("days", "until_on"),
                    ("unit_paid", "lowest"),
                    ("amount", "due_at"),
                    ("applied_at", "paid_at"),
                    ("paid_by", "reference"),
                ]
            },
        )
    ]
    readonly_fields = [
        "code",
        "reason",
        "days",
        "until_on",
        "unit_paid",
        "lowest",
        "amount",
        "due_at",
        "applied_at",
        "paid_at",
        "paid_by",
        "reference",
    ]
    verbs = [
        Verb("pay", price_claims.pay, _("Note the payment"), PayForm),
        Verb("work_out", price_claims.work_out_anew, _("Work out anew")),
        Verb("cancel", price_claims.cancel, _("Cancel the claim"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), STATE_LABELS)

    def get_ordering(self, request):
        return ["due_at", "id"] if request.GET.get("state__exact") == State.GRANTED else ["-id"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(None, {"fields": ["line"]})]

    def has_change_permission(self, request, obj=None):
        return False

    def open_verbs(self, request, obj):
        settled = obj.state in (State.PAID, State.CANCELLED)
        return [
            verb for verb in super().open_verbs(request, obj) if not (settled and verb.name == "work_out")
        ]

    @admin.display(description=_("order"))
    def order(self, claim):
        return claim.line.order

    def save_model(self, request, obj, form, change):
        made = price_claims.apply(obj.line, by=request.user, at=clock.now())
        obj.pk = made.pk
        obj.refresh_from_db()
