"""Which rooms, live entities and what belongs to them a list may be narrowed to."""

from django_filters import CharFilter, DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import BooleanFilter

from mcn.kit.filters import RecordFilterSet, SearchFilter
from merchants.filters import EndedFilterSet
from streamers.models import (
    EntityPaper,
    EntityRequirement,
    LiveEntity,
    Room,
    RoomHold,
    RoomLease,
    RoomNotice,
    VenueKind,
)


class LiveEntityFilter(EndedFilterSet):
    """Live entities by kind, way of running, credit code, and whose they are."""

    class Meta:
        model = LiveEntity
        fields = ["kind", "operation", "uscc", "merchant", "streamer"]


class EntityPaperFilter(EndedFilterSet):
    """Papers by entity, kind, whether they were verified, and the days on which they run out."""

    valid_to = DateFromToRangeFilter()
    verified = BooleanFilter(field_name="verified_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = EntityPaper
        fields = ["entity", "kind", "permit", "number"]


class EntityRequirementFilter(RecordFilterSet):
    """Licences needed by entity, licence and category."""

    class Meta:
        model = EntityRequirement
        fields = ["entity", "permit", "category"]


class RoomFilter(RecordFilterSet):
    """Rooms by words, state, platform, entity and kind of place."""

    q = SearchFilter()
    state = MultipleChoiceFilter(choices=Room.State.choices)

    class Meta:
        model = Room
        fields = ["platform", "entity", "account", "venue_kind", "is_virtual"]


class RoomLeaseFilter(EndedFilterSet):
    """Leases by room, kind, whether they were verified, and the days on which they run out."""

    valid_to = DateFromToRangeFilter()
    verified = BooleanFilter(field_name="verified_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = RoomLease
        fields = ["room", "kind", "number"]


class RoomNoticeFilter(EndedFilterSet):
    """Notices by room and kind."""

    class Meta:
        model = RoomNotice
        fields = ["room", "kind"]


class RoomHoldFilter(RecordFilterSet):
    """Holds by room, kind and state."""

    class Meta:
        model = RoomHold
        fields = ["room", "kind", "state"]


class VenueKindFilter(RecordFilterSet):
    """Kinds of places by code and by the clause that forbids them."""

    clause = CharFilter()

    class Meta:
        model = VenueKind
        fields = ["code"]
