"""SKUs across products, and their price history."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeNumericFilter

from mcn.kit import clock
from mcn.kit.admin import ReadOnlyAdmin, RecordAdmin
from products.actions.sku import put_skus
from products.forms import SkuForm
from products.models import PriceRecord, Sku


@admin.register(Sku)
class SkuAdmin(RecordAdmin):
    """What can be ordered, of all products."""

    empty_note = _("Added on the page of a product, or by a spreadsheet of products.")
    form = SkuForm
    list_display = ["code", "product", "specification", "gtin", "price", "list_price", "stock", "on_sale"]
    list_filter = [
        ("merchant", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("price", RangeNumericFilter),
        "on_sale",
    ]
    list_select_related = ["product"]
    search_fields = ["code__startswith", "gtin__startswith"]
    search_help_text = _("SKU code or barcode")
    fields = [
        "product",
        ("code", "specification", "gtin"),
        ("price", "list_price", "cost_price"),
        ("lowest_before", "stock", "on_sale"),
    ]
    readonly_fields = ["product", "lowest_before"]

    def has_add_permission(self, request):
        return False

    def get_fields(self, request, obj=None):
        if request.user.has_perm("products.cost_product"):
            return self.fields
        return [
            tuple(name for name in row if name != "cost_price") if isinstance(row, tuple) else row
            for row in self.fields
        ]

    def save_model(self, request, obj, form, change):
        put_skus(obj.product, [obj], by=request.user, at=clock.now())


@admin.register(PriceRecord)
class PriceRecordAdmin(ReadOnlyAdmin):
    """Every price that was ever charged or struck through."""

    empty_note = _("Kept whenever the price of a SKU changes.")
    list_display = ["sku", "product", "kind", "price", "from_at"]
    list_filter = [("kind", ChoicesDropdownFilter), ("sku__product", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["sku__product"]
    search_fields = ["sku__code__startswith", "sku__gtin__startswith"]
    search_help_text = _("SKU code or barcode")
    fields = ["sku", "kind", "price", "from_at"]

    @admin.display(description=_("product"))
    def product(self, record):
        return record.sku.product
