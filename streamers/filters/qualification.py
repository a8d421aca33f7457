"""Which qualifications, reports and fields of work a list may be narrowed to."""

from django_filters import DateFromToRangeFilter
from django_filters.rest_framework import BooleanFilter

from mcn.kit.filters import RecordFilterSet
from merchants.filters import EndedFilterSet
from streamers.models import Qualification, QualificationReport, Specialism


class QualificationFilter(EndedFilterSet):
    """Qualifications by streamer, field, whether they were verified, and the days on which they run out."""

    valid_to = DateFromToRangeFilter()
    verified = BooleanFilter(field_name="verified_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Qualification
        fields = ["streamer", "field", "number"]


class QualificationReportFilter(RecordFilterSet):
    """Reports by qualification, platform and day."""

    reported_on = DateFromToRangeFilter()

    class Meta:
        model = QualificationReport
        fields = ["qualification", "platform"]


class SpecialismFilter(EndedFilterSet):
    """Fields of work by streamer and field."""

    class Meta:
        model = Specialism
        fields = ["streamer", "field"]
