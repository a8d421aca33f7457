"""Which orders, parcels, events and alerts a list may be narrowed to."""

from django_filters import BooleanFilter, CharFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import DeliveryAlert, Order, OrderLine, Parcel, TrackingEvent
from mcn.kit.attempts import count_look_up
from mcn.kit.filters import IdFilter, RecordFilterSet
from mcn.kit.privacy import keyed_hash


class OrderFilter(RecordFilterSet):
    """Orders by number, platform, merchant, show, state, buyer's phone, payment and deadline."""

    state = MultipleChoiceFilter(choices=Order.State.choices)
    basis = MultipleChoiceFilter(field_name="ship_by_basis", choices=Order.Basis.choices)
    phone = CharFilter(method="by_phone")
    paid_since = IsoDateTimeFilter(field_name="paid_at", lookup_expr="gte")
    paid_before = IsoDateTimeFilter(field_name="paid_at", lookup_expr="lt")
    ship_before = IsoDateTimeFilter(field_name="ship_by", lookup_expr="lt")

    class Meta:
        model = Order
        fields = ["platform", "number", "merchant", "show"]

    def by_phone(self, queryset, name, value):
        """Those of the buyer who has this phone, found by its keyed hash."""
        count_look_up(self.request.user)
        return queryset.filter(buyer_phone_hash=keyed_hash(value))


class OrderLineFilter(RecordFilterSet):
    """Lines by order, product and SKU."""

    class Meta:
        model = OrderLine
        fields = ["order", "product", "sku", "sku_code"]


class ParcelFilter(RecordFilterSet):
    """Parcels by order, waybill and state."""

    state = MultipleChoiceFilter(choices=Parcel.State.choices)
    damaged = BooleanFilter(field_name="damaged_at", lookup_expr="isnull", exclude=True)
    heard_before = IsoDateTimeFilter(field_name="heard_at", lookup_expr="lt")

    class Meta:
        model = Parcel
        fields = ["order", "carrier", "number"]


class TrackingEventFilter(RecordFilterSet):
    """Events by parcel and kind."""

    kind = MultipleChoiceFilter(choices=TrackingEvent.Kind.choices)

    class Meta:
        model = TrackingEvent
        fields = ["parcel"]


class DeliveryAlertFilter(RecordFilterSet):
    """Alerts by kind, state, order, parcel and merchant."""

    kind = MultipleChoiceFilter(choices=DeliveryAlert.Kind.choices)
    merchant = IdFilter(field_name="order__merchant_id")

    class Meta:
        model = DeliveryAlert
        fields = ["state", "order", "parcel"]
