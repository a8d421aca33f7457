"""The rules of deadlines: how long what may take, with effect from which day, and the ladder behind it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminSelectWidget

from aftersales.actions import deadline_rule as rule_actions
from aftersales.models import DeadlineRule, Rung
from aftersales.models.deadline_rule import FACTS, told
from mcn.kit import clock
from mcn.kit.admin import RecordAdmin, RecordTabularInline


class RungInline(RecordTabularInline):
    """The ladder of a rule: warnings before the deadline, levels after it."""

    model = Rung
    fields = ["offset", "level", "tells"]
    show_change_link = False
    tab = False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.view_deadlinerule")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.change_deadlinerule")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("aftersales.change_deadlinerule")


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(RecordAdmin):
    """A rule changes by a new one from a day on, a slip in place; open deadlines follow either."""

    list_display = [
        "kind",
        "nature_told",
        "channel_told",
        "urgency_told",
        "amount",
        "unit",
        "valid_from",
        "valid_to",
        "source",
    ]
    list_display_links = ["kind"]
    list_filter = [("kind", ChoicesDropdownFilter), ("unit", ChoicesDropdownFilter)]
    fields = [
        "kind",
        ("channel", "nature", "urgency"),
        ("amount", "unit"),
        ("valid_from", "valid_to"),
        "source",
    ]
    inlines = [RungInline]

    @admin.display(description=_("only this nature"), ordering="nature")
    def nature_told(self, rule):
        return told("nature", rule.nature) if rule.nature else "-"

    @admin.display(description=_("only this channel"), ordering="channel")
    def channel_told(self, rule):
        return told("channel", rule.channel) if rule.channel else "-"

    @admin.display(description=_("only this urgency"), ordering="urgency")
    def urgency_told(self, rule):
        return told("urgency", rule.urgency) if rule.urgency else "-"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """What a rule is for is chosen among what matters are told apart by."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name not in FACTS:
            return field
        choices = [("", _("any")), *FACTS[db_field.name].items()]
        return forms.ChoiceField(
            label=db_field.verbose_name, choices=choices, required=False, widget=UnfoldAdminSelectWidget
        )

    def save_model(self, request, obj, form, change):
        """The ladder is written with it, in ``save_formset``; open deadlines follow then."""
        rule_actions.write(obj, by=request.user, at=clock.now())

    def save_formset(self, request, form, formset, change):
        rungs = formset.save(commit=False)
        if rungs:
            rule_actions.write(form.instance, rungs, by=request.user, at=clock.now())
        formset.save_m2m()
