"""Which entries of the register of advertisements a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import AdEntry


class AdEntryFilter(RecordFilterSet):
    """Entries by show, product on the run sheet, state and the days of their acceptance."""

    state = MultipleChoiceFilter(choices=AdEntry.State.choices)
    accepted_at = DateFromToRangeFilter()

    class Meta:
        model = AdEntry
        fields = ["show", "item", "beyond_material"]
