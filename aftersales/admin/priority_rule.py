"""The priorities of complaints, which staff change with effect from a day."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from aftersales.models import PriorityRule
from mcn.kit.admin import RecordAdmin


@admin.register(PriorityRule)
class PriorityRuleAdmin(RecordAdmin):
    """By nature and urgency; a new row with a later day takes the place of the one before."""

    list_display = ["nature_label", "urgency", "priority", "valid_from", "source"]
    list_display_links = ["nature_label"]
    list_filter = [("nature", ChoicesDropdownFilter), ("urgency", ChoicesDropdownFilter)]
    fields = [("nature", "urgency"), ("priority", "valid_from"), "source"]

    @admin.display(description=_("nature"), ordering="nature")
    def nature_label(self, rule):
        return rule.get_nature_display() or _("all others")
