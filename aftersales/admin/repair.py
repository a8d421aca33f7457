"""Repairs and repairers in the back office, and the catalogue of three guarantees."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from aftersales.actions import guarantee as guarantees
from aftersales.actions import repair as repairs
from aftersales.actions import repair_provider as providers
from aftersales.admin.return_forms import choice, text, yuan
from aftersales.models import Delay, GuaranteeTerm, Repair, RepairProvider
from aftersales.rules.reasoning import stored
from aftersales.rules.repair import REPAIRS
from mcn.kit import clock
from mcn.kit.admin import NoteForm, ReasonForm, RecordAdmin, Verb, VerbsOnlyAdmin, badge


class TakeInForm(NoteForm):
    """Which repairer has the goods, and what was found."""

    provider = forms.ModelChoiceField(
        RepairProvider.objects.none(), label=_("repairer"), widget=UnfoldAdminSelectWidget
    )
    found = text(_("fault as found"), required=False)
    misuse = forms.BooleanField(
        label=_("caused by the buyer's own use"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    price = yuan(_("price agreed (yuan)"), help_text=_("Only where the guarantee does not cover it."))

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = RepairProvider.objects.open_for(row.merchant_id, clock.today())


class DelayForm(forms.Form):
    """Why a repair takes long."""

    cause = choice(_("reason of the delay"), Delay.choices)
    words = text(_("the delay in words"))


class FinishForm(forms.Form):
    """How a repair ended."""

    outcome = choice(_("outcome"), Repair.Outcome.choices)
    work_done = text(_("work done, parts changed"))


class AssessmentForm(forms.Form):
    """What was seen of a repairer's qualification, technical level and norms."""

    assessment = text(_("assessment"))


@admin.register(Repair)
class RepairAdmin(VerbsOnlyAdmin):
    """Repairs with what the guarantee gives, the newest first."""

    rulebook = REPAIRS
    list_display = [
        "code",
        "goods",
        "merchant",
        "provider",
        "state_label",
        "taken_in_on",
        "finished_on",
        "outcome",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("delay_cause", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("provider", AutocompleteSelectFilter),
    ]
    list_select_related = ["line", "merchant", "provider"]
    search_fields = ["code", "order__number"]
    search_help_text = _("Repair number or order number")
    empty_note = _("Asked for by buyers on their page, or by merchants in their portal.")
    change_form_before_template = "aftersales/admin/return_request.html"
    fields = [
        ("code", "state"),
        ("order", "line"),
        ("merchant", "provider"),
        "fault",
        ("asked_at", "taken_in_on"),
        ("free", "price"),
        ("misuse", "found"),
        ("delay_cause", "delay_noted_on"),
        "delay_note",
        ("finished_on", "outcome"),
        "work_done",
        "handed_back_on",
    ]
    verbs = [
        Verb("take_in", repairs.take_in, _("Take the goods in"), TakeInForm, about_row=True),
        Verb("delay", repairs.delay, _("Note a delay"), DelayForm),
        Verb("finish", repairs.finish, _("Finish the repair"), FinishForm),
        Verb("hand_back", repairs.hand_back, _("Give the goods back")),
        Verb("cancel", repairs.cancel, _("Give the repair up"), ReasonForm),
    ]
    state_label = badge(
        "state",
        _("state"),
        {"asked": "warning", "in_repair": "info", "finished": "info", "handed_back": "success"},
    )

    @display(description=_("goods"))
    def goods(self, repair):
        return str(repair.line)

    def row_context(self, request, obj):
        return super().row_context(request, obj) | {"answer": stored(obj.entitlement)}


@admin.register(RepairProvider)
class RepairProviderAdmin(RecordAdmin):
    """Who may repair, and who waits to be admitted."""

    list_display = ["name", "kind", "merchant", "covers", "region", "phone", "state_label", "qualified_to"]
    list_filter = [("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter)]
    list_select_related = ["merchant"]
    search_fields = ["name", "covers"]
    autocomplete_fields = ["merchant"]
    editable_states = [RepairProvider.State.APPLIED, RepairProvider.State.REFUSED]
    readonly_fields = ["submitted_by", "assessment", "assessed_by", "assessed_at", "document"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "state"),
                    ("kind", "merchant"),
                    ("covers", "region"),
                    ("address", "phone"),
                    "hours",
                ]
            },
        ),
        (_("To be assessed"), {"fields": [("qualification", "qualified_to"), "skill", "norms", "document"]}),
        (_("Assessment"), {"fields": ["assessment", ("assessed_by", "assessed_at"), "submitted_by"]}),
    ]
    verbs = [
        Verb("admit", providers.admit, _("Admit"), AssessmentForm),
        Verb("refuse", providers.refuse, _("Refuse"), ReasonForm),
        Verb("resubmit", providers.resubmit, _("Put forward again")),
        Verb("suspend", providers.suspend, _("Suspend"), ReasonForm, danger=True),
    ]
    state_label = badge(
        "state",
        _("state"),
        {"applied": "warning", "admitted": "success", "refused": "danger", "suspended": "danger"},
    )

    def save_model(self, request, obj, form, change):
        act = providers.change if change else providers.put_forward
        act(obj, by=request.user, at=clock.now())


@admin.register(GuaranteeTerm)
class GuaranteeTermAdmin(RecordAdmin):
    """The catalogue, each line with the day from which it holds."""

    list_display = [
        "category",
        "valid_from",
        "months",
        "return_days",
        "exchange_days",
        "repairs",
        "depreciation",
    ]
    list_filter = [("category", AutocompleteSelectFilter)]
    list_select_related = ["category"]
    search_fields = ["category__name", "category__code"]
    autocomplete_fields = ["category"]
    fieldsets = [
        (None, {"fields": [("category", "valid_from"), "source"]}),
        (
            _("Return, exchange and repair"),
            {
                "fields": [
                    ("return_days", "exchange_days"),
                    ("months", "repairs"),
                    ("part_months", "main_parts"),
                    ("parts_days", "repairer_days"),
                    "depreciation",
                ]
            },
        ),
        (_("Perishable goods"), {"fields": [("perishable", "claim_days")]}),
        (_("In words"), {"fields": ["covers", "special", "service"]}),
    ]

    def save_model(self, request, obj, form, change):
        guarantees.set_terms(obj, by=request.user, at=clock.now())
