"""How notices and deliveries are narrowed at every door."""

from django_filters import BooleanFilter, CharFilter

from mcn.kit.filters import IdFilter, RecordFilterSet
from mcn.notices.models import Delivery, Endpoint, Receipt


class ReceiptFilter(RecordFilterSet):
    unread = BooleanFilter("read_at", "isnull")
    kind = CharFilter("notice__kind")

    class Meta:
        model = Receipt
        fields = {"told_at": ["gte", "lte"]}


class EndpointFilter(RecordFilterSet):
    class Meta:
        model = Endpoint
        fields = {"state": ["exact"]}


class DeliveryFilter(RecordFilterSet):
    endpoint = IdFilter("endpoint")

    class Meta:
        model = Delivery
        fields = {"state": ["exact"], "due_at": ["gte", "lte"]}
