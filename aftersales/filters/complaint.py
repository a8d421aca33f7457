"""Which complaints a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import Complaint
from mcn.kit.filters import RecordFilterSet


class ComplaintFilter(RecordFilterSet):
    """Complaints by state, whose turn, what they are about and the days on which they came."""

    state = MultipleChoiceFilter(choices=Complaint.State.choices)
    turn = MultipleChoiceFilter(choices=Complaint.Turn.choices)
    received_on = DateFromToRangeFilter(field_name="received_at")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Complaint
        fields = [
            "code",
            "tracking",
            "reference",
            "channel",
            "nature",
            "priority",
            "serious",
            "order_number",
            "order",
            "merchant",
            "product",
            "show",
            "streamer",
        ]
