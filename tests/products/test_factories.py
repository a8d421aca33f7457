"""The factories themselves: what other tests stand on is whole."""

from stdnum import ean

from products.rules.facts import items_of
from products.rules.listing import LISTING
from tests.factories import DAY
from tests.factories.products import ProductFactory, gtin


def test_made_up_barcodes_are_right():
    assert all(ean.is_valid(gtin(number)) for number in range(1, 3_000, 37))


def test_the_default_product_breaks_no_clause():
    product = ProductFactory()

    assert LISTING.inspect(product, on=DAY).findings == []
    assert product.verifications.count() == len(items_of(product)) == 15
