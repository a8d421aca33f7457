"""Holds on products."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from mcn.evidence.admin import HoldAdmin
from products.models import ProductHold


@admin.register(ProductHold)
class ProductHoldAdmin(HoldAdmin):
    """What is stopped, for what and until when; also by the merchant whose it is."""

    list_filter = [*HoldAdmin.list_filter, ("product__merchant", AutocompleteSelectFilter)]
