"""Tier rule sets: weights, bands, tiers and what each tier asks for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb
from streamers.actions import tier as tier_actions
from streamers.admin.conduct_forms import CopyForm
from streamers.admin.files import state_labels
from streamers.models import TierBand, TierGrade, TierRuleSet
from streamers.rules.tiers import ADOPTION

State = TierRuleSet.State


class PartInline(RecordTabularInline):
    """A part of a rule set: changed while it is a draft, frozen then."""

    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return _open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return _open(obj) and super().has_change_permission(request, obj)


def _open(rule_set):
    return rule_set is None or rule_set.state == State.DRAFT


class BandInline(PartInline):
    """The points of each component by its value."""

    model = TierBand
    fields = ["component", "at_least", "points"]


class GradeInline(PartInline):
    """The tiers and their measures."""

    model = TierGrade
    fields = [
        "grade",
        "at_least",
        "training_plan",
        "training_hours",
        "script_review",
        "recording_share",
        "management",
    ]


@admin.register(TierRuleSet)
class TierRuleSetAdmin(RecordAdmin):
    """By what streamers are rated, from which day on."""

    list_display = [
        "name",
        "valid_from",
        "weight_followers",
        "weight_sales",
        "weight_orientation",
        "weight_violations",
        "state_label",
        "adopted_by",
    ]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["adopted_by"]
    fields = [
        ("name", "valid_from"),
        ("weight_followers", "weight_sales"),
        ("weight_orientation", "weight_violations"),
        "source",
        ("drafted_by", "adopted_by"),
    ]
    readonly_fields = ["drafted_by", "adopted_by"]
    inlines = [BandInline, GradeInline]
    rulebook = ADOPTION
    editable_states = [State.DRAFT]
    verbs = [
        Verb("adopt", tier_actions.adopt, _("Adopt")),
        Verb(
            "copy",
            tier_actions.copy,
            _("Copy as a draft"),
            CopyForm,
            help=_("An adopted rule set is frozen: a change is a new one with a day of its own."),
            needs="change",
        ),
        Verb("withdraw", tier_actions.withdraw, _("Withdraw"), ReasonForm, danger=True),
    ]

    @display(description=_("state"), ordering="state", label=state_labels(State) | {"adopted": "success"})
    def state_label(self, rule_set):
        return rule_set.state, rule_set.get_state_display()

    def save_model(self, request, obj, form, change):
        tier_actions.draft(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for part in formset.save(commit=False):
            tier_actions.change_part(part, by=request.user, at=clock.now())
        formset.save_m2m()
