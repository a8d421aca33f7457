"""Merchant scores: by what merchants are scored, and what each night made of whom."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from aftersales.actions import score_rule_set as rule_sets
from aftersales.models import Measure, MerchantScore, ScoreBand, ScoreRuleSet, ScoreStep
from aftersales.rules.score import SCORING, explained
from aftersales.rules.score_history import history_chart, newest
from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, RecordTabularInline, Verb, VerbsOnlyAdmin, badge

State = ScoreRuleSet.State
MEASURE_LABELS = {Measure.NONE: "success", Measure.WARN: "warning", Measure.HOLD: "danger", "": ""}


class CopyForm(forms.Form):
    """The name of the new draft, and from when it is to count."""

    name = forms.CharField(label=_("name"), max_length=60, widget=UnfoldAdminTextInputWidget)
    valid_from = forms.DateField(label=_("with effect from"), widget=UnfoldAdminSingleDateWidget)


class PartInline(RecordTabularInline):
    """A part of a rule set: changed while it is a draft, frozen then."""

    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return _open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return _open(obj) and super().has_change_permission(request, obj)


def _open(rule_set):
    return rule_set is None or rule_set.state == State.DRAFT


class StepInline(PartInline):
    """The points of each component by its figure."""

    model = ScoreStep
    fields = ["component", "at_least", "points"]


class BandInline(PartInline):
    """The bands and what each carries."""

    model = ScoreBand
    fields = ["name", "at_least", "measure"]


@admin.register(ScoreRuleSet)
class ScoreRuleSetAdmin(RecordAdmin):
    """By what merchants are scored, from which day on."""

    list_display = ["name", "valid_from", "window_days", "least_orders", "state_label", "adopted_by"]
    list_filter = [("state", ChoicesDropdownFilter)]
    list_select_related = ["adopted_by"]
    fieldsets = [
        (None, {"fields": [("name", "valid_from"), "source", ("state", "drafted_by", "adopted_by")]}),
        (
            _("Weights"),
            {
                "fields": [
                    ("weight_shipping", "weight_complaints", "weight_resolution"),
                    ("weight_returns", "weight_ratings"),
                ]
            },
        ),
        (
            _("Who is rated, and when a hold comes"),
            {"fields": [("window_days", "least_orders"), ("least_weight", "hold_nights")]},
        ),
    ]
    readonly_fields = ["drafted_by", "adopted_by"]
    inlines = [BandInline, StepInline]
    rulebook = SCORING
    editable_states = [State.DRAFT]
    verbs = [
        Verb("adopt", rule_sets.adopt, _("Adopt")),
        Verb(
            "copy",
            rule_sets.copy,
            _("Copy as a draft"),
            CopyForm,
            help=_("An adopted rule set is frozen: a change is a new one with a day of its own."),
            needs="change",
        ),
        Verb("withdraw", rule_sets.withdraw, _("Withdraw"), ReasonForm, danger=True),
    ]
    state_label = badge(
        "state", _("state"), {State.DRAFT: "info", State.ADOPTED: "success", State.WITHDRAWN: ""}
    )

    def save_model(self, request, obj, form, change):
        rule_sets.draft(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        for part in formset.save(commit=False):
            rule_sets.change_part(part, by=request.user, at=clock.now())
        formset.save_m2m()


class NightFilter(DropdownFilter):
    """The scores of the last night alone."""

    title = _("night")
    parameter_name = "night"

    def lookups(self, request, model_admin):
        return [("newest", _("the last night"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=newest().values("pk")) if self.value() == "newest" else queryset


@admin.register(MerchantScore)
class MerchantScoreAdmin(VerbsOnlyAdmin):
    """Each night's scores with every component, the newest first."""

    list_display = ["merchant", "day", "total_told", "band_label", "nights", "orders", "hold"]
    list_display_links = ["merchant", "day"]
    list_filter = [
        NightFilter,
        ("measure", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ("day", RangeDateFilter),
    ]
    list_select_related = ["merchant", "hold"]
    search_fields = ["merchant__code", "merchant__name", "merchant__short_name"]
    search_help_text = _("Merchant's code or name")
    fields = [("merchant", "rule_set"), ("since", "day"), ("orders", "nights"), "hold"]
    change_form_before_template = "aftersales/admin/score.html"
    empty_note = _("Scores are worked out every night from orders, complaints, returns and reviews.")

    @admin.display(description=pgettext_lazy("score", "score"), ordering="total")
    def total_told(self, score):
        if score.total is None:
            return "—"
        change = score.total - score.before if score.before is not None else 0
        arrow = f" ↑{change}" if change > 0 else f" ↓{-change}" if change < 0 else ""
        return f"{score.total}{arrow}"

    @display(description=_("band of scores"), ordering="measure", label=MEASURE_LABELS)
    def band_label(self, score):
        return (score.measure, score.band) if score.band else ("", score.told)

    def row_context(self, request, obj):
        shown = {"lines": explained(obj), "history": history_chart(obj.merchant_id)}
        return super().row_context(request, obj) | shown
