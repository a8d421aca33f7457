"""What was verified of products."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter

from mcn.evidence.admin import file_links
from mcn.kit.admin import VerbsOnlyAdmin
from products.models import ProductVerification


@admin.register(ProductVerification)
class ProductVerificationAdmin(VerbsOnlyAdmin):
    """The append-only record; a new answer is given on the product's page."""

    empty_note = _("Given item by item, on the page of what is verified.")
    list_display = [
        "product",
        "item",
        "outcome",
        "method",
        "verified_by",
        "verified_on",
        "next_due_on",
        "stale_at",
        "stands",
    ]
    list_filter = [
        ("item", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("product__merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("next_due_on", RangeDateFilter),
    ]
    list_select_related = ["product", "verified_by"]
    ordering = ["-id"]
    fields = [
        "product",
        ("item", "outcome"),
        ("method", "note"),
        "files",
        ("verified_by", "verified_on"),
        ("next_due_on", "stale_at", "superseded_at"),
    ]
    readonly_fields = ["files", "stale_at", "superseded_at"]

    @admin.display(description=_("evidence"))
    def files(self, row):
        return file_links(row) or "-"

    @admin.display(description=_("stands"), boolean=True)
    def stands(self, row):
        return row.superseded_at is None and row.stale_at is None
