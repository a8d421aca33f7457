"""Merchants for programs: what every resource promises, and the verbs' own refusals."""

import datetime

import pytest

from merchants.models import Agreement, BusinessLine, Merchant, MerchantCredential, MerchantHold
from tests.factories import DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import (
    AgreementFactory,
    BusinessLineFactory,
    CategoryFactory,
    ContactFactory,
    CredentialKindFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    MerchantVerificationFactory,
    uscc,
)
from tests.kit.api_suite import ResourceSuite, client_of

SECRETS = ["13800138000", "王小明", "体育西路103号维多利"]


class TestMerchantApi(ResourceSuite):
    path = "/api/v1/merchants/"
    role = "merchant_desk"
    change = {"short_name": "小铺"}
    wrong = {"kind": "nonsense", "phone": "123"}
    secrets = [*SECRETS, "13900139000"]
    list_queries = 3

    def make(self):
        return MerchantFactory(papers=False)

    def fresh(self):
        return {"kind": "company", "name": "广州新商家有限公司", "uscc": uscc(90_001)}


class TestContactApi(ResourceSuite):
    path = "/api/v1/merchant-contacts/"
    role = "merchant_desk"
    change = {"position": "总监"}
    wrong = {"phone": "123", "email": "not an address"}
    secrets = ["13900139000", "李经理", "shangwu@example.com"]

    def make(self):
        return ContactFactory()

    def fresh(self):
        merchant = MerchantFactory(papers=False)
        return {"merchant": merchant.pk, "duty": "finance", "name": "赵会计", "phone": "13600136000"}


class TestBusinessLineApi(ResourceSuite):
    path = "/api/v1/business-lines/"
    role = "merchant_desk"

    def make(self):
        return BusinessLineFactory(merchant=MerchantFactory(papers=False))


class TestMerchantCredentialApi(ResourceSuite):
    path = "/api/v1/merchant-credentials/"
    role = "merchant_desk"
    change = {"issuer": "广州市市场监管局"}
    wrong = {"number": "", "valid_from": None}

    def make(self):
        return MerchantCredentialFactory(kind=CredentialKindFactory())


class TestMerchantVerificationApi(ResourceSuite):
    path = "/api/v1/merchant-verifications/"
    role = "merchant_desk"

    def make(self):
        return MerchantVerificationFactory()


class TestAgreementApi(ResourceSuite):
    path = "/api/v1/agreements/"
    role = "merchant_desk"
    change = {"agency_party": "广州新文化传媒有限公司"}
    wrong = {"kind": "nonsense"}

    def make(self):
        return AgreementFactory(state=Agreement.State.DRAFT)

    def fresh(self):
        return {
            "merchant": MerchantFactory(papers=False).pk,
            "kind": "cooperation",
            "number": "HZ-2026-API",
            "agency_party": "广州测试文化传媒有限公司",
            "merchant_party": "广州测试商贸有限公司",
            "valid_from": "2026-03-16",
            "valid_to": "2027-03-15",
        }


class TestMerchantHoldApi(ResourceSuite):
    path = "/api/v1/merchant-holds/"
    role = "compliance"

    def make(self):
        return MerchantHoldFactory(merchant=MerchantFactory(papers=False))


@pytest.fixture
def desk():
    return client_of(StaffFactory(role="merchant_desk"))


