"""Narrowing a list to what runs out, or to what nobody has verified."""

from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from merchants.admin.expiry import RunOutFilter
from streamers.models import Streamer
from streamers.rules.expiry import expired, expiring


def to_verify(papers, user):
    """The papers that wait for somebody to verify them, other than those that this person gave."""
    waiting = papers.unverified().exclude(streamer__state=Streamer.State.ENDED)
    return waiting.exclude(submitted_by=user)


class ExpiryFilter(RunOutFilter):
    """Rows of streamers that run out within a warning's days, or that have run out."""

    expired, expiring = staticmethod(expired), staticmethod(expiring)


class UnverifiedFilter(DropdownFilter):
    """Papers that nobody has verified as they stand."""

    title = _("verification")
    parameter_name = "unverified"

    def lookups(self, request, model_admin):
        return [("now", _("not verified yet")), ("mine", _("waits for me"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return to_verify(queryset, request.user)
        return queryset.unverified() if self.value() == "now" else queryset


class PaperFilter(DropdownFilter):
    """Papers of rooms and of who runs them that nobody has verified as they stand."""

    title = _("verification")
    parameter_name = "unverified"

    def lookups(self, request, model_admin):
        return [("now", _("not verified yet"))]

    def queryset(self, request, queryset):
        return queryset.unverified() if self.value() == "now" else queryset
