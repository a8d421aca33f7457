"""A merchant's products in the portal: told, submitted, mended; never anybody else's."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from mcn.kit import records
from products.models import PriceRecord, Product, ProductCredential, ProductVerification
from tests.factories import AT, pdf, png
from tests.factories.accounts import MerchantUserFactory
from tests.factories.products import (
    ProductFactory,
    ProductHoldFactory,
    ProductKindFactory,
    SnackCategoryFactory,
)

State = Product.State


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def merchant(db):
    return MerchantUserFactory().memberships.get().merchant


@pytest.fixture
def owner(merchant):
    return signed_in(merchant.memberships.get().user)


@pytest.fixture
def stranger(db):
    return signed_in(MerchantUserFactory())


def page(name, product, *more):
    return reverse(f"portal_{name}", args=[product.merchant.code, product.pk, *more])


def products_of(merchant, name="products"):
    return reverse(f"portal_{name}", args=[merchant.code])


def sent(rows=(), **values):
    """What the form sends: the product's fields, and one dict a SKU."""
    formset = {"skus-TOTAL_FORMS": len(rows), "skus-INITIAL_FORMS": sum("id" in row for row in rows)}
    cells = {f"skus-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return formset | cells | values


def row(**values):
    return {"code": "A-1-1", "price": "12.80", "on_sale": "on"} | values


def test_a_product_is_added_with_its_skus_and_picture(merchant, owner):
    category = SnackCategoryFactory()
    merchant.business_lines.update(category=category)
    answer = owner.post(
        products_of(merchant, "product_add"),
        sent([row()], name="陈皮梅", code="A-1", category=category.pk, picture=png()),
    )

    product = Product.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page("product", product))
    assert (product.merchant, product.price_from) == (merchant, Decimal("12.80"))
    assert product.image.revisions.count() == 1


