"""Complaints in the back office: an inbox that says whose turn it is, and a page with the whole file."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.admin import complaint_forms as forms
from aftersales.admin.complaint_codes import codes_page
from aftersales.admin.complaint_filters import BoxFilter, next_clock
from aftersales.models import Clock, Complaint, ComplaintEntry, Priority
from aftersales.resources import complaint_pack
from aftersales.rules.clock import face
from aftersales.rules.complaint_file import faults
from aftersales.rules.complaint_links import likely_duplicates
from aftersales.rules.suggest import suggest_for
from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, ReasonForm, RecordAdmin, Verb, badge
from mcn.kit.refusal import Refused
from mcn.sheets.admin import SheetAdminMixin

State = Complaint.State
COLOURS = {"good": "success", "warn": "warning", "bad": "danger", "info": "info"}
TURNS = {"agency": "danger", "merchant": "warning", "consumer": "info", "platform": "info"}
PRIORITIES = {Priority.FIRST: "danger", Priority.HIGH: "warning", Priority.NORMAL: "", Priority.LOW: ""}
# The verbs that leave the state alone, and in which states each makes sense.
BESIDE = {
    "ask_merchant": talk.TALKED_OF,
    "reply": talk.TALKED_OF,
    "ask_consumer": talk.TALKED_OF,
    "say": Complaint.OPEN,
    "record": Complaint.OPEN,
    "assign": Complaint.OPEN,
    "follow": [State.REDIRECTED],
}


@admin.register(Complaint)
class ComplaintAdmin(SheetAdminMixin, RecordAdmin):
    """The inbox: open ones by priority and by how long they wait; a verb for each thing to do next."""

    form = forms.ComplaintForm
    sheet_name = "complaints"
    actions_list = ["codes"]
    list_display = [
        "priority_label",
        "code",
        "nature_label",
        "turn_label",
        "due_label",
        "state",
        "agent",
        "merchant",
        "channel",
        "received_at",
    ]
    list_display_links = ["code", "nature_label"]
    list_filter = [
        BoxFilter,
        ("turn", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("nature", ChoicesDropdownFilter),
        ("channel", ChoicesDropdownFilter),
        ("agent", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
        ("received_at", RangeDateFilter),
    ]
    list_select_related = ["agent", "merchant"]
    search_fields = ["search"]
    search_help_text = _("Complaint, tracking or order number, number at the channel")
    ordering = ["priority", F("turn_since").asc(nulls_last=True), "id"]
    autocomplete_fields = ["product", "show", "room", "streamer", "merchant"]
    empty_note = _("Consumers send complaints by the QR codes of shows and rooms; staff enter the others.")
    editable_states = Complaint.WORKED_ON
    change_form_before_template = "aftersales/admin/complaint.html"
    readonly_fields = ["priority", "serious", "order"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("channel", "reference"),
                    ("nature", "urgency"),
                    ("wish", "amount"),
                    "text",
                    "file",
                ]
            },
        ),
        (pgettext_lazy("complaint", "Consumer"), {"fields": [("name", "phone"), "contact"]}),
        (
            _("What it is about"),
            {
                "fields": [
                    ("platform", "order_number"),
                    ("order", "product"),
                    ("show", "room"),
                    ("merchant", "streamer"),
                ]
            },
        ),
    ]
    verbs = [
        Verb("accept", intake.accept, pgettext_lazy("complaint", "Accept"), bulk=True),
        Verb("verify", complaints.verify, _("Begin to verify")),
        Verb("ask_merchant", talk.ask_merchant, _("Ask the merchant"), forms.AskForm, needs="verify"),
        Verb("ask_consumer", talk.ask_consumer, _("Ask the consumer"), forms.AskForm, needs="verify"),
        Verb("record", talk.record, _("Write down a step"), forms.StepForm, needs="verify"),
        Verb("negotiate", complaints.negotiate, _("Begin to negotiate")),
        Verb(
            "resolve",
            complaints.resolve,
            pgettext_lazy("verb", "Resolve"),
            forms.ResolveForm,
            help=_(
                "The consumer reads these words: plain, with the reasons, and with who does what by when."
            ),
        ),
        Verb("answer", complaints.answer, _("Answer the consumer"), forms.AnswerForm),
        Verb("call_back", complaints.call_back, _("Note the call-back"), forms.CallBackForm),
        Verb("close", complaints.close, pgettext_lazy("complaint", "Close")),
        Verb("follow", intake.follow, _("Note what became of it"), forms.FollowForm, needs="redirect"),
        Verb("reopen", complaints.reopen, pgettext_lazy("complaint", "Reopen"), ReasonForm),
        Verb("say", talk.say, _("Enter what the consumer said"), forms.ToldForm, needs="verify"),
        Verb("reply", talk.reply, _("Enter what the merchant said"), forms.ToldForm),
        Verb("assign", intake.assign, _("Give to an agent"), forms.AssignForm, bulk=True),
        Verb("redirect", intake.redirect, _("Hand on"), forms.RedirectForm),
        Verb("merge", intake.merge, _("Merge"), forms.MergeForm, about_row=True),
        Verb("withdraw", intake.withdraw, _("Withdrawn by the consumer"), ReasonForm, danger=True),
    ]
    priority_label = badge("priority", _("priority"), PRIORITIES)

    @admin.display(description=_("nature"), ordering="nature")
    def nature_label(self, complaint):
        told = complaint.get_nature_display()
        return f"{told} · {_('serious case')}" if complaint.serious else told

    @display(description=_("whose turn"), ordering="turn", label=TURNS)
    def turn_label(self, complaint):
        return complaint.turn or "", complaint.get_turn_display() or "—"

    @display(description=_("deadline"), label=COLOURS)
    def due_label(self, complaint):
        running = self.clocks.get(complaint.next_clock)
        if running is None:
            return "", "—"
        seen = face(running, clock.now())
        return seen.tone, seen.words

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(next_clock=next_clock())

    def get_changelist_instance(self, request):
        """The list with the clocks of the rows on its page, read by one query."""
        shown = super().get_changelist_instance(request)
        ids = [row.next_clock for row in shown.result_list if row.next_clock]
        clocks = Clock.objects.filter(pk__in=ids).select_related("rule").prefetch_related("pauses")
        self.clocks = {row.pk: row for row in clocks}
        return shown

    def get_readonly_fields(self, request, obj=None):
        fixed = ["text"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            for _title, options in fieldsets:
                options["fields"] = [name for name in options["fields"] if name != "file"]
        return fieldsets

    def open_verbs(self, request, obj):
        """Those that fit the state; the merchant is asked where there is one."""
        found = [
            verb
            for verb in super().open_verbs(request, obj)
            if obj.state in BESIDE.get(verb.name, [obj.state])
        ]
        return [verb for verb in found if obj.merchant_id or verb.name not in ("ask_merchant", "reply")]

    def row_context(self, request, obj):
        """The deadlines, what others said of the same, and the file with whether it is whole."""
        entries = list(
            obj.entries.select_related("by", "document")
            .prefetch_related("document__revisions")
            .order_by("number")
        )
        clocks = Clock.objects.of(obj).select_related("rule").prefetch_related("pauses")
        at = clock.now()
        shown = {
            "entries": reversed(entries),
            "faults": list(faults(obj, entries)),
            "clocks": [(row, face(row, at)) for row in clocks],
            "duplicates": likely_duplicates(obj) if obj.state in Complaint.OPEN else [],
            "suggestions": suggest_for(obj) if obj.state in Complaint.OPEN else [],
            "merged": obj.duplicates.all(),
            "may_pack": request.user.has_perm("aftersales.pack_complaint"),
        }
        return super().row_context(request, obj) | shown

    def save_model(self, request, obj, form, change):
        at = clock.now()
        if change:
            values = {name: getattr(obj, name) for name in intake.DETAILS if name in form.changed_data}
            if values:
                stored = Complaint.objects.get(pk=obj.pk)
                intake.correct(stored, values=values, by=request.user, at=at)
        else:
            intake.receive(obj, file=form.cleaned_data.get("file"), by=request.user, at=at)

    @action(description=_("QR codes for complaints"), url_path="codes")
    def codes(self, request):
        """The codes by which consumers come to the complaint page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return codes_page(request, self.admin_site)

    def get_urls(self):
        view = self.admin_site.admin_view(self.pack)
        return [path("<int:pk>/pack/", view, name="aftersales_complaint_pack"), *super().get_urls()]

    def pack(self, request, pk):
        """Make the evidence pack."""
        complaint = Complaint.objects.visible_to(request.user).filter(pk=pk).first()
        if complaint is None:
            raise Http404
        if not request.user.has_perm("aftersales.pack_complaint"):
            raise PermissionDenied
        try:
            return complaint_pack.download(complaint, by=request.user, at=clock.now())
        except Refused as no:
            self.message_user(request, str(no), messages.ERROR)
            return redirect(reverse("admin:aftersales_complaint_change", args=[pk]))


@admin.register(ComplaintEntry)
class ComplaintEntryAdmin(ReadOnlyAdmin):
    """The files of all complaints, step by step."""

    list_display = ["complaint", "number", "kind", "side", "by", "at"]
    list_filter = [("kind", ChoicesDropdownFilter), ("side", ChoicesDropdownFilter), ("at", RangeDateFilter)]
    list_filter_submit = True
    list_select_related = ["complaint", "by"]
    search_fields = ["complaint__code"]
    search_help_text = _("complaint number")
    ordering = ["-id"]
    fields = [
        ("complaint", "number"),
        ("kind", "side"),
        ("by", "at"),
        "text",
        ("for_merchant", "for_consumer"),
        ("document", "document_sha256"),
        "text_sha256",
        "previous",
        "digest",
    ]
