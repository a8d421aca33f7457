"""What a buyer does with an order without an account, and what the merchant's people do about it."""

import datetime
import re
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from aftersales.models import Breach, Inquiry, Invoice, PriceClaim, ServicePromise
from aftersales.portal import merchant_desk, order_service
from aftersales.rules.buyer import token_of
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.knowledge import InquiryFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.promises import (
    BreachFactory,
    InvoiceFactory,
    PriceClaimFactory,
    PromiseKindFactory,
    ServicePromiseFactory,
)

ENTRY = "/portal/order/"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(AT.replace(hour=22), tick=False):
        yield


@pytest.fixture
def order(db):
    return OrderFactory(merchant__papers=False, buyer_phone=PHONE)


def text(answer):
    return answer.content.decode()


@pytest.mark.clause("EJAS 6.8.2", "EJAS 6.9.2", "EJAS 6.10.4")
def test_a_buyer_finds_the_order_by_number_and_phone_alone(client: Client, order):
    page = text(client.post(ENTRY, {"number": order.number, "phone": PHONE}, follow=True))
    assert order.number in page
    assert PHONE not in page
    wrong = [
        client.post(ENTRY, {"number": order.number, "phone": "13900139000"}),
        client.post(ENTRY, {"number": "000", "phone": PHONE}),
        client.post(ENTRY, {"number": order.number, "phone": ""}),
    ]
    assert {answer.status_code for answer in wrong} == {422}
    # Nothing but what was typed and a fresh token tells the two apart.
    plain = [re.sub(r'value="[^"]*"|X-CSRFToken": "\w+"', "", text(answer)) for answer in wrong[:2]]
    assert plain[0] == plain[1]
    assert client.get(f"{ENTRY}abc/").status_code == 404
    with time_machine.travel(AT.replace(day=18), tick=False):
        assert client.get(f"{ENTRY}{token_of(order)[:-2]}xx/").status_code == 404


def test_a_link_is_good_for_a_day(client: Client, order):
    page = f"{ENTRY}{token_of(order)}/"
    assert client.get(page).headers["Cache-Control"] == "no-store"
    with time_machine.travel(AT.replace(day=18), tick=False):
        assert "链接已失效" in text(client.get(page))


@pytest.mark.clause("EJAS 6.8.1", "EJAS 6.9.1", "EJAS 6.10.4")
def test_a_buyer_applies_asks_and_reports_on_one_page(client: Client, order):
    promise = ServicePromiseFactory(merchant=order.merchant)
    foreign = ServicePromiseFactory()
    page = f"{ENTRY}{token_of(order)}/"
    told = text(client.post(f"{page}price/{order.lines.get().pk}/", follow=True))
    assert "订单商品未匹配到 SKU" in told
    assert client.post(f"{page}price/999999/").status_code == 404

    client.post(f"{page}invoice/", {"kind": "ordinary", "buyer": "person", "title": "林小满"})
    shown = text(client.get(page))
    assert "待开具" in shown
    assert "林小满" not in shown
    assert client.get(f"{page}invoice/file/").status_code == 404

    report = f"{page}promise/"
    assert client.post(report, {"promise": foreign.pk, "text": "x"}).status_code == 422
    client.post(report, {"promise": promise.pk, "text": "三天没发货"})
    assert client.post(report, {"promise": promise.pk, "text": "三天没发货"}).status_code == 409
    assert Breach.objects.get().order == order
    assert "待核实" in text(client.get(page))


def test_too_many_tries_from_one_address_are_refused(client: Client, order, monkeypatch):
    monkeypatch.setattr(order_service, "LOOKS", 1)
    client.post(ENTRY, {"number": "000", "phone": PHONE})
    assert client.post(ENTRY, {"number": order.number, "phone": PHONE}).status_code == 429


@pytest.mark.clause("EJAS 6.10.1")
def test_what_a_merchant_promises_is_shown_to_everybody(client: Client):
    promise = ServicePromiseFactory()
    ServicePromiseFactory(merchant=promise.merchant, state="draft", wording="还没审查的话")
    page = text(client.get(f"/portal/promises/{promise.merchant.code}/"))
    assert promise.wording in page
    assert "还没审查的话" not in page
    assert client.get("/portal/promises/M9999/").status_code == 404


