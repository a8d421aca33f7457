"""What shows offer, across shows: to look up where a product or an SKU is sold, and for how much."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)
from unfold.decorators import display

from mcn.kit.admin import ReadOnlyAdmin
from streamers.models import Offer, RunItem


@admin.register(RunItem)
class RunItemAdmin(ReadOnlyAdmin):
    """Products on run sheets."""

    empty_note = _("Products are put on the run sheet of a show.")
    list_display = ["show", "position", "product", "card_version", "minutes", "removed_at"]
    list_display_links = ["product"]
    list_filter = [
        ("show__state", ChoicesDropdownFilter),
        ("show", AutocompleteSelectFilter),
        ("product", AutocompleteSelectFilter),
        ("product__merchant", AutocompleteSelectFilter),
        ("show__starts_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["show", "product", "card_version__card__product"]
    search_fields = ["show__code", "product__code", "product__name"]
    fields = ["show", "position", "product", "card_version", "minutes", "note", "removed_at"]


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    """What is offered of each SKU, in which show."""

    empty_note = _("Made on the run sheet of a show, for each SKU that is offered.")
    list_display = [
        "show",
        "product",
        "sku",
        "price",
        "compared_price",
        "spot",
        "presale",
        "ships_on",
        "removed_at",
    ]
    list_display_links = ["sku"]
    list_filter = [
        ("item__show__state", ChoicesDropdownFilter),
        ("item__show", AutocompleteSelectFilter),
        ("item__product", AutocompleteSelectFilter),
        ("item__product__merchant", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_select_related = ["item__show", "item__product", "sku"]
    search_fields = ["item__show__code", "sku__code", "item__product__code"]
    fields = [
        "item",
        "sku",
        ("price", "compared_price"),
        "price_basis",
        ("spot", "presale", "ships_on"),
        "link",
        "removed_at",
    ]

    @display(description=_("show"))
    def show(self, offer):
        return offer.item.show

    @display(description=_("product"))
    def product(self, offer):
        return offer.item.product
