"""Holds on merchants."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter

from mcn.kit import clock
from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from merchants.actions import hold as hold_actions
from merchants.admin.credential import file_links
from merchants.admin.forms import AppealForm
from merchants.models import MerchantHold


class StandingFilter(DropdownFilter):
    """The holds that block today."""

    title = _("blocks today")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("now", _("blocks today"))]

    def queryset(self, request, queryset):
        return queryset.standing(clock.today()) if self.value() == "now" else queryset


@admin.register(MerchantHold)
class MerchantHoldAdmin(RecordAdmin):
    """Placed on the merchant's page; appeals are heard and holds are lifted here."""

    list_display = ["merchant", "kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        StandingFilter,
    ]
    list_select_related = ["merchant", "placed_by"]
    fields = [
        "merchant",
        ("kind", "state"),
        "clause",
        "reason",
        "files",
        ("valid_from", "valid_to"),
        "placed_by",
        "appeal",
        "answer",
    ]
    readonly_fields = ["files"]
    verbs = [
        Verb("appeal", hold_actions.appeal, _("Record an appeal"), AppealForm),
        Verb("uphold", hold_actions.uphold, _("Turn the appeal down"), ReasonForm),
        Verb("lift", hold_actions.lift, _("Lift"), ReasonForm),
    ]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
