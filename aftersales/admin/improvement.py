"""Improvement: nonconformities with their causes drawn, actions with their effect, pilots, good practice."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)

from aftersales.actions import improvement as action_actions
from aftersales.actions import nonconformity as nonconformity_actions
from aftersales.admin.opinion_forms import DoneForm, EffectForm, RootCauseForm
from aftersales.models import Cause, ImprovementAction, Nonconformity, Why
from aftersales.rules.fishbone import fishbone
from aftersales.rules.improvement import CLOSING, SETTLING, to_verify
from mcn.evidence.admin import file_links
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, badge

Running = Nonconformity.State


class SeekingInline(RecordTabularInline):
    """Parts of the search for the cause: written while it goes on, read afterwards."""

    show_change_link = False
    hide_title = True
    tab = False

    def has_add_permission(self, request, obj=None):
        return obj is not None and obj.editable and request.user.has_perm("aftersales.change_nonconformity")

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.view_nonconformity")


class WhyInline(SeekingInline):
    """Why, and why that."""

    model = Why
    fields = ["question", "answer", "evidence"]


class CauseInline(SeekingInline):
    """What may be the cause, on the bones of the fish."""

    model = Cause
    fields = ["bone", "text", "evidence", "is_root"]


class ActionInline(RecordTabularInline):
    """What is done, by whom and by when."""

    model = ImprovementAction
    fields = ["kind", "what", "goal", "owner", "due_on", "state"]
    readonly_fields = ["state"]
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Nonconformity)
class NonconformityAdmin(RecordAdmin):
    """From the facts to the verified effect."""

    empty_note = _("Begun by after-sales when a key figure, a review or an audit shows a fault.")
    list_display = ["code", "title", "source", "state_label", "serious_label", "owner", "found_on"]
    list_display_links = ["code", "title"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        "serious",
        ("owner", AutocompleteSelectFilter),
        ("merchant", AutocompleteSelectFilter),
        ("found_on", RangeDateFilter),
    ]
    list_select_related = ["owner"]
    search_fields = ["code", "title"]
    search_help_text = _("Number or title")
    autocomplete_fields = ["owner", "merchant", "product", "streamer", "show", "case"]
    inlines = [WhyInline, CauseInline, ActionInline]
    editable_states = [Running.OPEN]
    change_form_before_template = "aftersales/admin/fishbone.html"
    readonly_fields = ["root_cause", "settled_by", "settled_at", "effect", "closed_by", "closed_at"]
    fieldsets = [
        (
            _("What was found"),
            {
                "fields": [
                    ("title", "state"),
                    ("source", "found_on"),
                    "facts",
                    ("measure", "target", "actual"),
                    ("owner", "serious"),
                    "team",
                    "consumers",
                ]
            },
        ),
        (
            _("What it is about"),
            {"fields": [("merchant", "product"), ("streamer", "show"), "case"]},
        ),
        (
            _("Cause and effect"),
            {
                "fields": [
                    "root_cause",
                    ("settled_by", "settled_at"),
                    "effect",
                    ("closed_by", "closed_at"),
                ]
            },
        ),
    ]
    verbs = [
        Verb("settle", nonconformity_actions.settle, _("Settle the root cause"), RootCauseForm),
        Verb("close", nonconformity_actions.close, _("Close it"), EffectForm),
        Verb("reopen", nonconformity_actions.reopen, _("Seek the cause again"), ReasonForm),
    ]
    state_label = badge("state", _("state"), {"open": "warning", "acting": "info", "closed": "success"})

    @admin.display(description=_("serious"), ordering="serious")
    def serious_label(self, row):
        return format_html('<span class="kit-badge bad">{}</span>', _("serious")) if row.serious else "-"

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj) if obj else super().get_fieldsets(request, obj)[:2]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def row_context(self, request, obj):
        book = {Running.OPEN: SETTLING, Running.ACTING: CLOSING}.get(obj.state)
        causes = list(obj.causes.all())
        shown = {
            "report": book.inspect(obj, on=clock.today()) if book else None,
            "fish": fishbone(obj, causes) if causes else None,
            "may_plan": obj.state != Running.CLOSED
            and request.user.has_perm("aftersales.add_improvementaction"),
        }
        return super().row_context(request, obj) | shown

    def save_model(self, request, obj, form, change):
        verb = nonconformity_actions.change if change else nonconformity_actions.find
        verb(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            nonconformity_actions.keep(row, by=request.user, at=clock.now())
        formset.save_m2m()


class ToVerifyFilter(DropdownFilter):
    """The actions whose effect who looks at the list may verify."""

    title = _("effect to be verified")
    parameter_name = "to_verify"

    def lookups(self, request, model_admin):
        return [("mine", _("by me"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=to_verify(request.user)) if self.value() == "mine" else queryset


@admin.register(ImprovementAction)
class ImprovementActionAdmin(RecordAdmin):
    """By the day they are due."""

    list_display = ["what", "nonconformity", "kind", "owner", "due_on", "state_label"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ToVerifyFilter,
        ("owner", AutocompleteSelectFilter),
        ("due_on", RangeDateFilter),
    ]
    list_select_related = ["nonconformity", "owner"]
    search_fields = ["what", "nonconformity__code"]
    search_help_text = _("What is done, or number of the nonconformity")
    autocomplete_fields = ["nonconformity", "owner", "merchant"]
    editable_states = [ImprovementAction.State.PLANNED]
    readonly_fields = ["result", "done_by", "done_at", "files", "effect", "verified_by", "verified_at"]
    fieldsets = [
        (
            _("Plan"),
            {
                "fields": [
                    ("nonconformity", "kind"),
                    "what",
                    "how",
                    "goal",
                    ("owner", "due_on"),
                    "merchant",
                    "state",
                ]
            },
        ),
        (_("Done"), {"fields": ["result", ("done_by", "done_at"), "files"]}),
        (_("Effect"), {"fields": ["effect", ("verified_by", "verified_at")]}),
    ]
    verbs = [
        Verb("finish", action_actions.finish, _("Report as done"), DoneForm),
        Verb(
            "verify",
            action_actions.verify,
            _("Effect verified"),
            EffectForm,
            help=_("By somebody else than who did it or owns it."),
        ),
        Verb("fail", action_actions.fail, _("No effect"), EffectForm, danger=True),
        Verb("drop", action_actions.drop, _("Drop"), ReasonForm, danger=True),
    ]
    state_label = badge(
        "state", _("state"), {"planned": "warning", "done": "info", "verified": "success", "failed": "danger"}
    )

    @admin.display(description=_("file"))
    def files(self, action):
        return file_links(action) or "-"

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj) if obj else super().get_fieldsets(request, obj)[:1]

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk} | super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        verb = action_actions.change if change else action_actions.plan
        verb(obj, by=request.user, at=clock.now())
