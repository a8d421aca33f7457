"""Alerts about talk in public, the rules that raise them, and the cases that come of them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
)

from aftersales.actions import opinion_alert as alert_actions
from aftersales.actions import opinion_case as case_actions
from aftersales.admin.opinion_forms import (
    ConclusionForm,
    EscalateForm,
    OwnerForm,
    PublicAnswerForm,
    StepForm,
    TakeForm,
)
from aftersales.models import (
    AlertRule,
    Clock,
    EmergencyPlan,
    Level,
    OpinionAlert,
    OpinionCase,
    OpinionStep,
)
from aftersales.rules.clock import next_due
from aftersales.rules.emergency_plan import in_force
from aftersales.rules.opinion import for_person
from aftersales.rules.opinion_alert import behind
from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb, VerbsOnlyAdmin, badge

LEVEL_LABELS = {"notice": "info", "serious": "warning", "emergency": "danger"}
SHOWN_MENTIONS = 20


@admin.register(AlertRule)
class AlertRuleAdmin(RecordAdmin):
    """From what on there is an alert; a change is a new line from a day on."""

    list_display = [
        "measure",
        "scope",
        "threshold",
        "least",
        "times_usual",
        "window_hours",
        "level_label",
        "valid_from",
        "valid_to",
    ]
    list_display_links = ["measure", "scope"]
    list_filter = [
        ("measure", ChoicesDropdownFilter),
        ("scope", ChoicesDropdownFilter),
        ("level", ChoicesDropdownFilter),
    ]
    fields = [
        ("measure", "scope"),
        ("threshold", "least"),
        ("times_usual", "window_hours"),
        "level",
        ("valid_from", "valid_to"),
        "source",
    ]
    level_label = badge("level", pgettext_lazy("opinion", "level"), LEVEL_LABELS)


@admin.register(OpinionAlert)
class OpinionAlertAdmin(VerbsOnlyAdmin):
    """What the rules found, with the mentions behind it."""

    empty_note = _("Raised by the rules for alerts, every five minutes.")
    list_display = [
        "raised_at",
        "level_label",
        "rule",
        "subject_said",
        "mentions",
        "negative",
        "alarming",
        "state_label",
        "case",
    ]
    list_display_links = ["raised_at", "rule"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("level", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("raised_at", RangeDateTimeFilter),
    ]
    list_select_related = ["rule", "case", "merchant", "product", "streamer", "show"]
    fields = [
        ("rule", "level"),
        ("subject_said", "state"),
        ("mentions", "negative", "alarming"),
        ("usual", "since", "raised_at"),
        "case",
        ("decided_by", "decided_at"),
        "reason",
    ]
    readonly_fields = ["subject_said"]
    change_form_after_template = "aftersales/admin/mentions.html"
    verbs = [
        Verb("take", alert_actions.take, _("Make a case of it"), TakeForm),
        Verb("dismiss", alert_actions.dismiss, pgettext_lazy("opinion alert", "Dismiss"), ReasonForm),
    ]
    level_label = badge("level", pgettext_lazy("opinion", "level"), LEVEL_LABELS)
    state_label = badge("state", _("state"), {"raised": "danger", "taken": "success", "dismissed": ""})

    @admin.display(description=_("about"))
    def subject_said(self, alert):
        return alert.subject or _("the agency")

    def row_context(self, request, obj):
        rows = behind(obj).select_related("outlet").order_by("sentiment", "-reach", "-id")
        return super().row_context(request, obj) | {"mentions": rows[:SHOWN_MENTIONS]}


class WhoseFilter(DropdownFilter):
    """The cases that wait for who looks at the list."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("mine and nobody's yet"))]

    def queryset(self, request, queryset):
        return for_person(queryset, request.user) if self.value() == "mine" else queryset


