"""A buyer's own pages and the merchant's: found by number and phone, asked, answered, settled."""

import pytest
from django.core import signing
from django.urls import reverse

from aftersales.actions import return_request as returns
from aftersales.models import Repair, ReturnRequest
from aftersales.portal.returns_public import OF_ONE_NUMBER, SALT
from mcn.kit import clock
from tests.factories import png
from tests.factories.accounts import MerchantUserFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.returns import RepairFactory, RepairProviderFactory, ReturnFactory

FIND = reverse("returns")


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def owner(client, merchant):
    client.force_login(MerchantUserFactory(merchant=merchant))
    return client


def bought(merchant, **given):
    """An order received a moment ago."""
    now = clock.now()
    given = {"state": "received", "paid_at": now, "shipped_at": now, "received_at": now} | given
    return OrderFactory(merchant=merchant, **given)


def token(order):
    return signing.dumps(order.pk, salt=SALT)


@pytest.mark.clause("EJAS 6.3.1.1", "DB4401 6.1.5", "DB4401 6.4.3 c")
def test_a_buyer_finds_the_order_asks_and_follows_it(client, merchant):
    order = bought(merchant)
    answer = client.post(FIND, {"number": order.number, "phone": "13800138000"}, follow=True)
    text = answer.content.decode()
    assert order.lines.get().title in text
    assert "13800138000" not in text

    ask = reverse("returns_ask", args=[token(order), order.lines.get().pk])
    assert "免费换货" in client.get(ask).content.decode()
    given = {
        "kind": "return",
        "reason": "damaged",
        "quantity": 1,
        "words": "罐子压扁",
        "files": [png(), png("b.png", b"2")],
    }
    answer = client.post(ask, given, follow=True)

    request = ReturnRequest.objects.get()
    assert (request.channel, request.entitled, request.evidence.count()) == ("consumer", True, 2)
    assert request.code in answer.content.decode()
    assert "EJAS 6.3.1.2" in answer.content.decode()


@pytest.mark.clause("EJAS 6.3.2.2")
def test_a_buyer_of_unshipped_goods_has_the_money_back_at_once(client, merchant):
    order = OrderFactory(merchant=merchant)
    ask = reverse("returns_ask", args=[token(order), order.lines.get().pk])
    answer = client.post(ask, {"kind": "refund", "reason": "no_reason"}, follow=True)
    assert ReturnRequest.objects.get().state == "refunded"
    assert "39.90" in answer.content.decode()


@pytest.mark.clause("EJAS 6.3.4.2", "EJAS 6.2.3.1")
def test_buyer_and_merchant_are_told_what_valuable_goods_ask(client, merchant):
    order = bought(merchant, lines__paid=3000, lines__price=3000, amount=3000)
    request = ReturnFactory(order=order)
    returns.approve(request, way="post", return_to="仓库", by=None, at=clock.now())
    said = "声明价值不低于 3000.00 元，保价费由消费者承担"
    send = reverse("returns_request_do", args=[token(order), request.pk, "send"])
    refused = client.post(send, {"carrier": "顺丰", "parcel": "SF1"})
    assert (refused.status_code, refused.content.decode().count(said)) == (422, 2)
    assert said in client.get(reverse("returns_request", args=[token(order), request.pk])).content.decode()
    client.post(send, {"carrier": "顺丰", "parcel": "SF1", "insured": "100"})
    client.force_login(MerchantUserFactory(merchant=merchant))
    page = client.get(reverse("portal_return", args=[merchant.code, request.pk])).content.decode()
    assert said in page
    assert "已保价 100.00 元" in page
    unpaid = OrderFactory(merchant=merchant, amount=2000, lines=0)
    page = client.get(reverse("portal_order", args=[merchant.code, unpaid.pk])).content.decode()
    assert "当面验货后再签收" in page


