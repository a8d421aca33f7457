"""What buyers asked for runs on the deadline engine: begun, told beforehand, climbed, met."""

import datetime

import pytest
from django.urls import reverse

from aftersales.actions import clock as clocks
from aftersales.actions import inquiry as inquiries
from aftersales.actions import invoice as invoices
from aftersales.actions import promise as promises
from aftersales.actions.clock_sweep import sweep
from aftersales.models import Clock, DeadlineRule, Inquiry, Invoice
from aftersales.models.deadline_rule import told as in_words
from mcn.notices.models import Receipt
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.clocks import DeadlineRuleFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.promises import BreachFactory, InvoiceFactory

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
Kind = DeadlineRule.Kind
LATER = AT + HOUR


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def an_inquiry():
    return inquiries.ask(
        Inquiry(text="什么时候发货？", merchant=MerchantFactory(papers=False)), by=None, at=AT
    )


def an_invoice():
    order = OrderFactory(lines=0, merchant__papers=False)
    return invoices.request(Invoice(order=order, title="林小满"), by=None, at=AT)


def a_red_one():
    invoice = InvoiceFactory(state="issued")
    invoices.returned(invoice.order, by=None, at=AT)
    invoice.refresh_from_db()
    return invoice


def a_breach():
    return promises.confirm(BreachFactory(), by=None, at=AT)


BEGUN = {
    Kind.INQUIRY: (an_inquiry, 24),
    Kind.INVOICE: (an_invoice, 72),
    Kind.INVOICE_RED: (a_red_one, 72),
    Kind.BREACH: (a_breach, 48),
}
BY_US = {"by": None, "at": LATER}
SETTLED = {
    "answered": (Kind.INQUIRY, lambda row: inquiries.answer(row, answer="明天发", **BY_US)),
    "closed": (Kind.INQUIRY, lambda row: inquiries.close(row, note="重复提问", **BY_US)),
    "issued": (Kind.INVOICE, lambda row: invoices.issue(row, number="26442000", issued_on=DAY, **BY_US)),
    "cancelled": (Kind.INVOICE, lambda row: invoices.cancel(row, note="不要了", **BY_US)),
    "goods came back": (Kind.INVOICE, lambda row: invoices.returned(row.order, **BY_US)),
    "red-lettered": (
        Kind.INVOICE_RED,
        lambda row: invoices.red_letter(row, number="1", reason="退货", **BY_US),
    ),
    "compensated": (Kind.BREACH, lambda row: promises.compensate(row, reference="1", **BY_US)),
}


@pytest.mark.clause("EJAS 6.1.2.2", "EJAS 6.9.2", "EJAS 6.10.3")
@pytest.mark.parametrize("way", SETTLED)
def test_it_runs_from_the_asking_to_the_settling(way):
    kind, settle = SETTLED[way]
    make, hours = BEGUN[kind]
    row = make()
    clock = Clock.objects.of(row, kind).get()

    assert (clock.due_at, clock.state) == (AT + hours * HOUR, "running")
    assert clock.merchant_id == row.merchant_id
    assert clocks.until(kind, at=AT) == clock.due_at
    if kind != Kind.INVOICE_RED:
        assert row.due_at == clock.due_at
    settle(row)
    clock.refresh_from_db()
    assert clock.state == "met"


def test_the_ladder_tells_the_merchant_then_its_owner(agent):
    invoice = an_invoice()
    owner = MerchantUserFactory(merchant=invoice.order.merchant)
    for hours in (60, 72, 96):
        sweep(at=AT + (hours + 0.1) * HOUR)
    steps = Clock.objects.of(invoice).get().steps.order_by("number")

    assert [(step.level, step.tells) for step in steps] == [(0, "merchant"), (1, "merchant"), (2, "owner")]
    assert Receipt.objects.filter(user=owner).count() == 3


def test_what_is_handed_over_moves_its_clock_and_a_new_question_begins_one(agent):
    inquiry = an_inquiry()
    other = MerchantFactory(papers=False)
    inquiries.assign(inquiry, merchant=other, by=agent, at=LATER)
    assert Clock.objects.of(inquiry).get().merchant == other
    inquiries.answer(inquiry, answer="明天发", by=agent, at=LATER)
    inquiries.ask_again(inquiry, text="还没发", by=None, at=LATER)

    assert inquiry.due_at == Clock.objects.of(inquiry).open().get().due_at == LATER + 24 * HOUR


def test_a_changed_rule_counts_for_what_begins_from_its_day():
    DeadlineRuleFactory(kind=Kind.INVOICE, nature="", amount=5, unit="working_days", valid_from=DAY)
    assert an_invoice().due_at == datetime.datetime(2026, 3, 23, 23, 59, 59, tzinfo=AT.tzinfo)


def test_the_merchant_finds_them_among_its_deadlines(client):
    invoice = an_invoice()
    client.force_login(MerchantUserFactory(merchant=invoice.order.merchant))
    text = client.get(reverse("portal_clocks", args=[invoice.order.merchant.code])).content.decode()

    assert invoice.code in text
    assert "发票：开具" in text


@pytest.mark.parametrize(
    ("fact", "said"),
    [(("channel", "consumer"), "消费者"), (("channel", "phone"), "电话"), (("nature", "return"), "退")],
)
def test_what_chose_a_rule_is_told_in_words(fact, said):
    assert said in in_words(*fact)
