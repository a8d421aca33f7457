"""Holds on products."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from mcn.kit.admin import ReasonForm, RecordAdmin, Verb
from merchants.admin.credential import file_links
from merchants.admin.forms import AppealForm
from products.actions import hold as hold_actions
from products.models import ProductHold


@admin.register(ProductHold)
class ProductHoldAdmin(RecordAdmin):
    """Placed on the product's page; appeals are heard and holds are lifted here."""

    list_display = ["product", "kind", "state", "reason", "valid_from", "valid_to", "placed_by"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("state", ChoicesDropdownFilter),
        ("product__merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
    ]
    list_select_related = ["product", "placed_by"]
    fields = [
        "product",
        ("kind", "state", "clause"),
        "reason",
        "files",
        ("valid_from", "valid_to"),
        "placed_by",
        "appeal",
        "answer",
    ]
    readonly_fields = ["files", "answer"]
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
