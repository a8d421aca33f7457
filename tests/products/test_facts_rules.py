"""The digests: a change makes the item that covers it stale, and no other."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest

from products.models import Product, ProductVerification
from products.rules.facts import COVERS, digest, items_of
from products.rules.status import Status, statuses
from tests.factories import DAY
from tests.factories.merchants import CategoryFactory
from tests.factories.products import ProductCredentialFactory, ProductFactory, ProductKindFactory, SkuFactory
from tests.products.test_listing_rules import put

Item = ProductVerification.Item
CHANGES = [
    ("name", "岭南手工鸡蛋卷礼盒装", Item.PACKAGING),
    ("packaging", "纸盒", Item.PACKAGING),
    ("origin", "广东省中山市", Item.ORIGIN),
    ("producer", "中山测试食品有限公司", Item.PRODUCER),
    ("producer_address", "中山市小榄镇", Item.PRODUCER),
    ("performance", "酥脆", Item.PERFORMANCE),
    ("uses", "佐茶", Item.USES),
    ("specification", "500克/罐", Item.SPECIFICATION),
    ("unit", "盒", Item.SPECIFICATION),
    ("ingredients", "小麦粉、鸡蛋", Item.INGREDIENTS),
    ("list_price_basis", "天猫旗舰店2026年1月日常售价", Item.PRICE),
    ("shelf_life_days", 180, Item.VALIDITY),
    ("validity_term", "开封后7日内食用", Item.VALIDITY),
    ("service_promises", "七天无理由退货", Item.SERVICE_PROMISES),
    ("standard", "GB/T 20981", Item.STANDARD),
    ("marks", "SC10144060500002", Item.MARKS),
    ("net_content", "500克", Item.MEASUREMENT),
    ("brand", "岭南大食", Item.INTELLECTUAL_PROPERTY),
    ("intellectual_property", "授权期至2027年", Item.INTELLECTUAL_PROPERTY),
    ("traceability", "盒底喷码", Item.TRACEABILITY),
]
# What a person writes of a product that no item covers, since nobody verifies it.
NOT_COVERED = {"merchant", "code", "category_text", "extra"}


def stale(product):
    """The items of a product, as the database has it, that are stale on ``DAY``."""
    fresh = Product.objects.get(pk=product.pk)
    return [row.item for row in statuses(fresh, DAY) if row.status == Status.STALE]


@pytest.mark.clause("DB4401 5.6.3.1")
@pytest.mark.parametrize(("field", "value", "item"), CHANGES, ids=lambda value: str(value)[:20])
def test_a_changed_fact_makes_its_item_stale_and_no_other(field, value, item):
    product = ProductFactory()
    assert stale(product) == []

    put(product, **{field: value})

    assert stale(product) == [item]


def test_every_fact_belongs_to_exactly_one_item():
    covered = Counter(name for names in COVERS.values() for name in names)
    written = {
        field.attname for field in Product._meta.concrete_fields if field.editable and not field.primary_key
    }

    assert set(covered.values()) == {1}
    assert {field for field, _value, _item in CHANGES} == set(covered) - {"category_id"}
    assert {name.removesuffix("_id") for name in written - set(covered)} == NOT_COVERED


@pytest.mark.parametrize(
    ("values", "items"),
    [
        ({"price": Decimal("35.00")}, [Item.PRICE]),
        ({"list_price": Decimal("59.00")}, [Item.PRICE]),
        ({"specification": "原味500克"}, [Item.SPECIFICATION]),
        ({"stock": 3, "cost_price": Decimal("17.00")}, []),
    ],
)
def test_a_changed_sku_makes_its_own_items_stale(values, items):
    product = ProductFactory()
    put(product.skus.get(), **values)

    assert stale(product) == items


def test_another_sku_changes_specification_and_price():
    product = ProductFactory()
    SkuFactory(product=product)

    assert stale(product) == [Item.SPECIFICATION, Item.PRICE]


@pytest.mark.parametrize(
    ("values", "items"),
    [
        ({"number": "GD2026-99999"}, [Item.STANDARD]),
        ({"file_sha256": "f" * 64}, [Item.STANDARD]),
        ({"ended_on": DAY}, [Item.STANDARD]),
        ({"valid_to": DAY + datetime.timedelta(days=9)}, [Item.STANDARD]),
    ],
)
def test_a_changed_report_makes_the_standard_stale(values, items):
    product = ProductFactory()
    put(product.credentials.get(), **values)

    assert stale(product) == items


def test_a_new_certificate_makes_the_marks_stale():
    product = ProductFactory()
    ProductCredentialFactory(product=product, kind=ProductKindFactory(code="ccc"))

    assert stale(product) == [Item.MARKS]


def test_another_category_makes_the_look_at_its_limits_stale():
    restricted = CategoryFactory(code="food.alcohol", regime="restricted")
    product = ProductFactory(category=restricted)
    assert Item.RESTRICTION in items_of(product)
    assert stale(product) == []

    put(product, category=CategoryFactory(code="food.health", regime="restricted"))

    assert stale(product) == [Item.RESTRICTION]


def test_a_digest_does_not_depend_on_how_a_price_was_typed():
    product = ProductFactory()
    before = digest(product, Item.PRICE)
    put(product.skus.get(), price="39.9")

    assert digest(Product.objects.get(pk=product.pk), Item.PRICE) == before
