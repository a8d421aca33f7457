"""Service plans in the back office: what merchants promise, how the seats follow, assessed and agreed to."""

from dataclasses import replace

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from mcn.kit import clock
from mcn.kit.admin import NoteForm, ReasonForm, RecordAdmin, RecordTabularInline, Verb
from mcn.standards.checks import Report
from streamers.actions import service_plan as plans
from streamers.admin.files import state_labels
from streamers.models import PlanLine, ServicePlan, Show
from streamers.rules.service_plan import PLAN

State = ServicePlan.State


class ForMerchantForm(NoteForm):
    """How the merchant let staff know that it agrees."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = _("how and when the merchant agreed")


class AssessForm(forms.Form):
    """Whether the merchant's people and guarantee will do, and why."""

    rating = forms.ChoiceField(
        label=_("our assessment"), choices=ServicePlan.Rating.choices, widget=UnfoldAdminSelectWidget
    )
    opinion = forms.CharField(
        label=_("reasons of the assessment"),
        max_length=2_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )


class PlanLineInline(RecordTabularInline):
    """The quantities, one row for each SKU on the run sheet."""

    model = PlanLine
    fields = ["product", "sku", "spot", "presale", "ships_on"]
    readonly_fields = ["product", "sku"]
    show_change_link = False
    tab = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sku__product")

    @admin.display(description=_("product"))
    def product(self, line):
        return line.sku.product

    def has_add_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("streamers.view_planline")

    def has_change_permission(self, request, obj=None):
        return obj is not None and obj.editable and request.user.has_perm("streamers.change_serviceplan")


@admin.register(ServicePlan)
class ServicePlanAdmin(RecordAdmin):
    """By show and merchant, the longest waiting first where they wait for us."""

    list_display = [
        "show",
        "merchant",
        "number",
        "state_label",
        "seats_label",
        "rating",
        "submitted_at",
        "decided_at",
    ]
    list_display_links = ["show", "merchant"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("rating", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("show__starts_at", RangeDateFilter),
    ]
    list_select_related = ["show", "merchant"]
    search_fields = ["show__code", "show__title", "merchant__code", "merchant__name"]
    search_help_text = _("Show number or title, merchant's code or name")
    autocomplete_fields = ["merchant"]
    inlines = [PlanLineInline]
    editable_states = ServicePlan.EDITABLE
    empty_note = _("Begun by merchants in their portal, or here, once their goods are on a run sheet.")
    change_form_before_template = "streamers/admin/service_plan.html"
    readonly_fields = [
        "number",
        "seats_needed",
        "rating",
        "opinion",
        "assessed_by",
        "assessed_at",
        "submitted_by",
        "submitted_at",
        "decided_by",
        "decided_at",
        "decision_note",
    ]
    fieldsets = [
        (None, {"fields": [("show", "merchant"), ("number", "state")]}),
        (
            _("Delivery and logistics"),
            {
                "fields": [
                    ("ship_hours", "arrive_days"),
                    "carrier",
                    ("cold_chain", "installation"),
                    "logistics",
                ]
            },
        ),
        (_("Return and exchange"), {"fields": [("return_way", "return_hours"), "return_terms"]}),
        (_("Complaints"), {"fields": ["complaint_hours", "complaint_process"]}),
        (
            _("Customer service"),
            {
                "fields": [
                    ("seats", "seats_needed"),
                    ("seats_trained", "service_hours"),
                    ("answer_percent", "answer_seconds"),
                    "training",
                    "guarantee",
                ]
            },
        ),
        (
            _("Both sides"),
            {
                "fields": [
                    ("submitted_by", "submitted_at"),
                    "rating",
                    "opinion",
                    ("assessed_by", "assessed_at"),
                    ("decided_by", "decided_at"),
                    "decision_note",
                ]
            },
        ),
    ]
    verbs = [
        Verb("submit", plans.submit, _("Agree for the merchant"), ForMerchantForm),
        Verb("assess", plans.assess, _("Assess the guarantee"), AssessForm),
        Verb("agree", plans.agree, _("Agree for the agency")),
        Verb("send_back", plans.send_back, _("Send back"), ReasonForm),
        Verb("withdraw", plans.withdraw, _("Take back")),
        Verb("refill", plans.refill, _("Take over the run sheet's quantities"), needs="change"),
        Verb(
            "amend",
            plans.amend,
            _("Amend by a new version"),
            help=_("The agreed version stays in force until both agree to the new one."),
            needs="add",
        ),
    ]

    @display(description=_("state"), ordering="state", label=state_labels(State))
    def state_label(self, plan):
        return plan.state, plan.get_state_display()

    @display(description=_("seats / needed"), label={"short": "danger", "enough": "success", "open": ""})
    def seats_label(self, plan):
        if plan.seats is None:
            return "open", f"— / {plan.seats_needed}"
        return (
            "enough" if plan.seats >= plan.seats_needed else "short"
        ), f"{plan.seats} / {plan.seats_needed}"

    def get_ordering(self, request):
        waiting = request.GET.get("state__exact") == State.SUBMITTED
        return ["submitted_at", "id"] if waiting else ["-id"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(None, {"fields": [("show", "merchant")]})]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["show", "merchant"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "show":
            kwargs["queryset"] = Show.objects.filter(state__in=plans.BEFORE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def open_verbs(self, request, obj):
        """Those that its state and its show allow: after the start nothing changes any more."""
        if obj.show.state not in plans.BEFORE:
            return []
        fits = {
            "assess": obj.state == State.SUBMITTED,
            "refill": obj.editable,
            "amend": obj.state == State.AGREED,
        }
        return [verb for verb in super().open_verbs(request, obj) if fits.get(verb.name, True)]

    def row_context(self, request, obj):
        """What PLAN finds is mended on this page, not in the merchant's portal; an agreed one was asked."""
        found = PLAN.inspect(obj, on=clock.today()).findings if obj.state in ServicePlan.OPEN else []
        report = Report([replace(finding, mend_url="") for finding in found])
        shown = {"report": report if obj.state in ServicePlan.OPEN else None, "why": obj.reasoning}
        return super().row_context(request, obj) | shown

    def save_model(self, request, obj, form, change):
        by, at = request.user, clock.now()
        if change:
            words = {name: getattr(obj, name) for name in ServicePlan.CONTENT if name in form.changed_data}
            plans.save_draft(obj, words=words, by=by, at=at)
        else:
            obj.pk = plans.open_version(obj.show, obj.merchant, by=by, at=at).pk
            obj.refresh_from_db()

    def save_formset(self, request, form, formset, change):
        rows = formset.save(commit=False)
        lines = {row.pk: {name: getattr(row, name) for name in plans.QUANTITIES} for row in rows}
        if lines:
            plans.save_draft(form.instance, lines=lines, by=request.user, at=clock.now())
        formset.save_m2m()