@admin.register(OpinionCase)
class OpinionCaseAdmin(RecordAdmin):
    """The open ones by their deadline."""

    empty_note = _("Begun with an alert, or by hand when somebody hears of a matter first.")
    list_display = [
        "code",
        "title",
        "level_label",
        "state_label",
        "owner",
        "due_at",
        "subject_said",
        "opened_at",
    ]
    list_display_links = ["code", "title"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("level", ChoicesDropdownFilter),
        WhoseFilter,
        ("owner", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
        ("opened_at", RangeDateTimeFilter),
    ]
    list_select_related = ["owner", "merchant", "product", "streamer", "show"]
    search_fields = ["code", "title"]
    search_help_text = _("Case number or title")
    autocomplete_fields = ["owner", "merchant", "product", "streamer", "show"]
    editable_states = OpinionCase.RUNNING
    change_form_after_template = "aftersales/admin/opinion_case.html"
    readonly_fields = [
        "code",
        "due_at",
        "opened_by",
        "opened_at",
        "emergency_at",
        "answer",
        "answered_at",
        "conclusion",
        "closed_by",
        "closed_at",
    ]
    fieldsets = [
        (None, {"fields": [("code", "state"), ("title", "level"), "summary", ("owner", "due_at")]}),
        (_("What it is about"), {"fields": [("merchant", "product"), ("streamer", "show")]}),
        (
            _("What came of it"),
            {
                "fields": [
                    ("opened_by", "opened_at"),
                    "emergency_at",
                    ("answered_at", "answer"),
                    "conclusion",
                    ("closed_by", "closed_at"),
                ]
            },
        ),
    ]
    verbs = [
        Verb("take_on", case_actions.take_on, _("Give to an owner"), OwnerForm),
        Verb("note", case_actions.note, _("Add a step"), StepForm),
        Verb("answer", case_actions.answer, _("Answered in public"), PublicAnswerForm),
        Verb(
            "escalate",
            case_actions.escalate,
            _("Start the emergency plan"),
            EscalateForm,
            danger=True,
            help=_("The level becomes an emergency and the short deadline begins now."),
        ),
        Verb("close", case_actions.close, _("Close the case"), ConclusionForm),
        Verb("reopen", case_actions.reopen, pgettext_lazy("opinion case", "Reopen"), ReasonForm),
    ]
    level_label = badge("level", pgettext_lazy("opinion", "level"), LEVEL_LABELS)
    state_label = badge(
        "state", _("state"), {"open": "danger", "handled": "warning", "answered": "info", "closed": "success"}
    )

    @admin.display(description=_("deadline"), ordering="due")
    def due_at(self, case):
        return f"{case.due.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if case.due else "-"

    @admin.display(description=_("about"))
    def subject_said(self, case):
        return case.subject or "-"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(due=next_due(OpinionCase))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            return fieldsets
        return [(None, {"fields": [("title", "level"), "summary", "owner"]}), *fieldsets[1:2]]

    def get_readonly_fields(self, request, obj=None):
        """What a verb of its own sets is not typed over."""
        return [*super().get_readonly_fields(request, obj), *(["level", "owner"] if obj else [])]

    def open_verbs(self, request, obj):
        running = obj.state in OpinionCase.RUNNING
        fits = {"note": running, "escalate": running and obj.emergency_at is None}
        return [verb for verb in super().open_verbs(request, obj) if fits.get(verb.name, True)]

    def row_context(self, request, obj):
        steps = OpinionStep.objects.filter(case=obj).select_related("done_by", "document").order_by("id")
        shown = {
            "plan": obj.plan
            or (obj.level != Level.NOTICE and in_force(EmergencyPlan.Matter.OPINION).first()),
            "steps": [(step, file_links(step)) for step in steps],
            "mentions": obj.mentions.select_related("outlet").order_by("-reach", "-id")[:SHOWN_MENTIONS],
            "clocks": Clock.objects.of(obj),
        }
        return super().row_context(request, obj) | shown

    def save_model(self, request, obj, form, change):
        verb = case_actions.change if change else case_actions.open_case
        verb(obj, by=request.user, at=clock.now())
