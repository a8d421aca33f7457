"""Which service plans a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import ServicePlan


class ServicePlanFilter(RecordFilterSet):
    """Service plans by show, merchant, state and the days of their shows."""

    state = MultipleChoiceFilter(choices=ServicePlan.State.choices)
    show_on = DateFromToRangeFilter(field_name="show__starts_at")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ServicePlan
        fields = ["show", "merchant", "rating"]
