"""Narrowing a list to what runs out."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from mcn.agency.models import Figure, figure
from mcn.kit import clock
from merchants.rules.expiry import expired, expiring

SPANS = {"soon": Figure.Key.EXPIRY_WARNING_DAYS, "urgent": Figure.Key.EXPIRY_URGENT_DAYS}


class ExpiryFilter(DropdownFilter):
    """Rows that run out within the first or the urgent warning's days, or that have run out."""

    title = _("expiry")
    parameter_name = "expiry"

    def lookups(self, request, model_admin):
        return [("soon", _("expires soon")), ("urgent", _("urgent")), ("expired", _("expired"))]

    def queryset(self, request, queryset):
        on = clock.today()
        if self.value() in SPANS:
            found = expiring(queryset.model, on, figure(SPANS[self.value()], on))
            return queryset.filter(pk__in=found.order_by().values("pk"))
        if self.value() == "expired":
            return queryset.filter(pk__in=expired(queryset.model, on).order_by().values("pk"))
        return queryset
