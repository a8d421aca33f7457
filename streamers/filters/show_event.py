"""Which events on air, and which figures of shows, a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter, NumberFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import IdFilter, RecordFilterSet
from streamers.models import ItemMetrics, ShowEvent, ShowMetrics


class ShowEventFilter(RecordFilterSet):
    """Events by show, product, streamer, kind, topic and second."""

    kind = MultipleChoiceFilter(choices=ShowEvent.Kind.choices)
    second_from = NumberFilter(field_name="second", lookup_expr="gte")
    second_to = NumberFilter(field_name="second", lookup_expr="lte")
    recorded_since = IsoDateTimeFilter(field_name="recorded_at", lookup_expr="gte")

    class Meta:
        model = ShowEvent
        fields = ["show", "item", "streamer", "topic", "about"]


class ShowMetricsFilter(RecordFilterSet):
    """Figures by show and day."""

    day = DateFromToRangeFilter()

    class Meta:
        model = ShowMetrics
        fields = ["show", "source"]


class ItemMetricsFilter(RecordFilterSet):
    """Figures of products by show, product on the run sheet and day."""

    show = IdFilter(field_name="item__show_id")
    day = DateFromToRangeFilter()

    class Meta:
        model = ItemMetrics
        fields = ["item", "source"]