def do(client, merchant, verb, body=None, status=200):
    answer = client.post(f"/api/v1/merchants/{merchant.pk}/{verb}/", body or {}, format="json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_the_verbs_of_a_merchant(desk):
    merchant = MerchantFactory(state=Merchant.State.SUBMITTED)
    assert do(desk, merchant, "suspend", {"note": "x"}, 409)["code"] == "wrong_state"
    answers = [{"item": "credit", "outcome": "bad", "method": "register", "note": "列入经营异常名录"}]
    do(desk, merchant, "verify", {"answers": answers})

    refused = do(desk, merchant, "admit", status=422)

    assert refused["code"] == "blocked"
    assert refused["findings"][0]["clause"] == "DB4401 5.1.2.4"
    assert "列入经营异常名录" in refused["findings"][0]["message"]
    assert do(desk, merchant, "send_back", {"note": "请处理异常"})["comment"] == "请处理异常"
    assert do(desk, merchant, "send_back", {}, 400)["errors"].keys() == {"note"}


def test_what_stands_in_the_way_is_told_without_the_offices_pages():
    merchant = MerchantFactory(papers=False)
    url = f"/api/v1/merchants/{merchant.pk}/blockers/"
    staff = client_of(StaffFactory(role="auditor")).get(url).json()
    owner = client_of(MerchantUserFactory(merchant=merchant)).get(url).json()

    assert staff["blocked"]
    assert [row["message"] for row in staff["findings"]] == [row["message"] for row in owner["findings"]]
    assert any(row["mend_url"] for row in staff["findings"])
    assert not any(row["mend_url"] for row in owner["findings"])


def test_a_merchants_program_sees_and_does_its_own():
    merchant = MerchantFactory(state=Merchant.State.DRAFT)
    other = MerchantFactory(papers=False)
    client = client_of(MerchantUserFactory(merchant=merchant))

    assert [row["id"] for row in client.get("/api/v1/merchants/").json()["results"]] == [merchant.pk]
    assert client.get(f"/api/v1/merchants/{other.pk}/").status_code == 404
    assert client.get("/api/v1/merchant-verifications/").json()["results"] == []
    do(client, merchant, "submit")
    do(client, merchant, "admit", status=403)
    answer = client.post("/api/v1/merchants/", {"name": "甲", "uscc": uscc(90_009)}, format="json")
    assert answer.status_code == 403


def test_a_row_for_another_merchant_is_refused():
    other = MerchantFactory(papers=False)
    client = client_of(MerchantUserFactory())
    body = {"merchant": other.pk, "duty": "finance", "name": "赵会计", "phone": "13600136000"}
    answer = client.post("/api/v1/merchant-contacts/", body, format="json")
    assert (answer.status_code, answer.json()["errors"].keys()) == (400, {"merchant"})


@pytest.mark.clause("DB4401 5.5.1.2")
def test_a_category_is_declared_and_a_banned_one_refused(desk):
    merchant = MerchantFactory(state=Merchant.State.DRAFT, papers=False)
    shown = do(desk, merchant, "declare", {"category": CategoryFactory(name="家纺").pk})
    assert shown["business_lines"][0]["category_name"] == "家纺"

    do(desk, merchant, "declare", {"category": CategoryFactory(regime="banned").pk}, 422)
    assert BusinessLine.objects.count() == 1


def test_a_paper_is_sent_with_its_file(desk):
    merchant = MerchantFactory(papers=False)
    body = {
        "merchant": merchant.pk,
        "kind": CredentialKindFactory().pk,
        "number": "JY1",
        "issuer": "天河区市场监管局",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    }
    assert desk.post("/api/v1/merchant-credentials/", body).status_code == 400
    answer = desk.post("/api/v1/merchant-credentials/", body | {"file": pdf()})
    assert answer.status_code == 201, answer.content.decode()
    paper = MerchantCredential.objects.get()
    assert answer.json()["file_sha256"] == paper.document.latest.sha256


def test_an_agreement_is_signed_with_its_file(desk):
    agreement = AgreementFactory(state=Agreement.State.DRAFT)
    url = f"/api/v1/agreements/{agreement.pk}/sign/"
    assert desk.post(url, {"signed_on": "2026-03-16"}).status_code == 400
    ahead = f"{datetime.date(2200, 1, 1)}"
    assert desk.post(url, {"signed_on": ahead, "file": pdf()}).status_code == 400
    assert desk.post(url, {"signed_on": "2026-03-16", "file": pdf()}).json()["state"] == "signed"


def test_a_hold_is_placed_appealed_and_lifted(desk):
    merchant = MerchantFactory(papers=False)
    do(desk, merchant, "hold", {"reason": "虚假发货", "valid_from": f"{DAY}"})
    do(desk, merchant, "blacklist", {"reason": "售假"}, 403)
    hold = MerchantHold.objects.get()
    url = f"/api/v1/merchant-holds/{hold.pk}/"
    owner = client_of(MerchantUserFactory(merchant=merchant))
    assert owner.post(f"{url}appeal/", {"appeal": "不属实"}, format="json").json()["state"] == "appealed"
    assert owner.post(f"{url}lift/", {"note": "请解除"}, format="json").status_code == 403
    assert desk.post(f"{url}lift/", {"note": "已整改"}, format="json").status_code == 403
    colleague = client_of(StaffFactory(role="merchant_desk"))
    assert colleague.post(f"{url}lift/", {"note": "已整改"}, format="json").json()["state"] == "lifted"


def test_contacts_are_found_by_the_whole_phone_number(desk):
    contact = ContactFactory()
    found = desk.get("/api/v1/merchant-contacts/", {"phone": "139 0013 9000"}).json()["results"]
    assert [row["id"] for row in found] == [contact.pk]
    assert desk.get("/api/v1/merchant-contacts/", {"phone": "1390013"}).json()["results"] == []


def test_everybody_signed_in_reads_the_categories():
    category = CategoryFactory(name="零食", requires=["food_licence"])
    client = client_of(MerchantUserFactory(merchant=MerchantFactory(papers=False)))
    (row,) = [row for row in client.get("/api/v1/categories/").json()["results"] if row["id"] == category.pk]
    assert [asked["code"] for asked in row["requirements"]] == ["food_licence"]
    assert client.get("/api/v1/credential-kinds/").json()["results"]
    assert client.post("/api/v1/categories/", {}, format="json").status_code == 405
