"""What the list of streamers may be narrowed to beside its columns."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from mcn.agency.models import figure
from mcn.kit import clock
from merchants.admin.expiry import SPANS
from streamers.rules.age import ADULT_AGE, WORKING_AGE, latest_birth, minors, unconsented
from streamers.rules.expiry import LAST_DAY, expired, expiring


class AgeFilter(DropdownFilter):
    """Minors, and those of them who lack what minors need."""

    title = _("age")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [
            ("minor", _("minors of working age")),
            ("unconsented", _("minors without a guardian's consent")),
            ("young", _("under working age")),
            ("adult", _("of age")),
        ]

    def queryset(self, request, queryset):
        on = clock.today()
        adult, working = latest_birth(on, ADULT_AGE), latest_birth(on, WORKING_AGE)
        if self.value() == "minor":
            return minors(queryset, on)
        if self.value() == "unconsented":
            return unconsented(queryset, on)
        if self.value() == "young":
            return queryset.filter(born_on__gt=working)
        return queryset.filter(born_on__lte=adult) if self.value() == "adult" else queryset


class RunningOutFilter(DropdownFilter):
    """Streamers of whom something runs out within a warning's days, or has run out."""

    title = _("expiry")
    parameter_name = "expiry"

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
            days = figure(SPANS[self.value()], on)
            return queryset.filter(_whose(lambda model: expiring(model, on, days)))
        return queryset.filter(_whose(lambda model: expired(model, on))) if self.value() else queryset


def _whose(rows_of):
    """Streamers with a row among these, of any kind."""
    found = Q()
    for model in LAST_DAY:
        found |= Q(pk__in=rows_of(model).order_by().values("streamer_id"))
    return found
