"""By what the list of shows is narrowed."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from mcn.kit import clock
from streamers.models import ShowMetrics
from streamers.rules.show_times import day_of, on_duty, overdue, uncleared, week_from


class WhenFilter(DropdownFilter):
    """By when they go on air, and by what is late."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [
            ("today", _("today")),
            ("week", _("the next seven days")),
            ("uncleared", _("soon, and not cleared")),
            ("overdue", _("should be on air or over")),
        ]

    def queryset(self, request, queryset):
        asked, now = self.value(), clock.now()
        start, end = day_of(clock.business_day(now))
        if asked == "today":
            return queryset.filter(starts_at__lt=end, ends_at__gte=start)
        if asked == "week":
            _days, start, end = week_from(clock.business_day(now))
            return queryset.filter(starts_at__gte=start, starts_at__lt=end)
        if asked == "uncleared":
            return uncleared(queryset, now)
        return overdue(queryset, now) if asked == "overdue" else queryset


class OwnFilter(DropdownFilter):
    """The shows that one has a duty in or has planned."""

    title = _("mine")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("crew", _("I am in the crew")), ("planned", _("planned by me"))]

    def queryset(self, request, queryset):
        if self.value() == "crew":
            return on_duty(queryset, request.user, clock.now())
        return queryset.filter(planned_by=request.user) if self.value() == "planned" else queryset


class FiguresFilter(DropdownFilter):
    """The shows whose figures are still to come, or have come."""

    title = _("figures of the show")
    parameter_name = "figures"

    def lookups(self, request, model_admin):
        return [("none", _("still to come")), ("there", _("entered"))]

    def queryset(self, request, queryset):
        told = ShowMetrics.objects.values("show")
        if self.value() == "there":
            return queryset.filter(pk__in=told)
        return queryset.exclude(pk__in=told) if self.value() == "none" else queryset
