"""Which products and parts of products a list may be narrowed to."""

from django.db.models import Exists, OuterRef, Q
from django_filters import BooleanFilter, CharFilter, DateFilter, MultipleChoiceFilter
from django_filters.rest_framework import DateFromToRangeFilter, IsoDateTimeFilter, RangeFilter

from mcn.kit.filters import IdFilter, RecordFilterSet, SearchFilter
from products.models import (
    Card,
    CardVersion,
    PriceRecord,
    Product,
    ProductCredential,
    ProductHold,
    ProductVerification,
    Sample,
    SellingPoint,
    Sku,
)


class ProductFilter(RecordFilterSet):
    """Products by words or codes, state, merchant, category, price and what stands."""

    q = SearchFilter()
    state = MultipleChoiceFilter(choices=Product.State.choices)
    code = CharFilter()
    gtin = CharFilter(method="with_gtin")
    brand = CharFilter()
    price_from = RangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")
    stale = BooleanFilter(method="with_stale_items")

    class Meta:
        model = Product
        fields = ["merchant", "category"]

    def with_gtin(self, products, name, value):
        return products.filter(Exists(Sku.objects.filter(product=OuterRef("pk"), gtin=value)))

    def with_stale_items(self, products, name, value):
        stale = ProductVerification.objects.filter(product=OuterRef("pk"), superseded_at=None).exclude(
            stale_at=None
        )
        return products.filter(Exists(stale) if value else ~Exists(stale))


class SkuFilter(RecordFilterSet):
    """SKUs by product, code, barcode and price."""

    price = RangeFilter()

    class Meta:
        model = Sku
        fields = ["merchant", "product", "code", "gtin", "on_sale"]


class PriceRecordFilter(RecordFilterSet):
    """Price records of a SKU or of a product's SKUs."""

    product = IdFilter(field_name="sku__product")

    class Meta:
        model = PriceRecord
        fields = ["sku", "kind"]


class ProductCredentialFilter(RecordFilterSet):
    """Papers by product, kind and how long they are good."""

    merchant = IdFilter(field_name="product__merchant")
    valid_to = DateFromToRangeFilter()
    good_on = DateFilter(method="that_cover")

    class Meta:
        model = ProductCredential
        fields = ["product", "kind", "long_term"]

    def that_cover(self, papers, name, day):
        return papers.filter(
            Q(long_term=True) | Q(valid_to__gte=day),
            Q(ended_on=None) | Q(ended_on__gt=day),
            valid_from__lte=day,
        )


class ProductVerificationFilter(RecordFilterSet):
    """Verifications by product, item and whether they still stand."""

    merchant = IdFilter(field_name="product__merchant")
    superseded = BooleanFilter(field_name="superseded_at", lookup_expr="isnull", exclude=True)
    stale = BooleanFilter(field_name="stale_at", lookup_expr="isnull", exclude=True)
    next_due_on = DateFromToRangeFilter()

    class Meta:
        model = ProductVerification
        fields = ["product", "item", "outcome"]


class SampleFilter(RecordFilterSet):
    """Samples by product, state and day."""

    merchant = IdFilter(field_name="product__merchant")
    received_on = DateFromToRangeFilter()

    class Meta:
        model = Sample
        fields = ["product", "state", "same_as_sold"]


class ProductHoldFilter(RecordFilterSet):
    """Holds by product, kind and state."""

    merchant = IdFilter(field_name="product__merchant")

    class Meta:
        model = ProductHold
        fields = ["product", "kind", "state"]


class CardFilter(RecordFilterSet):
    """Cards by the words, the merchant or the category of their product."""

    q = SearchFilter(field_name="product__search")
    merchant = IdFilter(field_name="product__merchant")
    category = IdFilter(field_name="product__category")

    class Meta:
        model = Card
        fields = ["product"]


class CardVersionFilter(RecordFilterSet):
    """Versions of cards by their product's words, merchant and category, by state and by hits of the scan."""

    q = SearchFilter(field_name="card__product__search")
    product = IdFilter(field_name="card__product")
    merchant = IdFilter(field_name="card__product__merchant")
    category = IdFilter(field_name="card__product__category")
    state = MultipleChoiceFilter(choices=CardVersion.State.choices)
    hits = RangeFilter()
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = CardVersion
        fields = ["card", "number"]


class SellingPointFilter(RecordFilterSet):
    """Selling points of a version, and whether they were removed."""

    removed = BooleanFilter(field_name="removed_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = SellingPoint
        fields = ["card_version", "credential"]
