"""Products, SKUs and prices at the API's door."""

from decimal import Decimal

import pytest
import time_machine

from products.models import Product, ProductVerification
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import (
    ProductFactory,
    ProductHoldFactory,
    ProductVerificationFactory,
    SkuFactory,
    SnackCategoryFactory,
)
from tests.kit.api_suite import ResourceSuite, client_of

PRODUCTS = "/api/v1/products/"


@pytest.fixture
def staff(reviewer):
    return client_of(reviewer)


class TestProductApi(ResourceSuite):
    path = PRODUCTS
    role = "reviewer"
    change = {"origin": "广东省中山市", "shelf_life_days": 180}
    wrong = {"shelf_life_days": -1, "code": "x" * 61}

    def make(self):
        product = ProductFactory(parts=False, state=Product.State.DRAFT)
        ProductVerificationFactory(product=product)
        return product

    def fresh(self):
        category = SnackCategoryFactory()
        return {
            "merchant": MerchantFactory(papers=False).pk,
            "code": "A-1",
            "name": "陈皮梅",
            "category": category.pk,
        }


class TestSkuApi(ResourceSuite):
    path = "/api/v1/skus/"
    role = "reviewer"
    change = {"price": "35.50", "stock": 9}
    wrong = {"gtin": "6901234567893", "price": "0.00"}

    def make(self):
        return SkuFactory()

    def fresh(self):
        return {"product": ProductFactory(parts=False).pk, "code": "A-1-1", "price": "12.80"}


class TestPriceRecordApi(ResourceSuite):
    path = "/api/v1/price-records/"
    role = "auditor"

    def make(self):
        return SkuFactory().price_records.get()

    def test_staff_read_the_history(self, staff):
        """What a price record says, the entry of its SKU tells: it has none of its own."""
        row = self.make()
        assert staff.get(f"{self.url(row)}history/").json()["results"] == []
        [line] = staff.get(f"/api/v1/skus/{row.sku_id}/history/").json()["results"]
        assert line["changes"]["price"] == [None, "39.90"]


def test_a_list_shows_only_the_verifications_that_stand(staff):
    product = ProductFactory(parts=False)
    ProductVerificationFactory(product=product)
    ProductVerificationFactory.again(product, ProductVerification.Item.ORIGIN)

    (row,) = staff.get(PRODUCTS).json()["results"]
    assert len(row["verifications"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "鸡蛋卷"}, True),
        ({"q": "jdj"}, True),
        ({"q": "KL-77"}, True),
        ({"q": "红薯"}, False),
        ({"gtin": "6901234567892"}, True),
        ({"gtin": "6901234567893"}, False),
        ({"state": "verified"}, True),
        ({"state": "draft"}, False),
        ({"price_from_min": "30", "price_from_max": "40"}, True),
        ({"price_from_min": "50"}, False),
        ({"stale": "true"}, False),
        ({"stale": "false"}, True),
    ],
)
def test_products_are_found_by(query, found, staff):
    product = ProductFactory(parts=False)
    SkuFactory(product=product, code="KL-77", gtin="6901234567892")

    assert [row["id"] for row in staff.get(PRODUCTS, query).json()["results"]] == [product.pk] * found


@time_machine.travel(AT, tick=False)
def test_a_product_goes_from_draft_to_passed():
    owner = MerchantUserFactory()
    product = ProductFactory(merchant=owner.memberships.get().merchant, state=Product.State.DRAFT)
    product.verifications.all().delete()
    url = f"{PRODUCTS}{product.pk}/"

    sent = client_of(owner).post(f"{url}submit/", {}, format="json")
    reviewer = client_of(StaffFactory(role="reviewer"))
    refused = reviewer.post(f"{url}approve/", {}, format="json")
    reviewer.post(
        f"{url}verify/",
        {"answers": [{"item": "origin", "outcome": "good", "note": "与包装一致"}]},
        format="json",
    )
    reviewer.post(f"{url}verify_all/", {}, format="json")
    passed = reviewer.post(f"{url}approve/", {"note": "资料齐全"}, format="json")

    assert sent.json()["state"] == "submitted"
    assert (refused.status_code, refused.json()["code"]) == (422, "blocked")
    assert {row["clause"] for row in refused.json()["findings"]} == {"DB4401 5.1.2.5", "DB4401 5.4.2.3"}
    assert (passed.status_code, passed.json()["state"]) == (200, "verified"), passed.json()


