"""SKUs and their prices: every change is remembered, and the lowest price before an offer is known."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.actions import sku as sku_actions
from products.models import PriceRecord, Product, Sku
from tests.factories import AT
from tests.factories.products import ProductFactory, SkuFactory

DAYS = datetime.timedelta(days=1)


def charge(sku, price, at, **more):
    """Change a SKU's price at a moment."""
    sku.price = Decimal(price)
    for name, value in more.items():
        setattr(sku, name, value)
    sku_actions.put_skus(sku.product, [sku], by=None, at=at)
    sku.refresh_from_db()
    return sku


def test_every_price_is_remembered():
    sku = SkuFactory(price=Decimal("39.90"), at=AT - 9 * DAYS)
    charge(sku, "29.90", AT, list_price=Decimal("39.90"))

    kinds = PriceRecord.Kind
    assert list(sku.price_records.values_list("kind", "price", "from_at")) == [
        (kinds.DEAL, Decimal("39.90"), AT - 9 * DAYS),
        (kinds.DEAL, Decimal("29.90"), AT),
        (kinds.LIST, Decimal("39.90"), AT),
    ]


def test_what_is_not_a_price_leaves_no_price_record():
    sku = SkuFactory()
    sku.stock = 7
    sku_actions.put_skus(sku.product, [sku], by=None, at=AT)

    assert sku.price_records.count() == 1


def test_a_struck_through_price_taken_away_is_remembered():
    sku = SkuFactory(list_price=Decimal("59.90"))
    charge(sku, "39.90", AT, list_price=None)

    assert sku.price_records.filter(kind=PriceRecord.Kind.LIST).last().price is None


@pytest.mark.clause("LSEC 32")
@pytest.mark.parametrize(
    ("history", "lowest"),
    [
        ([], None),
        ([(30, "39.90")], "39.90"),
        ([(30, "39.90"), (3, "35.00")], "35.00"),
        ([(30, "39.90"), (8, "19.90"), (6, "45.00")], "19.90"),
        ([(30, "19.90"), (8, "39.90")], "39.90"),
        ([(30, "19.90"), (7, "39.90")], "39.90"),
    ],
    ids=["never sold", "one price", "fell within", "in force at the start", "rose before", "rose that day"],
)
def test_the_lowest_price_of_the_seven_days_before_an_offer(history, lowest):
    moments = [*history, (0, "25.00")]
    first_days, first_price = moments[0]
    sku = SkuFactory(price=Decimal(first_price), at=AT - first_days * DAYS)
    for days, price in moments[1:]:
        charge(sku, price, AT - days * DAYS)
    sku.refresh_from_db()

    assert sku.lowest_before == (lowest and Decimal(lowest))


@pytest.mark.clause("LSEC 32")
def test_striking_a_price_through_begins_an_offer_too():
    sku = SkuFactory(price=Decimal("99.00"), at=AT - 30 * DAYS)
    charge(sku, "39.90", AT - 20 * DAYS)
    charge(sku, "39.90", AT, list_price=Decimal("99.00"))

    assert sku.lowest_before == Decimal("39.90")


def test_a_product_knows_its_lowest_price_and_its_barcodes():
    product = ProductFactory(parts=False)
    SkuFactory(product=product, price=Decimal("59.00"), code="KL-1", gtin="6901234567892")
    SkuFactory(product=product, price=Decimal("49.00"), code="KL-2", gtin="")
    SkuFactory(product=product, price=Decimal("9.00"), code="KL-3", gtin="", on_sale=False)

    product.refresh_from_db()
    assert product.price_from == Decimal("49.00")
    assert product.barcodes.split() == ["6901234567892", "KL-1", "KL-2", "KL-3"]
    assert Product.objects.filter(search__tokens="6901234567892").get() == product


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"gtin": "6901234567893"}, "校验位"),
        ({"gtin": "0000000000000"}, "0"),
        ({"price": Decimal("-1.00")}, "不能小于"),
        ({"price": Decimal("1.005")}, "小数"),
        ({"list_price": Decimal("10.00")}, "划线价不能低于售价"),
        ({"code": ""}, "空"),
        ({"stock": -1}, "不能小于"),
    ],
)
def test_a_wrong_sku_is_refused_with_the_reason(values, said):
    product = ProductFactory(parts=False)
    sku = Sku(**{"code": "KL-1", "price": Decimal("39.90")} | values)

    with pytest.raises(ValidationError, match=said) as caught:
        sku_actions.put_skus(product, [sku], by=None, at=AT)
    assert set(caught.value.message_dict) <= {*values, "__all__"}
    assert not Sku.objects.exists()
    assert not PriceRecord.objects.exists()


def test_a_barcode_is_kept_as_its_digits():
    sku = SkuFactory(gtin="690 1234-567892")

    assert Sku.objects.get().gtin == sku.gtin == "6901234567892"


def test_a_code_is_there_once_a_merchant():
    product = ProductFactory(parts=False)
    SkuFactory(product=product, code="KL-1")

    with pytest.raises(ValidationError, match="有误"):
        SkuFactory(product=ProductFactory(merchant=product.merchant, parts=False), code="KL-1")
    SkuFactory(code="KL-1")


def test_fifty_skus_are_written_in_as_many_queries_as_one():
    product = ProductFactory(parts=False)
    with CaptureQueriesContext(connection) as for_one:
        sku_actions.put_skus(product, [Sku(code="A", price=Decimal("9.90"))], by=None, at=AT)
    many = [Sku(code=f"B{number}", price=Decimal("9.90")) for number in range(50)]
    with CaptureQueriesContext(connection) as for_many:
        sku_actions.put_skus(product, many, by=None, at=AT)

    assert len(for_many) <= len(for_one)
