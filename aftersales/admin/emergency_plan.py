"""Emergency plans in the back office: written, adopted by another, rehearsed, read when it matters."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from aftersales.actions import emergency_plan as plan_actions
from aftersales.admin.opinion_forms import words
from aftersales.models import EmergencyPlan, PlanCall, PlanDrill
from aftersales.rules.emergency_plan import PLANS
from mcn.evidence.admin import file_links
from mcn.evidence.forms import file_field
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin, badge


class DrillForm(forms.Form):
    """Who rehearsed a plan when, what was found, and what is changed for it."""

    kind = forms.ChoiceField(label=_("kind"), choices=PlanDrill.Kind.choices, widget=UnfoldAdminSelectWidget)
    held_on = forms.DateField(label=_("held on"), widget=UnfoldAdminSingleDateWidget)
    people = forms.CharField(label=_("who took part"), max_length=300, widget=UnfoldAdminTextInputWidget)
    findings = words(_("what was found"), most=2_000)
    measures = words(_("what is changed for it"), most=2_000, required=False)
    file = file_field(label=_("file"), required=False)


class CallInline(RecordTabularInline):
    """Who is called, one after the other."""

    model = PlanCall
    fields = ["place", "user", "name", "phone", "within_minutes", "task"]
    autocomplete_fields = ["user"]
    tab = False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.view_emergencyplan")

    def has_add_permission(self, request, obj=None):
        draft = obj is None or obj.state == EmergencyPlan.State.DRAFT
        return draft and request.user.has_perm("aftersales.change_emergencyplan")

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


class DrillInline(RecordTabularInline):
    """The rehearsals, the last one first; none is ever changed."""

    model = PlanDrill
    fields = ["held_on", "kind", "people", "findings", "measures", "entered_by", "files"]
    readonly_fields = fields
    tab = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("file"))
    def files(self, drill):
        return file_links(drill) or "-"


@admin.register(EmergencyPlan)
class EmergencyPlanAdmin(RecordAdmin):
    """What is done when a matter gets out of hand; ladders and opinion cases open the plan in force."""

    list_display = ["code", "title", "matter", "state_label", "adopted_on", "drill_due_on"]
    list_display_links = ["code", "title"]
    list_filter = [("matter", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter)]
    search_fields = ["code", "title"]
    rulebook = PLANS
    editable_states = [EmergencyPlan.State.DRAFT]
    readonly_fields = ["code", "written_by", "adopted_by", "adopted_on", "drill_due_on"]
    fields = [
        ("code", "state"),
        ("title", "matter"),
        "when",
        "first_words",
        ("first_words_minutes", "drill_months"),
        ("written_by", "adopted_by"),
        ("adopted_on", "drill_due_on"),
    ]
    inlines = [CallInline, DrillInline]
    verbs = [
        Verb(
            "adopt",
            plan_actions.adopt,
            pgettext_lazy("emergency plan", "Bring into force"),
            help=_("By somebody else than who wrote it; it takes the place of the one before."),
        ),
        Verb("drill", plan_actions.drill, _("Put a drill on record"), DrillForm),
        Verb("retire", plan_actions.retire, _("Take out of use"), ReasonForm, danger=True),
    ]
    state_label = badge("state", _("state"), {"draft": "info", "adopted": "success", "retired": ""})

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.fields[1:5]

    def get_inlines(self, request, obj):
        return self.inlines if obj else [CallInline]

    def open_verbs(self, request, obj):
        """A drill is of the plan in force."""
        in_force = obj.state == EmergencyPlan.State.ADOPTED
        return [verb for verb in super().open_verbs(request, obj) if verb.name != "drill" or in_force]

    def save_model(self, request, obj, form, change):
        plan_actions.write(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for call in formset.save(commit=False):
            plan_actions.write_call(call, by=request.user, at=clock.now())
        formset.save_m2m()


@admin.register(PlanCall)
class PlanCallAdmin(VerbsOnlyAdmin):
    """Who is called by which plan; here the number of somebody outside is seen in clear."""

    list_display = ["plan", "place", "who", "within_minutes", "task"]
    list_display_links = ["who"]
    list_select_related = ["plan", "user"]
    fields = [("plan", "place"), ("user", "name", "phone"), ("within_minutes", "task")]

    @admin.display(description=pgettext_lazy("emergency", "who"))
    def who(self, call):
        return call.who
