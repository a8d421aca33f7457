"""Which streamers, accounts and rows of theirs a list may be narrowed to."""

from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import BooleanFilter, IsoDateTimeFilter

from mcn.kit.filters import RecordFilterSet, SearchFilter
from mcn.kit.identity import compact
from merchants.filters import EndedFilterSet, HashFilter
from streamers.models import (
    CapacityRecord,
    Consent,
    PlatformAccount,
    Streamer,
    StreamerHold,
    StreamerVerification,
)


class NumberFilter(HashFilter):
    """Rows whose encrypted number is exactly the one asked for, however it is written."""

    def filter(self, qs, value):
        return super().filter(qs, compact(value)) if value else qs


class StreamerFilter(RecordFilterSet):
    """Streamers by words or codes, state, kind, manager, or a whole personal value."""

    q = SearchFilter()
    state = MultipleChoiceFilter(choices=Streamer.State.choices)
    id_number = NumberFilter(field_name="id_number_hash")
    phone = HashFilter(field_name="phone_hash")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Streamer
        fields = ["kind", "engagement", "code", "manager"]


class PlatformAccountFilter(EndedFilterSet):
    """Accounts by streamer, platform and name."""

    class Meta:
        model = PlatformAccount
        fields = ["streamer", "platform", "account"]


class StreamerVerificationFilter(RecordFilterSet):
    """Verifications by streamer, item, outcome, and whether they stand."""

    superseded = BooleanFilter(field_name="superseded_at", lookup_expr="isnull", exclude=True)
    next_due_on = DateFromToRangeFilter()

    class Meta:
        model = StreamerVerification
        fields = ["streamer", "item", "outcome"]


class ConsentFilter(RecordFilterSet):
    """Guardians' consents by streamer, state and the days on which they run out."""

    valid_to = DateFromToRangeFilter()

    class Meta:
        model = Consent
        fields = ["streamer", "state"]


class CapacityRecordFilter(EndedFilterSet):
    """Records of civil capacity by streamer and the days on which they run out."""

    valid_to = DateFromToRangeFilter()

    class Meta:
        model = CapacityRecord
        fields = ["streamer"]


class StreamerHoldFilter(RecordFilterSet):
    """Holds by streamer, kind and state."""

    class Meta:
        model = StreamerHold
        fields = ["streamer", "kind", "state"]
