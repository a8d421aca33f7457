"""LISTING: each check broken once alone, found with its clause alone."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.kit import records
from merchants.models import Category, Merchant
from products.actions import sku as sku_actions
from products.models import Product, ProductVerification
from products.rules.listing import LISTING, REVIEW
from products.rules.submission import SUBMISSION
from tests.factories import AT, DAY
from tests.factories.merchants import (
    CategoryFactory,
    CategoryRequirementFactory,
    CredentialKindFactory,
    MerchantFactory,
)
from tests.factories.products import (
    ProductFactory,
    ProductHoldFactory,
    ProductKindFactory,
    ProductVerificationFactory,
    SampleFactory,
)

Item = ProductVerification.Item
Outcome = ProductVerification.Outcome


def clauses(product, on=DAY, rulebook=LISTING):
    """The clauses that a product breaks on a day, each once."""
    return {finding.clause for finding in rulebook.inspect(product, on=on).findings}


def messages(product, on=DAY):
    return [finding.message for finding in LISTING.inspect(product, on=on).findings]


def put(obj, **values):
    """Change a row as it stands in the database."""
    fresh = type(obj)._base_manager.get(pk=obj.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    return records.save(fresh, by=None, at=AT)


def verification(product, item):
    return product.verifications.get(item=item)


@pytest.mark.clause("DB4401 5.4.3.1 a")
def test_a_product_that_has_not_passed_review_may_not_be_listed():
    product = ProductFactory(state=Product.State.SUBMITTED)

    assert clauses(product) == {"DB4401 5.4.3.1 a"}
    assert clauses(product, rulebook=REVIEW) == set()


@pytest.mark.clause("DB4401 5.1.2.5", "DB4401 5.3.2.4", "DB4401 5.6.3.1")
@pytest.mark.parametrize("item", sorted(set(Item) - ProductVerification.QUALITY - {Item.RESTRICTION}))
def test_each_item_must_be_verified(item):
    product = ProductFactory()
    put(verification(product, item), superseded_at=AT)

    assert clauses(product) == {"DB4401 5.1.2.5"}
    assert messages(product) == [f"{Item(item).label}：尚未核验"]


@pytest.mark.clause("DB4401 5.1.2.5")
def test_an_item_found_bad_blocks():
    product = ProductFactory()
    put(verification(product, Item.ORIGIN), outcome=Outcome.BAD)

    assert clauses(product) == {"DB4401 5.1.2.5"}


@pytest.mark.clause("DB4401 5.1.2.5")
def test_an_item_that_does_not_apply_is_settled():
    product = ProductFactory()
    put(verification(product, Item.ORIGIN), outcome=Outcome.NOT_APPLICABLE)

    assert clauses(product) == set()


@pytest.mark.clause("DB4401 5.6.3.1", "LSEC 45")
def test_an_item_is_verified_again_in_time():
    product = ProductFactory()
    put(verification(product, Item.ORIGIN), next_due_on=DAY)

    assert clauses(product, DAY - datetime.timedelta(days=1)) == set()
    assert messages(product) == ["产地：已到复核期"]


@pytest.mark.clause("DB4401 5.4.2.3")
@pytest.mark.parametrize("item", sorted(ProductVerification.QUALITY))
def test_quality_control_looks_at_measurement_rights_and_tracing(item):
    product = ProductFactory()
    put(verification(product, item), superseded_at=AT)

    assert clauses(product) == {"DB4401 5.4.2.3"}


@pytest.mark.clause("DB4401 5.5.1.3")
def test_bad_packaging_is_a_clause_of_its_own():
    product = ProductFactory()
    put(verification(product, Item.PACKAGING), outcome=Outcome.BAD)

    assert clauses(product) == {"DB4401 5.5.1.3"}


@pytest.mark.clause("DB4401 5.5.1.2")
def test_banned_goods_are_not_listed():
    product = ProductFactory()
    put(product.merchant.business_lines.get(category=product.category), category=CategoryFactory(code="food"))
    put(product.category, regime=Category.Regime.BANNED)

    assert clauses(product) == {"DB4401 5.5.1.2"}


@pytest.mark.clause("DB4401 5.6.2.3")
def test_restricted_goods_need_their_own_look():
    product = ProductFactory()
    put(product.category, regime=Category.Regime.RESTRICTED)
    assert clauses(product) == {"DB4401 5.6.2.3"}

    ProductVerificationFactory(product=product, item=Item.RESTRICTION)
    assert clauses(product) == set()


@pytest.mark.clause("DB4401 5.4.3.1 a")
def test_a_product_needs_a_category():
    product = ProductFactory(category=None)

    assert clauses(product) == {"DB4401 5.4.3.1 a"}


@pytest.mark.clause("LSEC 27", "LSEC 45")
def test_the_papers_of_the_category_must_be_there():
    product = ProductFactory()
    CategoryRequirementFactory(category=product.category, kind=ProductKindFactory(code="ccc"))

    assert clauses(product) == {"LSEC 27"}
    assert messages(product) == ["缺少证书 ccc"]


@pytest.mark.clause("LSEC 27")
def test_the_papers_of_the_category_must_be_good_on_the_day():
    product = ProductFactory()
    paper = product.credentials.get()

    assert clauses(product, paper.valid_to).isdisjoint({"LSEC 27"})
    ended = paper.valid_to + datetime.timedelta(days=1)
    findings = [row for row in LISTING.inspect(product, on=ended).findings if row.subject == paper]
    assert [row.clause for row in findings] == ["LSEC 27"]


@pytest.mark.clause("LSEC 32")
def test_a_struck_through_price_needs_a_price_charged_before():
    product = ProductFactory()
    sku = product.skus.get()
    sku.list_price = sku.price
    sku_actions.put_skus(product, [sku], by=None, at=AT)
    put(sku, lowest_before=None)
    ProductVerificationFactory.again(product, Item.PRICE)

    assert clauses(product) == {"LSEC 32"}


@pytest.mark.clause("LSEC 32")
def test_a_struck_through_price_may_not_be_above_the_lowest_of_seven_days():
    product = ProductFactory()
    sku = product.skus.get()
    sku.price, sku.list_price = Decimal("29.90"), Decimal("49.90")
    sku_actions.put_skus(product, [sku], by=None, at=AT)
    ProductVerificationFactory.again(product, Item.PRICE)
    assert messages(product) == ["划线价49.90高于此前最低成交价39.90"]
    assert clauses(product) == {"LSEC 32"}

    sku.list_price = Decimal("39.90")
    sku_actions.put_skus(product, [sku], by=None, at=AT)
    put(sku, lowest_before=Decimal("39.90"))
    ProductVerificationFactory.again(product, Item.PRICE)
    assert clauses(product) == set()


@pytest.mark.clause("LSEC 32")
def test_a_stated_basis_carries_a_struck_through_price():
    product = ProductFactory(list_price_basis="2026年1月天猫旗舰店日常售价49.90元，见订单截图")
    sku = product.skus.get()
    sku.price, sku.list_price = Decimal("29.90"), Decimal("49.90")
    sku_actions.put_skus(product, [sku], by=None, at=AT)
    ProductVerificationFactory.again(product, Item.PRICE)

    assert clauses(product) == set()


@pytest.mark.clause("DB4401 5.1.2.5")
def test_a_product_without_a_sku_on_sale_has_nothing_to_sell():
    product = ProductFactory()
    put(product.skus.get(), on_sale=False)

    assert messages(product) == ["没有在售的SKU"]


@pytest.mark.clause("DB4401 5.4.3.1 a", "DB4401 5.5.3 a", "LSMS 7.1.2 b")
def test_somebody_must_have_tried_a_sample():
    product = ProductFactory()
    put(product.samples.get(), tried_on=None, state="received")

    assert clauses(product) == {"DB4401 5.4.3.1 a"}
    assert messages(product) == ["还没有人试用样品"]


@pytest.mark.clause("DB4401 5.5.1.5", "LSMS 7.3.2.3 a")
def test_the_goods_sold_must_be_those_of_the_sample():
    product = ProductFactory()
    SampleFactory(product=product, same_as_sold=False)

    assert clauses(product) == {"DB4401 5.5.1.5"}


@pytest.mark.clause("DB4401 5.1.5.2 b")
def test_a_hold_blocks_until_it_ends():
    product = ProductFactory()
    hold = ProductHoldFactory(product=product, valid_to=DAY)

    assert clauses(product) == {"DB4401 5.1.5.2 b"}
    assert clauses(product, DAY + datetime.timedelta(days=1)) == set()
    put(hold, state="lifted")
    assert clauses(product) == set()


@pytest.mark.clause("DB4401 5.4.3.1 a")
def test_the_merchant_must_be_admitted():
    product = ProductFactory()
    put(product.merchant, state=Merchant.State.SUSPENDED)

    assert clauses(product) == {"DB4401 5.4.3.1 a"}


@pytest.mark.clause("DB4401 5.1.2.4")
def test_the_merchant_must_be_admitted_for_the_category():
    product = ProductFactory()
    put(product.merchant.business_lines.get(category=product.category), ended_on=DAY)

    assert clauses(product) == {"DB4401 5.1.2.4"}


@pytest.mark.clause("DB4401 5.1.2.4")
def test_a_line_of_business_covers_the_categories_below_it():
    product = ProductFactory()
    put(product.merchant.business_lines.get(category=product.category), category=CategoryFactory(code="food"))

    assert clauses(product) == set()


@pytest.mark.clause("LSEC 27")
def test_the_merchant_holds_the_permits_of_a_category_below_its_line():
    product = ProductFactory()
    put(product.merchant.business_lines.get(category=product.category), category=CategoryFactory(code="food"))
    CategoryRequirementFactory(category=product.category, kind=CredentialKindFactory(code="food_licence"))

    assert clauses(product) == {"LSEC 27"}


@pytest.mark.clause("DB4401 5.1.2.4")
def test_what_is_wrong_with_the_merchant_is_wrong_with_its_products():
    product = ProductFactory(merchant=MerchantFactory(papers=False))

    subjects = {row.subject for row in LISTING.inspect(product, on=DAY).findings}
    assert product.merchant in subjects


def test_a_thousand_are_inspected_in_as_many_queries_as_one():
    merchant = MerchantFactory()
    ProductFactory(merchant=merchant)
    with CaptureQueriesContext(connection) as for_one:
        assert len(LISTING.inspect_many(Product.objects.all(), on=DAY)) == 1
    for _number in range(6):
        ProductFactory(merchant=merchant)
    ProductFactory()
    with CaptureQueriesContext(connection) as for_many:
        reports = LISTING.inspect_many(Product.objects.all(), on=DAY)
    assert len(reports) == 8
    assert all(report.findings == [] for report in reports.values())
    assert len(for_many) == len(for_one)


@pytest.mark.clause("DB4401 5.1.2.5")
@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("packaging", Item.PACKAGING),
        ("origin", Item.ORIGIN),
        ("performance", Item.PERFORMANCE),
        ("uses", Item.USES),
        ("ingredients", Item.INGREDIENTS),
        ("service_promises", Item.SERVICE_PROMISES),
        ("net_content", Item.MEASUREMENT),
        ("traceability", Item.TRACEABILITY),
    ],
)
def test_submission_wants_every_fact_told(field, item):
    product = ProductFactory()
    put(product, **{field: ""})

    found = [(row.clause, row.message) for row in SUBMISSION.inspect(product, on=DAY).findings]
    assert found == [("DB4401 5.1.2.5", f"未填写：{item.label}")]


@pytest.mark.clause("DB4401 5.1.2.5")
def test_a_fact_that_a_reviewer_found_not_applicable_need_not_be_told():
    product = ProductFactory()
    put(product, ingredients="")
    put(verification(product, Item.INGREDIENTS), outcome=Outcome.NOT_APPLICABLE)

    assert SUBMISSION.inspect(product, on=DAY).findings == []
