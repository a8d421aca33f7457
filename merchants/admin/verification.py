"""What was verified of merchants."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.admin import file_links
from mcn.kit.admin import VerbsOnlyAdmin
from merchants.admin.expiry import ExpiryFilter
from merchants.models import MerchantVerification


@admin.register(MerchantVerification)
class MerchantVerificationAdmin(VerbsOnlyAdmin):
    """The append-only record; a new answer is given on the merchant's page."""

    empty_note = _("Given item by item, on the page of what is verified.")
    list_display = [
        "merchant",
        "item",
        "outcome",
        "method",
        "verified_by",
        "verified_on",
        "next_due_on",
        "stands",
    ]
    list_filter = [
        ("item", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("merchant", AutocompleteSelectFilter),
        ExpiryFilter,
        ("next_due_on", RangeDateFilter),
    ]
    list_select_related = ["merchant", "verified_by"]
    fields = [
        "merchant",
        ("item", "outcome"),
        ("method", "note"),
        "files",
        ("verified_by", "verified_on"),
        ("next_due_on", "superseded_at"),
    ]
    readonly_fields = ["files"]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=_("stands"), boolean=True)
    def stands(self, row):
        return row.superseded_at is None
