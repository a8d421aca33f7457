"""Returns and exchanges in the back office: whose turn it is, what the law gives, what was decided."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.actions.return_evidence import give
from aftersales.admin.return_forms import (
    ApproveForm,
    ArriveForm,
    AskForm,
    DisputeForm,
    EvidenceForm,
    JudgeForm,
    RefundForm,
    ReplaceForm,
    SendForm,
    WeighForm,
)
from aftersales.models import DeadlineRule, ReturnDispute, ReturnEvidence, ReturnRequest
from aftersales.rules.clock import with_deadline
from aftersales.rules.reasoning import stored
from aftersales.rules.return_request import RETURNS
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, badge

State = ReturnRequest.State
LABELS = {
    State.ASKED: "warning",
    State.APPROVED: "info",
    State.SENT: "info",
    State.ARRIVED: "warning",
    State.DISPUTED: "danger",
    State.REFUNDED: "success",
    State.EXCHANGED: "success",
}


class ReadInline(RecordTabularInline):
    """What verbs alone add."""

    tab = False
    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class EvidenceInline(ReadInline):
    """What either side gave."""

    model = ReturnEvidence
    fields = ["given_at", "side", "kind", "note", "institute", "report_number", "document"]
    readonly_fields = fields


class DisputeInline(ReadInline):
    """Whether it was disputed, and what was decided."""

    model = ReturnDispute
    fields = ["opened_at", "side", "subject", "words", "panel", "outcome", "basis", "decided_by"]
    readonly_fields = fields


@admin.register(ReturnRequest)
class ReturnRequestAdmin(RecordAdmin):
    """Those that wait longest first where they wait."""

    rulebook = RETURNS
    editable_states: list = []
    list_display = [
        "code",
        "goods",
        "merchant",
        "kind",
        "reason",
        "state_label",
        "due_label",
        "amount",
        "asked_at",
    ]
    list_display_links = ["code", "goods"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("reason", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("asked_at", RangeDateTimeFilter),
    ]
    list_select_related = ["line", "merchant"]
    search_fields = ["code", "order__number", "parcel"]
    search_help_text = _("Return number, order number or tracking number")
    inlines = [DisputeInline, EvidenceInline]
    change_form_before_template = "aftersales/admin/return_request.html"
    readonly_fields = [
        field.name
        for field in ReturnRequest._meta.concrete_fields
        if not field.editable and field.name not in ("id", "version", "entitlement")
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "state"),
                    ("order", "line"),
                    ("merchant", "channel"),
                    ("kind", "wanted"),
                    ("reason", "quantity"),
                    "words",
                    ("amount", "asked_at"),
                    ("good_standing", "promised_hours"),
                ]
            },
        ),
        (_("Facts"), {"fields": [("intact", "confirmed"), ("misuse", "same_model")]}),
        (
            _("Way back"),
            {
                "fields": [
                    ("way", "pickup_on"),
                    "return_to",
                    ("carrier", "parcel"),
                    ("insure", "insured"),
                    ("sent_at", "arrived_at"),
                    "condition",
                ]
            },
        ),
        (
            _("Outcome"),
            {
                "fields": [
                    ("decided_by", "decided_at"),
                    "decision",
                    ("refunded", "refunded_at"),
                    ("advanced", "refund_reference"),
                    ("sent_again", "replaced_on"),
                    "closed_at",
                ]
            },
        ),
    ]
    verbs = [
        Verb("approve", returns.approve, _("Approve the return"), ApproveForm),
        Verb("refund", returns.refund, _("Refund"), RefundForm),
        Verb("send", returns.send, _("Note that it was sent back"), SendForm),
        Verb("arrive", returns.arrive, _("Note that it is back"), ArriveForm),
        Verb("replace", returns.replace, _("Send new goods"), ReplaceForm),
        Verb("weigh", returns.weigh, _("Correct the facts"), WeighForm, about_row=True),
        Verb("give", give, _("Add evidence"), EvidenceForm, needs="approve"),
        Verb(
            "advance",
            returns.advance,
            _("Pay in advance"),
            help=_("The agency pays the buyer now; the merchant settles it with the agency."),
        ),
        Verb("dispute", disputes.dispute, _("Open a dispute"), DisputeForm),
        Verb("award", disputes.award, _("Decide for the buyer"), JudgeForm),
        Verb("dismiss", disputes.dismiss, _("Decide for the merchant"), JudgeForm),
        Verb("refuse", returns.refuse, pgettext_lazy("return", "Refuse"), ReasonForm, danger=True),
        Verb("cancel", returns.cancel, _("Withdraw for the buyer"), ReasonForm),
    ]
    state_label = badge("state", _("state"), LABELS)

    @display(description=_("goods"))
    def goods(self, request):
        return str(request.line)

    @display(description=_("to be settled by"), label={"late": "danger", "soon": "warning", "open": ""})
    def due_label(self, request):
        if not request.due_at or not request.is_open:
            return "open", "—"
        left = request.due_at - clock.now()
        told = request.due_at.astimezone(clock.SHANGHAI).strftime("%m-%d %H:%M")
        return ("late" if left.days < 0 else "soon" if left.days < 1 else "open"), told

    def get_queryset(self, request):
        return with_deadline(super().get_queryset(request), DeadlineRule.Kind.RETURN_SETTLE)

    def get_ordering(self, request):
        waiting = request.GET.get("state__exact") in ReturnRequest.OPEN
        return ["asked_at", "id"] if waiting else ["-id"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            return AskForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            first = [("number", "goods"), ("kind", "reason"), "words", ("quantity", "amount"), "intact"]
            return [(None, {"fields": first})]
        return super().get_fieldsets(request, obj)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def open_verbs(self, request, obj):
        """Those that its state and what is known of it allow."""
        open_now = obj.is_open
        fits = {
            "approve": obj.kind != ReturnRequest.Kind.REFUND,
            "weigh": open_now,
            "give": open_now or obj.state == State.REFUSED,
            "advance": open_now and obj.good_standing and obj.entitled and not obj.refunded_at,
            "refund": obj.kind != ReturnRequest.Kind.EXCHANGE or not obj.same_model,
            "replace": obj.kind == ReturnRequest.Kind.EXCHANGE,
        }
        return [verb for verb in super().open_verbs(request, obj) if fits.get(verb.name, True)]

    def row_context(self, request, obj):
        return super().row_context(request, obj) | {"answer": stored(obj.entitlement)}

    def save_model(self, request, obj, form, change):
        obj.channel = ReturnRequest.Channel.STAFF
        returns.ask(obj, by=request.user, at=clock.now())
