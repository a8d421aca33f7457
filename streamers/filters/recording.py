"""Which records of shows, films and requests a list may be narrowed to."""

from django_filters import CharFilter, DateFromToRangeFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import RecordFilterSet
from streamers.models import Recording, ReplayHandover, ReplayRequest, ShowRecord


class ShowRecordFilter(RecordFilterSet):
    """Records by show and by their hash."""

    code = CharFilter(field_name="show__code")

    class Meta:
        model = ShowRecord
        fields = ["show", "sha256"]


class RecordingFilter(RecordFilterSet):
    """Films by show, source, state and hash."""

    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Recording
        fields = ["show", "source", "state", "sha256"]


class ReplayRequestFilter(RecordFilterSet):
    """Requests by show, state and the day on which they have to be answered."""

    due_on = DateFromToRangeFilter()

    class Meta:
        model = ReplayRequest
        fields = ["show", "state"]


class ReplayHandoverFilter(RecordFilterSet):
    """What was handed over, by request, film and hash."""

    class Meta:
        model = ReplayHandover
        fields = ["request", "recording", "sha256"]
