"""A merchant's page: what is missing at a glance, its data, and what may be done with it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from mcn.evidence.forms import BlacklistForm, HoldForm
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from mcn.kit.templatetags.kit import tone
from mcn.sheets.admin import SheetAdminMixin
from merchants.actions import contact as contact_actions
from merchants.actions import hold as hold_actions
from merchants.actions import merchant as merchant_actions
from merchants.actions.verification import verify
from merchants.admin.forms import VerifyForm
from merchants.admin.inlines import (
    AgreementInline,
    BusinessLineInline,
    ContactInline,
    CredentialInline,
    HoldInline,
    MembershipInline,
    VerificationInline,
)
from merchants.models import BusinessLine, Merchant
from merchants.rules.admission import ADMISSION, for_inspection
from merchants.rules.overview import overview

State = Merchant.State
UNFOLD_LABEL = {"good": "success", "info": "info", "warn": "warning", "bad": "danger"}


def state_labels(states):
    """How Unfold colours each state, by its tone."""
    return {state.value: UNFOLD_LABEL.get(tone(state.value), "") for state in states}


@admin.register(Merchant)
class MerchantAdmin(SheetAdminMixin, RecordAdmin):
    """Merchants from draft to exit."""

    sheet_name = "merchants"
    list_display = [
        "code",
        "name",
        "short_name",
        "kind",
        "state_label",
        "region",
        "submitted_at",
        "admitted_on",
    ]
    list_display_links = ["code", "name"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("business_lines__category", AutocompleteSelectFilter),
        ("admitted_on", RangeDateFilter),
    ]
    search_fields = ["search"]
    search_help_text = _("Name, pinyin initials, merchant code or credit code")
    readonly_fields = ["code", "submitted_by", "submitted_at", "admitted_on", "exited_on", "comment"]
    fieldsets = [
        (_("Identity"), {"fields": [("kind", "code"), ("name", "short_name"), ("uscc", "id_number")]}),
        (
            _("Where and how to reach it"),
            {"fields": [("legal_representative", "phone"), ("region", "address")]},
        ),
        (
            _("Its way with the agency"),
            {
                "fields": [
                    ("state", "comment"),
                    ("submitted_by", "submitted_at"),
                    ("admitted_on", "exited_on"),
                ]
            },
        ),
    ]
    inlines = [
        ContactInline,
        BusinessLineInline,
        CredentialInline,
        VerificationInline,
        AgreementInline,
        HoldInline,
        MembershipInline,
    ]
    change_form_before_template = "merchants/admin/overview.html"
    rulebook = ADMISSION
    editable_states = [State.DRAFT, State.SUBMITTED, State.ADMITTED, State.SUSPENDED]
    verbs = [
        Verb("submit", merchant_actions.submit, _("Submit")),
        Verb("verify", verify, _("Verify"), VerifyForm, template="merchants/admin/verify.html"),
        Verb("admit", merchant_actions.admit, _("Admit"), bulk=True),
        Verb("send_back", merchant_actions.send_back, _("Send back"), ReasonForm),
        Verb("suspend", merchant_actions.suspend, _("Suspend"), ReasonForm, danger=True),
        Verb("resume", merchant_actions.resume, _("Resume"), bulk=True),
        Verb("hold", hold_actions.hold, _("Put on hold"), HoldForm, danger=True),
        Verb("blacklist", hold_actions.blacklist, _("Blacklist"), BlacklistForm, danger=True),
        Verb("exit", merchant_actions.exit, _("End the work"), ReasonForm, danger=True),
        Verb("reopen", merchant_actions.reopen, _("Reopen")),
    ]

    @display(description=_("state"), ordering="state", label=state_labels(State))
    def state_label(self, merchant):
        return merchant.state, merchant.get_state_display()

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:2]

    def get_inlines(self, request, obj):
        return self.inlines if obj else [ContactInline, BusinessLineInline]

    def save_model(self, request, obj, form, change):
        verb = merchant_actions.change if change else merchant_actions.add
        verb(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            self._save_part(row, by=request.user, at=clock.now())
        formset.save_m2m()

    def _save_part(self, row, *, by, at):
        if isinstance(row, BusinessLine):
            merchant_actions.declare(row.merchant, row.category, by=by, at=at)
        elif row.pk:
            contact_actions.change(row, by=by, at=at)
        else:
            contact_actions.add(row, by=by, at=at)

    def row_context(self, request, obj):
        loaded = for_inspection(Merchant.objects.filter(pk=obj.pk)).get()
        return super().row_context(request, obj) | {"overview": overview(loaded, clock.today())}
