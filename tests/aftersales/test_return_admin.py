"""Returns and repairs in the back office: explained, decided, judged; nobody's address in clear."""

import pytest
from django.urls import reverse

from aftersales.models import Repair, RepairProvider, ReturnRequest
from tests.factories import AT, png
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.returns import RepairFactory, RepairProviderFactory, ReturnFactory

LIST = reverse("admin:aftersales_returnrequest_changelist")


@pytest.fixture(autouse=True)
def agent(client):
    user = StaffFactory(role="after_sales")
    client.force_login(user)
    return user


def page(row, name="change", *args):
    return reverse(f"admin:aftersales_{row._meta.model_name}_{name}", args=[row.pk, *args])


def do(client, row, verb, **given):
    """Use a verb's page; the row as it is then."""
    answer = client.post(page(row, "verb", verb), {"note": ""} | given)
    assert answer.status_code == 302, answer.context["form"].errors if answer.context else answer
    row.refresh_from_db()
    return row


def test_a_return_tells_what_is_due_and_why(client):
    request = ReturnFactory()
    text = client.get(page(request)).content.decode()

    assert "LSMS 7.2.7" in text
    assert "前可七日无理由退货" in text
    assert request.code in client.get(LIST, {"state__exact": "asked"}).content.decode()


def test_staff_take_a_request_by_phone_and_settle_it(client):
    order = OrderFactory(
        state="received", merchant=MerchantFactory(papers=False), received_at=AT, shipped_at=AT
    )
    given = {"number": order.number, "goods": "", "kind": "return", "reason": "wrong", "words": "发错味道"}
    answer = client.post(f"{LIST}add/", given | {"quantity": 1, "amount": "", "intact": "on"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    request = ReturnRequest.objects.get()
    assert (request.channel, request.entitled) == ("staff", False)  # AT lies months back

    do(client, request, "weigh", intact="on", same_model="on", note="核对聊天记录")
    do(client, request, "approve", way="post", return_to="佛山市南海区仓库路1号")
    assert "仓库路1号" not in client.get(page(request)).content.decode()
    do(client, request, "send", carrier="顺丰", parcel="SF9", insured="")
    do(client, request, "arrive", condition="完好")
    do(client, request, "give", side="merchant", kind="image", file=png())
    do(client, request, "refund", amount="", reference="P1")
    assert (request.state, request.refund_reference) == ("refunded", "P1")


def test_an_order_that_is_not_there_is_said_beside_its_field(client):
    answer = client.post(
        f"{LIST}add/", {"number": "nosuch", "kind": "return", "reason": "wrong", "quantity": 1}
    )
    assert "number" in answer.context["adminform"].form.errors


def test_a_refusal_of_what_is_due_says_the_clause(client):
    request = ReturnFactory()
    answer = client.post(page(request, "verb", "refuse"), {"note": "不退"})
    assert answer.status_code == 422
    assert "EJAS 6.3.1.2" in answer.content.decode()


@pytest.mark.clause("EJAS 6.5.1")
def test_a_repairer_is_admitted_by_another_and_then_takes_goods_in(client, agent):
    given = {
        "name": "天河维修",
        "kind": "third_party",
        "covers": "小家电",
        "address": "天河",
        "phone": "020-1",
    }
    given |= {"qualification": "证书 1", "skill": "持证", "norms": "登记试机"}
    assert client.post(reverse("admin:aftersales_repairprovider_add"), given).status_code == 302
    provider = RepairProvider.objects.get()
    assert client.post(page(provider, "verb", "admit"), {"assessment": "合格"}).status_code == 403

    client.force_login(StaffFactory(role="after_sales"))
    do(client, provider, "admit", assessment="资质、技术、规范均合格")
    repair = RepairFactory(state="asked", taken_in_on=None, provider=None)
    do(client, repair, "take_in", provider=provider.pk, found="电源板烧坏", misuse="")
    assert (repair.state, repair.provider) == ("in_repair", provider)
    do(client, repair, "delay", cause="parts", words="电源板缺货")
    do(client, repair, "finish", outcome="works", work_done="更换电源板")
    do(client, repair, "hand_back")
    assert repair.state == Repair.State.HANDED_BACK
    assert "更换电源板" in client.get(page(repair)).content.decode()


def test_the_start_page_tells_what_waits(client):
    ReturnFactory()
    RepairProviderFactory(state="applied")
    text = client.get(reverse("admin:index")).content.decode()
    assert "待商家处理的售后单" in text
    assert "待准入的维修服务商" in text


@pytest.mark.clause("EJAS 6.5.2")
def test_the_catalogue_is_shipped_and_changes_from_a_day_to_come(client):
    add = reverse("admin:aftersales_guaranteeterm_add")
    assert client.get(add).status_code == 200
    assert client.get(reverse("admin:aftersales_guaranteeterm_changelist")).status_code == 200
