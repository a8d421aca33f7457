"""Returns and repairs by programs: asked, told what is due, refused with the clause, moved on."""

import pytest

from aftersales.models import GuaranteeTerm
from mcn.kit import clock
from tests.aftersales.test_return_pages import bought
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import CategoryFactory, MerchantFactory
from tests.factories.returns import RepairProviderFactory, ReturnFactory
from tests.kit.api_suite import client_of

RETURNS = "/api/v1/returns/"


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def staff():
    return client_of(StaffFactory(role="after_sales"))


def test_a_request_is_made_and_settled_by_programs(merchant, staff):
    order = bought(merchant)
    sent = {"line": order.lines.get().pk, "kind": "return", "reason": "no_reason"}
    made = staff.post(RETURNS, sent, format="json")
    assert made.status_code == 201, made.content.decode()
    row = made.json()
    assert (row["state"], row["entitled"], row["amount"]) == ("asked", True, "39.90")
    assert row["entitlement"]["lines"][0]["clause"] == "LSMS 7.2.7"

    owner = client_of(MerchantUserFactory(merchant=merchant))
    url = f"{RETURNS}{row['id']}/"
    refused = owner.post(f"{url}refuse/", {"note": "不退"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "blocked")
    for verb, given in [
        ("approve", {"return_to": "佛山仓库"}),
        ("arrive", {"condition": "完好"}),
        ("refund", {}),
    ]:
        answer = owner.post(f"{url}{verb}/", given, format="json")
        assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["state"] == "refunded"
    assert owner.get(RETURNS).json()["results"][0]["id"] == row["id"]


def test_a_stranger_is_told_of_no_return(merchant):
    request = ReturnFactory()
    stranger = client_of(MerchantUserFactory(merchant=merchant))
    assert stranger.get(f"{RETURNS}{request.pk}/").status_code == 404
    assert stranger.post(f"{RETURNS}{request.pk}/refund/", {}, format="json").status_code == 404


def test_a_repair_is_taken_in_by_programs(merchant, staff):
    line = bought(merchant).lines.get()
    made = staff.post("/api/v1/repairs/", {"line": line.pk, "fault": "不通电"}, format="json")
    assert made.status_code == 201, made.content.decode()
    url = f"/api/v1/repairs/{made.json()['id']}/"
    taken = staff.post(f"{url}take_in/", {"provider": RepairProviderFactory().pk}, format="json")
    assert taken.json()["state"] == "in_repair", taken.content.decode()


def test_terms_hold_from_today_or_later(staff):
    sent = {"category": CategoryFactory().pk, "valid_from": "2020-01-01", "source": "机构默认值"}
    assert staff.post("/api/v1/guarantee-terms/", sent, format="json").status_code == 409
    sent |= {"valid_from": str(clock.today())}
    assert staff.post("/api/v1/guarantee-terms/", sent, format="json").status_code == 201
    assert GuaranteeTerm.objects.get().months == 12