@pytest.mark.parametrize(
    ("rows", "values", "said"),
    [
        ([row()], {"name": ""}, "必填"),
        ([row(price="0")], {}, "不能小于"),
        ([row(gtin="6901234567893")], {}, "校验位"),
        ([row(list_price="1.00")], {}, "划线价不能低于售价"),
        ([row(), row()], {}, "重复"),
        ([row()], {"shelf_life_days": "-1"}, "不能小于"),
        ([row()], {"category": "999999"}, "有效"),
    ],
)
def test_what_is_wrong_is_told_and_leaves_no_trace(rows, values, said, merchant, owner):
    answer = owner.post(
        products_of(merchant, "product_add"), sent(rows, **{"name": "陈皮梅", "code": "A-1"} | values)
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Product.objects.exists()
    assert not PriceRecord.objects.exists()


def test_a_number_that_is_taken_is_told(merchant, owner):
    product = ProductFactory(merchant=merchant, parts=False)

    answer = owner.post(products_of(merchant, "product_add"), sent([], name="话梅", code=product.code))
    assert answer.status_code == 422
    assert "该商家已有此货号的商品" in answer.content.decode()


def test_a_price_is_changed(merchant, owner):
    product = ProductFactory(merchant=merchant)
    sku = product.skus.get()
    rows = [row(id=sku.pk, product=product.pk, code=sku.code, price="29.90")]

    answer = owner.post(page("product_edit", product), sent(rows, name=product.name, code=product.code))
    assert answer.status_code == 302
    assert Product.objects.get().price_from == Decimal("29.90")


@pytest.mark.clause("DB4401 5.1.2.5", "LSEC 27")
def test_the_page_tells_what_is_missing_and_where_to_mend_it(merchant, owner):
    product = ProductFactory(merchant=merchant, state=State.DRAFT)
    product.ingredients = ""
    records.save(product, by=None, at=AT)
    product.credentials.all().delete()

    shown = owner.get(page("product", product))
    assert {finding.mend_url for finding in shown.context["yours"]} == {
        page("product_edit", product),
        page("product_paper_add", product),
    }
    text = shown.content.decode()
    assert "未填写：成分或材质" in text
    assert "缺少产品检验检测报告" in text


def test_what_the_reviewer_found_is_told(merchant, owner):
    product = ProductFactory(merchant=merchant, state=State.RETURNED, decision_note="配料表缺少致敏原提示")
    verification = product.verifications.get(item="origin")
    verification.outcome, verification.note = ProductVerification.Outcome.BAD, "外箱写的是中山"
    records.save(verification, by=None, at=AT)

    text = owner.get(page("product", product)).content.decode()
    assert "配料表缺少致敏原提示" in text
    assert "外箱写的是中山" in text


def test_a_complete_product_is_submitted_and_withdrawn(merchant, owner, time_machine):
    time_machine.move_to(AT)
    product = ProductFactory(merchant=merchant, state=State.DRAFT)

    owner.post(page("product_submit", product), {"note": ""})
    product.refresh_from_db()
    assert (product.state, product.submitted_by) == (State.SUBMITTED, merchant.memberships.get().user)

    owner.post(page("product_withdraw", product), {"note": ""})
    product.refresh_from_db()
    assert product.state == State.DRAFT


def test_an_incomplete_product_stays_with_its_reasons(merchant, owner):
    product = ProductFactory(merchant=merchant, state=State.DRAFT, ingredients="", parts=False)

    answer = owner.post(page("product_submit", product), {"note": ""})
    assert answer.status_code == 422
    assert "未填写：成分或材质" in answer.content.decode()


def test_a_submitted_product_is_not_submitted_again(merchant, owner):
    product = ProductFactory(merchant=merchant, state=State.SUBMITTED, parts=False)

    assert owner.post(page("product_submit", product), {"note": ""}).status_code == 409


def test_a_paper_is_uploaded_corrected_and_withdrawn(merchant, owner):
    product = ProductFactory(merchant=merchant, parts=False)
    paper = {
        "kind": ProductKindFactory().pk,
        "number": "GD-1",
        "issuer": "省质检中心",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    }
    url = page("product_paper_add", product)
    assert owner.post(url, paper).status_code == 422, "the file is missing"
    assert owner.post(url, paper | {"file": pdf()}).status_code == 302
    made = ProductCredential.objects.get()

    assert owner.post(page("product_paper", product, made.pk), paper | {"number": "GD-2"}).status_code == 302
    made.refresh_from_db()
    assert made.number == "GD-2"

    owner.post(page("product_paper_withdraw", product, made.pk), {"note": "报告被撤销"})
    made.refresh_from_db()
    assert made.ended_on
    assert owner.get(page("product_paper", product, made.pk)).status_code == 404


def test_a_hold_is_appealed_against(merchant, owner):
    hold = ProductHoldFactory(product=ProductFactory(merchant=merchant, parts=False))

    assert "抽检不合格" in owner.get(page("product", hold.product)).content.decode()
    owner.post(page("product_appeal", hold.product, hold.pk), {"appeal": "已复检合格"})
    hold.refresh_from_db()
    assert (hold.state, hold.appeal) == ("appealed", "已复检合格")


def test_customer_service_reads_and_writes_nothing(merchant):
    product = ProductFactory(merchant=merchant, state=State.DRAFT)
    agent = signed_in(MerchantUserFactory(merchant=merchant, role="customer_service"))

    assert agent.get(page("product", product)).status_code == 200
    assert agent.post(page("product_submit", product), {"note": ""}).status_code == 403
    changed = agent.post(page("product_edit", product), sent([], name="x", code=product.code))
    assert changed.status_code == 403
    product.refresh_from_db()
    assert (product.state, product.name) != (State.SUBMITTED, "x")


def test_a_strangers_product_is_404_on_every_page(merchant, stranger):
    product = ProductFactory(merchant=merchant)
    hold = ProductHoldFactory(product=product)
    paper = product.credentials.get()
    own = MerchantUserFactory()
    own_code = own.memberships.get().merchant.code
    urls = [
        products_of(merchant),
        *(page(name, product) for name in ("product", "product_edit", "product_submit", "product_withdraw")),
        page("product_paper_add", product),
        page("product_paper", product, paper.pk),
        page("product_paper_withdraw", product, paper.pk),
        page("product_appeal", product, hold.pk),
    ]
    assert {stranger.get(url).status_code for url in urls} == {404}
    assert {stranger.post(url, {"note": "", "appeal": "x"}).status_code for url in urls[1:]} == {404}
    # Nor through the address of a merchant of one's own.
    through_own = [url.replace(f"/m/{merchant.code}/", f"/m/{own_code}/") for url in urls[1:]]
    assert {signed_in(own).get(url).status_code for url in through_own} == {404}


def test_a_list_of_many_asks_no_more_queries(merchant, owner, django_assert_max_num_queries):
    for _number in range(15):
        ProductFactory(merchant=merchant, state=State.DRAFT, parts=False)

    with django_assert_max_num_queries(20):
        answer = owner.get(products_of(merchant))
    assert len(answer.context["rows"]) == 15


@pytest.mark.parametrize(
    ("query", "found"), [("q=jdj", 1), ("q=红薯", 0), ("state=verified", 1), ("state=draft", 0)]
)
def test_products_are_found_by(query, found, merchant, owner):
    ProductFactory(merchant=merchant, parts=False)

    assert len(owner.get(f"{products_of(merchant)}?{query}").context["rows"]) == found
