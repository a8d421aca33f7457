"""Narrowing a list to what runs out."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from mcn.agency.models import Figure, figure
from mcn.kit import clock
from merchants.rules.expiry import expired, expiring

# The steps of the warnings, the last first: a later step's rows are in the earlier ones' lists too.
SPANS = {
    "last": Figure.Key.EXPIRY_LAST_DAYS,
    "urgent": Figure.Key.EXPIRY_URGENT_DAYS,
    "soon": Figure.Key.EXPIRY_WARNING_DAYS,
}


class RunOutFilter(DropdownFilter):
    """Rows that run out within a warning's days, or that have run out, as an app's own rules tell them."""

    title = _("expiry")
    parameter_name = "expiry"
    expiring: Callable
    expired: Callable

    def lookups(self, request, model_admin):
        return [
            ("soon", _("expires soon")),
            ("urgent", _("urgent")),
            ("last", _("last warning")),
            ("expired", _("expired")),
        ]

    def queryset(self, request, queryset):
        on = clock.today()
        if self.value() in SPANS:
            found = self.expiring(queryset.model, on, figure(SPANS[self.value()], on))
            return queryset.filter(pk__in=found.order_by().values("pk"))
        if self.value() == "expired":
            return queryset.filter(pk__in=self.expired(queryset.model, on).order_by().values("pk"))
        return queryset


class ExpiryFilter(RunOutFilter):
    """Rows of merchants that run out, or that have run out."""

    expired, expiring = staticmethod(expired), staticmethod(expiring)
