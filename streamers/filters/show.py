"""Which shows, and what of them, a list may be narrowed to."""

from django_filters import CharFilter, DateTimeFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import IdFilter, RecordFilterSet
from streamers.models import CrewMember, Offer, RunItem, Show, ShowCast


class ShowFilter(RecordFilterSet):
    """Shows by state, room, streamer, product and the time at which they begin."""

    id = IdFilter(field_name="pk")
    code = CharFilter()
    state = MultipleChoiceFilter(choices=Show.State.choices)
    streamer = IdFilter(method="with_streamer")
    product = IdFilter(method="with_product")
    starts_at = DateTimeFromToRangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Show
        fields = ["room", "theme", "planned_by"]

    def with_streamer(self, shows, _name, value):
        """The shows that a streamer is in."""
        return shows.filter(pk__in=ShowCast.objects.standing().filter(streamer=value).values("show"))

    def with_product(self, shows, _name, value):
        """The shows on whose run sheet a product stands, if the person may know of it there."""
        lines = RunItem.objects.visible_to(self.request.user).standing()
        return shows.filter(pk__in=lines.filter(product=value).values("show"))


class ShowCastFilter(RecordFilterSet):
    """Who is in shows, by show, streamer and part."""

    class Meta:
        model = ShowCast
        fields = ["show", "streamer", "role"]


class CrewMemberFilter(RecordFilterSet):
    """Who has a duty in shows, by show, person and duty."""

    class Meta:
        model = CrewMember
        fields = ["show", "person", "role"]


class RunItemFilter(RecordFilterSet):
    """Products on run sheets, by show, product and merchant."""

    merchant = IdFilter(field_name="product__merchant")

    class Meta:
        model = RunItem
        fields = ["show", "product"]


class OfferFilter(RecordFilterSet):
    """What is offered, by show, product, SKU and merchant."""

    show = IdFilter(field_name="item__show")
    product = IdFilter(field_name="item__product")
    merchant = IdFilter(field_name="item__product__merchant")

    class Meta:
        model = Offer
        fields = ["item", "sku"]
