"""Narrowing a list to what runs out, or to what nobody has verified."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from merchants.admin.expiry import RunOutFilter
from streamers.rules.expiry import expired, expiring


class ExpiryFilter(RunOutFilter):
    """Rows of streamers that run out within a warning's days, or that have run out."""

    expired, expiring = staticmethod(expired), staticmethod(expiring)


class UnverifiedFilter(DropdownFilter):
    """Papers that nobody has verified as they stand."""

    title = _("verification")
    parameter_name = "unverified"

    def lookups(self, request, model_admin):
        return [("now", _("not verified yet"))]

    def queryset(self, request, queryset):
        return queryset.unverified() if self.value() == "now" else queryset
