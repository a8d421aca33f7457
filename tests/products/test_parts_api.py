"""Papers, verifications, samples and holds of products at the API's door."""

import pytest

from products.models import Sample
from tests.factories import DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.products import (
    ProductCredentialFactory,
    ProductFactory,
    ProductHoldFactory,
    ProductKindFactory,
    ProductVerificationFactory,
    SampleFactory,
)
from tests.kit.api_suite import ResourceSuite, client_of

PAPERS = "/api/v1/product-credentials/"
SAMPLES = "/api/v1/samples/"
HOLDS = "/api/v1/product-holds/"


class TestProductCredentialApi(ResourceSuite):
    path = PAPERS
    role = "reviewer"
    change = {"number": "GD2026-00077"}
    wrong = {"valid_from": None, "issuer": ""}

    def make(self):
        return ProductCredentialFactory()


class TestProductVerificationApi(ResourceSuite):
    path = "/api/v1/product-verifications/"
    role = "auditor"

    def make(self):
        return ProductVerificationFactory()


class TestSampleApi(ResourceSuite):
    path = SAMPLES
    role = "reviewer"
    change = {"batch": "20260301A"}
    wrong = {"quantity": -1}

    def make(self):
        return SampleFactory(
            state=Sample.State.RECEIVED, tried_by="", tried_on=None, impression="", same_as_sold=None
        )

    def fresh(self):
        return {"product": ProductFactory(parts=False).pk, "received_on": f"{DAY}", "quantity": 2}


class TestProductHoldApi(ResourceSuite):
    path = HOLDS
    role = "compliance"

    def make(self):
        return ProductHoldFactory(product=ProductFactory(parts=False))


def paper(product, **more):
    return {
        "product": product.pk,
        "kind": ProductKindFactory().pk,
        "number": "GD-1",
        "issuer": "省质检中心",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    } | more


@pytest.mark.clause("LSEC 27")
def test_a_paper_comes_with_its_file():
    owner = MerchantUserFactory()
    product = ProductFactory(merchant=owner.memberships.get().merchant, parts=False)
    client = client_of(owner)

    made = client.post(PAPERS, paper(product, file=pdf()), format="multipart")
    bare = client.post(PAPERS, paper(product, number="GD-2"), format="json")

    assert made.status_code == 201, made.json()
    assert len(made.json()["file_sha256"]) == 64
    assert (bare.status_code, list(bare.json()["errors"])) == (400, ["file"])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"valid_to": "2025-01-01"}, "__all__"),
        ({"valid_to": "2026-02-30"}, "valid_to"),
        ({"kind": 999_999}, "kind"),
        ({"product": 999_999}, "product"),
        ({"number": "x" * 81}, "number"),
    ],
)
def test_a_wrong_paper_is_400_under_its_name(more, field, reviewer):
    body = paper(ProductFactory(parts=False)) | {"file": pdf()} | more

    answer = client_of(reviewer).post(PAPERS, body, format="multipart")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_sample_is_tried_and_given_back(reviewer):
    client = client_of(reviewer)
    sample = TestSampleApi().make()
    trial = {"tried_by": "阿May", "impression": "松脆", "same_as_sold": True, "tried_on": f"{DAY}"}

    tried = client.post(f"{SAMPLES}{sample.pk}/record_trial/", trial, format="json")
    back = client.post(f"{SAMPLES}{sample.pk}/give_back/", {}, format="json")
    again = client.post(f"{SAMPLES}{sample.pk}/give_back/", {}, format="json")

    assert (tried.json()["state"], tried.json()["impression"]) == ("tried", "松脆")
    assert back.json()["state"] == "given_back"
    assert again.status_code == 409


def test_a_hold_is_placed_appealed_and_lifted():
    product = ProductFactory(parts=False)
    officer = client_of(StaffFactory(role="compliance"))
    owner = client_of(MerchantUserFactory(merchant=product.merchant))

    placed = officer.post(f"/api/v1/products/{product.pk}/hold/", {"reason": "抽检不合格"}, format="json")
    (hold,) = owner.get(HOLDS).json()["results"]
    appealed = owner.post(f"{HOLDS}{hold['id']}/appeal/", {"appeal": "已复检合格"}, format="json")
    denied = owner.post(f"{HOLDS}{hold['id']}/lift/", {"note": "没问题"}, format="json")
    own = officer.post(f"{HOLDS}{hold['id']}/lift/", {"note": "复检合格"}, format="json")
    colleague = client_of(StaffFactory(role="compliance"))
    lifted = colleague.post(f"{HOLDS}{hold['id']}/lift/", {"note": "复检合格"}, format="json")

    assert placed.status_code == 200, placed.json()
    assert appealed.json()["state"] == "appealed"
    assert (denied.status_code, own.status_code) == (403, 403)
    assert lifted.json()["state"] == "lifted"


def test_papers_are_found_by_the_day_they_are_good_on(reviewer):
    made = ProductCredentialFactory()
    client = client_of(reviewer)

    def found(day):
        return [row["id"] for row in client.get(PAPERS, {"good_on": day}).json()["results"]]

    assert found(f"{DAY}") == [made.pk]
    assert found("2030-01-01") == []
