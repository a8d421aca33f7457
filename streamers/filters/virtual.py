"""Which rows behind virtual streamers a list may be narrowed to."""

from django_filters import DateFromToRangeFilter
from django_filters.rest_framework import BooleanFilter

from mcn.kit.filters import RecordFilterSet
from merchants.filters import EndedFilterSet
from streamers.models import Design, LikenessConsent, VirtualProfile, VirtualRight


class VirtualProfileFilter(RecordFilterSet):
    """Profiles by streamer and technician."""

    class Meta:
        model = VirtualProfile
        fields = ["streamer", "technician"]


class VirtualRightFilter(EndedFilterSet):
    """Rights by streamer, basis, whether they were verified, and the days on which they run out."""

    valid_to = DateFromToRangeFilter()
    verified = BooleanFilter(field_name="verified_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = VirtualRight
        fields = ["streamer", "basis", "number"]


class LikenessConsentFilter(RecordFilterSet):
    """Consents by streamer, kind and state."""

    class Meta:
        model = LikenessConsent
        fields = ["streamer", "kind", "state"]


class DesignFilter(RecordFilterSet):
    """Designs by streamer, part and state."""

    class Meta:
        model = Design
        fields = ["streamer", "part", "state"]