def test_who_submitted_may_not_pass_it_here_either(reviewer, staff):
    product = ProductFactory(state=Product.State.SUBMITTED, submitted_by=reviewer)

    answer = staff.post(f"{PRODUCTS}{product.pk}/approve/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "denied")
    answer = staff.post(f"{PRODUCTS}{product.pk}/verify_all/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "denied")


def test_a_verb_from_a_wrong_state_is_409(staff):
    product = ProductFactory(state=Product.State.DRAFT, parts=False)

    answer = staff.post(f"{PRODUCTS}{product.pk}/approve/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [{"item": "nonsense", "outcome": "good"}],
        [{"item": "origin", "outcome": "perfect"}],
        [{"item": "origin", "outcome": "bad"}],
        [{"item": "restriction", "outcome": "good"}],
        [{"item": "origin"}],
        "good",
    ],
)
def test_a_wrong_answer_on_an_item_is_400(answers, staff):
    product = ProductFactory(state=Product.State.SUBMITTED)
    before = product.verifications.count()

    answer = staff.post(f"{PRODUCTS}{product.pk}/verify/", {"answers": answers}, format="json")
    assert answer.status_code == 400, answer.json()
    assert product.verifications.count() == before


@pytest.mark.clause("DB4401 5.1.5.2 b")
def test_blockers_are_told_for_a_day(staff):
    product = ProductFactory()
    hold = ProductHoldFactory(product=product)
    url = f"{PRODUCTS}{product.pk}/blockers/"

    told = staff.get(url, {"on": f"{DAY}"}).json()
    assert (told["on"], told["blocked"]) == (f"{DAY}", True)
    (finding,) = told["findings"]
    assert finding["clause"] == "DB4401 5.1.5.2 b"
    assert finding["subject"]["id"] == hold.pk
    assert finding["mend_url"]


def test_a_merchant_sees_its_blockers_without_the_back_offices_pages():
    product = ProductFactory()
    ProductHoldFactory(product=product)
    owner = MerchantUserFactory(merchant=product.merchant)

    told = client_of(owner).get(f"{PRODUCTS}{product.pk}/blockers/", {"on": f"{DAY}"}).json()
    assert [row["mend_url"] for row in told["findings"]] == [""]


@pytest.mark.parametrize("query", [{"on": "2026-13-01"}, {"gate": "nonsense"}, {"nosuch": "1"}])
def test_a_question_about_blockers_that_is_not_understood_is_400(query, staff):
    answer = staff.get(f"{PRODUCTS}{ProductFactory(parts=False).pk}/blockers/", query)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(query))


def test_the_cost_price_is_not_for_everybody():
    sku = SkuFactory()
    url = f"/api/v1/skus/{sku.pk}/"
    owner = MerchantUserFactory(merchant=sku.merchant)

    assert client_of(owner).get(url).json()["cost_price"] == "18.00"
    assert client_of(StaffFactory(role="reviewer")).get(url).json()["cost_price"] == "18.00"
    operator = client_of(StaffFactory(role="operator"))
    assert "cost_price" not in operator.get(url).json()
    assert "18.00" not in operator.get(f"{PRODUCTS}{sku.product_id}/").content.decode()


def test_a_merchant_adds_to_its_own_merchant_alone():
    owner = MerchantUserFactory()
    own, other = owner.memberships.get().merchant, MerchantFactory(papers=False)
    client = client_of(owner)

    made = client.post(PRODUCTS, {"merchant": own.pk, "code": "A", "name": "陈皮梅"}, format="json")
    refused = client.post(PRODUCTS, {"merchant": other.pk, "code": "B", "name": "话梅"}, format="json")
    assert (made.status_code, refused.status_code) == (201, 400)
    assert list(refused.json()["errors"]) == ["merchant"]

    strangers = ProductFactory(parts=False, merchant=other)
    sku = client.post("/api/v1/skus/", {"product": strangers.pk, "code": "X", "price": "1.00"}, format="json")
    assert (sku.status_code, list(sku.json()["errors"])) == (400, ["product"])


def test_a_product_does_not_change_its_merchant(staff):
    product = ProductFactory(parts=False)

    answer = staff.patch(
        f"{PRODUCTS}{product.pk}/",
        {"merchant": MerchantFactory(papers=False).pk},
        format="json",
        HTTP_IF_MATCH="*",
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["merchant"])


def test_a_changed_price_is_in_the_history(staff):
    sku = SkuFactory()
    staff.patch(f"/api/v1/skus/{sku.pk}/", {"price": "29.90"}, format="json", HTTP_IF_MATCH="*")

    records = staff.get("/api/v1/price-records/", {"sku": sku.pk, "ordering": "from_at"}).json()["results"]
    assert [row["price"] for row in records] == ["39.90", "29.90"]
    assert Product.objects.get(pk=sku.product_id).price_from == Decimal("29.90")
