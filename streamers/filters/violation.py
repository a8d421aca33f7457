"""Which violations, and what followed from them, a list may be narrowed to."""

from django_filters import CharFilter, DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import ConductMeasure, Correction, Violation, ViolationCode


class ViolationFilter(RecordFilterSet):
    """Violations by streamer, clause, state, severity and the days on which they happened."""

    clause = CharFilter(field_name="code__clause")
    state = MultipleChoiceFilter(choices=Violation.State.choices)
    happened_on = DateFromToRangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Violation
        fields = ["streamer", "code", "severity", "action"]


class CorrectionFilter(RecordFilterSet):
    """Corrections by streamer, violation, state and deadline."""

    due_on = DateFromToRangeFilter()

    class Meta:
        model = Correction
        fields = ["streamer", "violation", "state"]


class ConductMeasureFilter(RecordFilterSet):
    """Measures by streamer, kind and state."""

    class Meta:
        model = ConductMeasure
        fields = ["streamer", "kind", "state"]


class ViolationCodeFilter(RecordFilterSet):
    """Codes by clause."""

    class Meta:
        model = ViolationCode
        fields = ["clause"]
