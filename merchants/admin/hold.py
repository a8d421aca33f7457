"""Holds on merchants."""

from django.contrib import admin

from mcn.evidence.admin import HoldAdmin
from merchants.models import MerchantHold


@admin.register(MerchantHold)
class MerchantHoldAdmin(HoldAdmin):
    """Who is stopped, for what and until when."""
