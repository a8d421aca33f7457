"""Which deadlines and rules of deadlines a list may be narrowed to."""

from django_filters import MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import Clock, DeadlineRule
from mcn.kit.filters import RecordFilterSet


class ClockFilter(RecordFilterSet):
    """Deadlines by state, step and merchant, and by when they are due."""

    state = MultipleChoiceFilter(choices=Clock.State.choices)
    due_before = IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Clock
        fields = ["kind", "merchant", "level"]


class DeadlineRuleFilter(RecordFilterSet):
    """Rules by the step that they are about."""

    class Meta:
        model = DeadlineRule
        fields = ["kind", "nature", "urgency"]