@pytest.mark.clause("EJAS 6.9.2", "EJAS 6.10.3", "GDAS 5.3.2 g")
def test_the_merchants_desk_settles_what_waits_and_nothing_of_others(client: Client, order):
    merchant = order.merchant
    client.force_login(MerchantUserFactory(merchant=merchant, role="customer_service"))
    desk = f"/portal/m/{merchant.code}/buyers/"
    inquiry = InquiryFactory(merchant=merchant)
    claim = PriceClaimFactory(line=order.lines.get())
    invoice = InvoiceFactory(order=order)
    breach = BreachFactory(
        promise=ServicePromiseFactory(merchant=merchant), order=order, state="confirmed", amount=2, due_at=AT
    )
    page = text(client.get(desk))
    for said in ("待回复的咨询", "待支付的价差", "待开发票", "待支付的违诺赔付"):
        assert said in page
    assert "林小满" not in text(client.get(f"{desk}?show=invoices"))

    client.post(f"{desk}questions/{inquiry.pk}/", {"answer": "今天发出。"})
    client.post(f"{desk}claims/{claim.pk}/", {"reference": "RF1"})
    given = {"number": "26442000000000000001", "issued_on": f"{DAY}", "file": pdf()}
    client.post(f"{desk}invoices/{invoice.pk}/", given)
    client.post(f"{desk}breaches/{breach.pk}/", {"reference": "PAY1"})
    states = [model.objects.get().state for model in (Inquiry, PriceClaim, Invoice, Breach)]
    assert states == ["answered", "paid", "sent", "compensated"]
    assert "没有待办事项" in text(client.get(desk))
    mine = client.get(f"{ENTRY}{token_of(order)}/invoice/file/")
    assert b"".join(mine.streaming_content).startswith(b"%PDF")
    other = PriceClaimFactory()
    assert client.get(f"{desk}claims/{other.pk}/").status_code == 404


def test_the_merchants_desk_shows_one_kind_at_a_time_and_all_of_it(client: Client, monkeypatch):
    monkeypatch.setattr(merchant_desk, "PAGE", 1)
    first = InquiryFactory(merchant=MerchantFactory(), due_at=AT)
    second = InquiryFactory(merchant=first.merchant, due_at=AT + datetime.timedelta(hours=1))
    breach = BreachFactory(
        promise=ServicePromiseFactory(merchant=first.merchant), state="confirmed", due_at=AT
    )
    client.force_login(MerchantUserFactory(merchant=first.merchant))
    desk = f"/portal/m/{first.merchant.code}/buyers/"

    pages = [text(client.get(f"{desk}{asked}")) for asked in ("", "?page=2", "?show=compensations")]

    places = [f"questions/{first.pk}/", f"questions/{second.pk}/", f"breaches/{breach.pk}/"]
    assert [[place for place in places if place in page] for page in pages] == [[place] for place in places]


def test_the_pages_of_an_order_and_of_its_returns_lead_to_each_other(client: Client, order):
    page = text(client.get(f"{ENTRY}{token_of(order)}/"))
    returns = re.search(r'href="(/portal/returns/[^"]+/)"', page).group(1)

    assert f"{ENTRY}{token_of(order)[:4]}" in text(client.get(returns))


def test_a_merchant_writes_submits_and_ends_a_promise(client: Client, order):
    merchant = order.merchant
    client.force_login(MerchantUserFactory(merchant=merchant))
    mine = f"/portal/m/{merchant.code}/promises/"
    words = {
        "kind": PromiseKindFactory().pk,
        "wording": "付款后 48 小时内发出。",
        "compensation": "",
        "resources": "两班仓库",
        "valid_from": f"{DAY}",
    }
    assert client.post(f"{mine}add/", words).status_code == 302
    promise = ServicePromise.objects.get()
    refused = client.post(f"{mine}{promise.pk}/submit/", {"note": ""})
    assert (refused.status_code, "EJAS 6.10.3" in text(refused)) == (422, True)
    words |= {"compensation": "赔付 5%", "percent": "5", "opened_version": promise.version}
    client.post(f"{mine}{promise.pk}/", words)
    client.post(f"{mine}{promise.pk}/submit/", {"note": ""})
    promise.refresh_from_db()
    assert (promise.state, promise.percent) == ("submitted", Decimal("5.00"))
    assert "待审查" in text(client.get(mine))


def test_the_back_office_lists_explains_and_settles(client: Client, order, django_assert_max_num_queries):
    client.force_login(StaffFactory(role="after_sales"))
    reasoning = [["实付单价", "39.90 元", ""], ["应补差价", "10.00 元", "(39.90 - 29.90) × 1"]]
    claim = PriceClaimFactory(line=order.lines.get(), reasoning=reasoning)
    invoice, breach = InvoiceFactory(order=order), BreachFactory()
    BreachFactory()
    lists = {"priceclaim": claim, "invoice": invoice, "breach": breach, "servicepromise": breach.promise}
    for name, row in lists.items():
        with django_assert_max_num_queries(14):
            assert client.get(f"/admin/aftersales/{name}/").status_code == 200
        page = text(client.get(f"/admin/aftersales/{name}/{row.pk}/change/"))
        assert "林小满" not in page
    assert "(39.90 - 29.90) × 1" in text(client.get(f"/admin/aftersales/priceclaim/{claim.pk}/change/"))
    client.post(f"/admin/aftersales/priceclaim/{claim.pk}/do/pay/", {"reference": "RF1"})
    client.post(f"/admin/aftersales/breach/{breach.pk}/do/confirm/", {"note": "", "amount": ""})
    claim.refresh_from_db()
    breach.refresh_from_db()
    assert (claim.state, breach.state) == ("paid", "confirmed")
    start = text(client.get("/admin/"))
    for said in ("待开发票", "待支付的违诺赔付", "待核实的违诺反馈"):
        assert said in start
