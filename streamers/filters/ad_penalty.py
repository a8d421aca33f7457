"""Which penalties a list may be narrowed to."""

from django_filters import CharFilter, DateFromToRangeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import AdPenalty


class PartyFilter(CharFilter):
    """The decisions about whoever has the full ID number or credit code asked for."""

    def filter(self, qs, value):
        return qs.about(value) if value else qs


class AdPenaltyFilter(RecordFilterSet):
    """Penalties by party, its full number, state and days."""

    party_number = PartyFilter()
    decided_on = DateFromToRangeFilter()
    barred_to = DateFromToRangeFilter()

    class Meta:
        model = AdPenalty
        fields = ["party", "state", "number"]
