"""Which contracts a list may be narrowed to."""

from django_filters import DateFromToRangeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import Contract


class ContractFilter(RecordFilterSet):
    """Contracts by streamer, kind, state and the days on which they run out."""

    valid_to = DateFromToRangeFilter()

    class Meta:
        model = Contract
        fields = ["streamer", "kind", "state", "number"]