def test_a_wrong_phone_and_a_wrong_number_are_told_alike(client, merchant):
    order = bought(merchant)
    told = [
        client.post(FIND, {"number": number, "phone": phone})
        for number, phone in [(order.number, "13900139000"), ("6920", "13800138000"), (order.number, "")]
    ]
    assert {answer.status_code for answer in told} == {422}
    messages = [answer.context["form"].non_field_errors() for answer in told[:2]]
    assert messages[0] == messages[1]
    assert messages[0]


def test_guessing_is_refused_by_number_and_a_forged_token_is_404(client, merchant):
    given = {"number": "6920", "phone": "13900139000"}
    for _number in range(OF_ONE_NUMBER):
        client.post(FIND, given)
    assert client.post(FIND, given, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert client.get(reverse("returns_order", args=["forged"])).status_code == 404
    request = ReturnFactory()
    other = bought(merchant)
    assert client.get(reverse("returns_request", args=[token(other), request.pk])).status_code == 404


def test_a_buyer_sends_back_and_disputes(client, merchant):
    request = ReturnFactory(order=bought(merchant), at=clock.now())
    ReturnRequest.objects.filter(pk=request.pk).update(state="refused", entitled=False, decision="已使用")
    page = reverse("returns_request", args=[token(request.order), request.pk])
    assert "已使用" in client.get(page).content.decode()
    given = {"subject": "refusal", "words": "没有用过", "files": [png()]}
    answer = client.post(f"{page}dispute/", given)
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.disputes.get().side) == ("disputed", "buyer")
    assert client.get(f"{page}nosuch/").status_code == 404


def test_a_buyer_asks_for_a_repair(client, merchant):
    order = bought(merchant)
    ask = reverse("returns_ask", args=[token(order), order.lines.get().pk])
    client.post(ask, {"kind": "repair", "reason": "fault", "quantity": 1, "words": "不通电"})
    assert Repair.objects.get().fault == "不通电"


@pytest.mark.clause("DB4401 6.4.2 c")
def test_a_merchant_settles_a_return(owner, merchant):
    request = ReturnFactory(order=bought(merchant), at=clock.now())
    listed = reverse("portal_returns", args=[merchant.code])
    asked = ["", f"?q={request.code}", f"?q={request.order.number}", "?q=R999999"]
    seen = [request.line.title in owner.get(f"{listed}{one}").content.decode() for one in asked]
    assert seen == [True, True, True, False]
    page = reverse("portal_return", args=[merchant.code, request.pk])
    assert "前可七日无理由退货" in owner.get(page).content.decode()

    for verb, given in [
        ("approve", {"way": "post", "return_to": "佛山仓库"}),
        ("arrive", {"condition": "完好"}),
        ("refund", {"amount": "", "reference": "P2"}),
    ]:
        assert owner.post(f"{page}{verb}/", given).status_code == 302, verb
    request.refresh_from_db()
    assert request.state == "refunded"
    assert owner.post(f"{page}refund/", {}).status_code == 409


def test_a_merchant_cannot_refuse_what_is_due_nor_see_anothers(owner, merchant):
    request = ReturnFactory(order=bought(merchant), at=clock.now())
    page = reverse("portal_return", args=[merchant.code, request.pk])
    answer = owner.post(f"{page}refuse/", {"note": "不退"})
    assert answer.status_code == 422
    assert "EJAS 6.3.1.2" in answer.content.decode()
    foreign = ReturnFactory()
    assert owner.get(reverse("portal_return", args=[merchant.code, foreign.pk])).status_code == 404


def test_a_merchant_keeps_the_record_of_a_repair(owner, merchant):
    repair = RepairFactory(line=bought(merchant).lines.get(), state="asked", taken_in_on=None)
    provider = RepairProviderFactory()
    page = reverse("portal_repair", args=[merchant.code, repair.pk])
    for verb, given in [
        ("take_in", {"provider": provider.pk, "found": "电源板", "price": ""}),
        ("delay", {"cause": "parts", "words": "缺货"}),
        ("finish", {"outcome": "works", "work_done": "更换"}),
        ("hand_back", {}),
    ]:
        assert owner.post(f"{page}{verb}/", given).status_code == 302, verb
    assert "更换" in owner.get(page).content.decode()
