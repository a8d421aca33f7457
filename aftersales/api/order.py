"""Orders and what was ordered, for programs."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from aftersales.actions import order as order_actions
from aftersales.actions import order_put
from aftersales.actions import parcel as parcel_actions
from aftersales.filters.order import OrderFilter, OrderLineFilter
from aftersales.models import Order, OrderLine, Parcel
from mcn.agency.models import Platform
from mcn.kit import clock, records
from mcn.kit.api.serializers import (
    ChildSerializer,
    Input,
    NoteInput,
    ReasonInput,
    RecordSerializer,
    VisibleRelatedField,
)
from mcn.kit.api.viewsets import ReadViewSet, Verb
from merchants.models import Merchant
from products.models import Sku
from streamers.models import Show

WHEN = ["created_at", "updated_at"]
MOST_AT_ONCE = 500
BUYER = ["buyer_name", "buyer_phone", "buyer_address"]


class LineChildSerializer(ChildSerializer):
    class Meta:
        model = OrderLine
        fields = ["id", "number", "product", "sku", "sku_code", "title", "spec", "quantity", "price", "paid"]
        read_only_fields = fields


class ParcelChildSerializer(ChildSerializer):
    class Meta:
        model = Parcel
        fields = ["id", "carrier", "number", "state", "shipped_at", "heard_at", "received_at", "damaged_at"]
        read_only_fields = fields


class OrderSerializer(RecordSerializer):
    """An order with its goods and parcels; who bought is masked."""

    lines = LineChildSerializer(many=True, read_only=True)
    parcels = ParcelChildSerializer(many=True, read_only=True)

    class Meta:
        model = Order
        fields = [
            "id",
            "platform",
            "number",
            "merchant",
            "show",
            "state",
            *BUYER,
            "paid_at",
            "amount",
            "promised_on",
            "ship_by",
            "ship_by_basis",
            "shipped_at",
            "received_at",
            "closed_at",
            *WHEN,
            "lines",
            "parcels",
        ]
        read_only_fields = fields


class LineInput(Input):
    """What was ordered; a line is known by its number, else by its SKU code or its words."""

    number = serializers.CharField(required=False, max_length=60)
    sku = VisibleRelatedField(queryset=Sku.objects.all(), required=False, allow_null=True)
    sku_code = serializers.CharField(required=False, max_length=60)
    title = serializers.CharField(max_length=200)
    spec = serializers.CharField(required=False, max_length=200)
    quantity = serializers.IntegerField(required=False, min_value=1)
    price = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)
    paid = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=0)


class ParcelInput(Input):
    """A parcel and when its carrier took it; left out, as the order was shipped."""

    carrier = serializers.CharField(max_length=60)
    number = serializers.CharField(max_length=60)
    shipped_at = serializers.DateTimeField(required=False)


class OrderInput(Input):
    """What is known of an order; what is left out stays as it is."""

    merchant = VisibleRelatedField(queryset=Merchant.objects.all(), required=False)
    show = VisibleRelatedField(queryset=Show.objects.all(), required=False, allow_null=True)
    state = serializers.ChoiceField(choices=Order.State.choices, required=False)
    paid_at = serializers.DateTimeField(required=False)
    promised_on = serializers.DateField(required=False, allow_null=True)
    shipped_at = serializers.DateTimeField(required=False)
    received_at = serializers.DateTimeField(required=False)
    buyer_name = serializers.CharField(required=False, max_length=100)
    buyer_phone = serializers.CharField(required=False, max_length=40)
    buyer_address = serializers.CharField(required=False, max_length=300)
    lines = LineInput(many=True, required=False)
    parcels = ParcelInput(many=True, required=False)


class NamedOrderInput(OrderInput):
    """The same with the platform's code and the number that it is put under."""

    platform = serializers.SlugRelatedField("code", queryset=Platform.objects.all())
    number = serializers.CharField(max_length=40)


class OrdersInput(Input):
    """Many orders at once."""

    orders = serializers.ListSerializer(child=NamedOrderInput(), max_length=MOST_AT_ONCE)


class PutSerializer(serializers.Serializer):
    """The ids of the orders put, in the order given."""

    orders = serializers.ListField(child=serializers.IntegerField())


class ShipInput(NoteInput):
    """Which carrier took a parcel, and when."""

    carrier = serializers.CharField(max_length=60)
    number = serializers.CharField(max_length=60)
    shipped_at = serializers.DateTimeField(required=False)


class PackInput(ParcelInput):
    """A further parcel of an order that is on its way."""


class ReceiveInput(NoteInput):
    """When the buyer had the goods."""

    received_at = serializers.DateTimeField(required=False)


def told_of(platform, number, values):
    """What a checked input says of an order."""
    own = {name: value for name, value in values.items() if name not in ("lines", "parcels")}
    return order_put.Told(platform, number, own, values.get("lines", []), values.get("parcels", []))


class OrderViewSet(ReadViewSet):
    """Orders of all platforms: put by number, shipped, received and closed."""

    queryset = Order.objects.prefetch_related("lines", "parcels")
    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    list_fields = tuple(name for name in OrderSerializer.Meta.fields if name not in ("lines", "parcels"))
    ordering_fields = ["paid_at", "ship_by", "updated_at"]
    verbs = [
        Verb("ship", order_actions.ship, ShipInput),
        Verb("pack", parcel_actions.pack, PackInput),
        Verb("receive", order_actions.receive, ReceiveInput),
        Verb("close", order_actions.close, ReasonInput),
    ]

    @extend_schema(request=OrderInput, responses=OrderSerializer)
    @action(
        detail=False,
        methods=["get", "put"],
        url_path=r"by-number/(?P<platform>[\w-]+)/(?P<number>[^/]+)",
        filterset_class=None,
    )
    def by_number(self, request, platform, number, *args, **kwargs):
        """One order by its platform's code and its number; put there, it is added or changed."""
        found = self.get_queryset().filter(platform__code=platform, number=number).first()
        if request.method == "GET":
            if found is None:
                raise Http404
            return self.show(found)
        place = get_object_or_404(Platform, code=platform)
        given = OrderInput(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        put = order_put.put(told_of(place, number, given.validated_data), by=request.user, at=clock.now())
        return self.respond(put, 200 if found else 201)

    @extend_schema(request=OrdersInput, responses=PutSerializer)
    @action(detail=False, methods=["post"], filterset_class=None)
    def put(self, request, *args, **kwargs):
        """Add or change up to 500 orders, all or none; the answer has their ids in the order given."""
        given = OrdersInput(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        many = []
        for values in given.validated_data["orders"]:
            platform, number = values.pop("platform"), values.pop("number")
            many.append(told_of(platform, number, values))
        try:
            orders = order_put.put_many(many, by=request.user, at=clock.now())
        except records.ManyInvalid as wrong:
            raise ValidationError({"orders": by_place(wrong)}) from wrong
        return Response({"orders": [order.pk for order in orders]})


def by_place(wrong):
    """What is wrong of many, by the place of each in what was sent."""
    return {str(place): error.message_dict for place, error in wrong.by_index.items()}


class OrderLineSerializer(RecordSerializer):
    class Meta:
        model = OrderLine
        fields = ["id", "order", *LineChildSerializer.Meta.fields[1:], *WHEN]
        read_only_fields = fields


class OrderLineViewSet(ReadViewSet):
    """What was ordered, line by line."""

    queryset = OrderLine.objects.all()
    serializer_class = OrderLineSerializer
    filterset_class = OrderLineFilter
