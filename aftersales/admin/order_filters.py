"""Orders by how they stand against their deadline."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from aftersales.rules.ship_by import due_soon
from mcn.kit import clock


class DeadlineFilter(DropdownFilter):
    """Late, due within the hours of warning, or without a calendar to reckon by."""

    title = _("deadline for shipping")
    parameter_name = "deadline"

    def lookups(self, request, model_admin):
        return [("late", _("late")), ("soon", _("due soon")), ("unknown", _("calendar not known"))]

    def queryset(self, request, queryset):
        at, value = clock.now(), self.value()
        if value == "late":
            return queryset.late(at)
        if value == "soon":
            return due_soon(queryset, at)
        if value == "unknown":
            return queryset.to_ship().filter(ship_by=None)
        return queryset
