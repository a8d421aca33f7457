"""Invoices: requested by those known, issued in time, sent, red-lettered when the goods come back."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import invoice as invoices
from aftersales.models import Invoice
from aftersales.rules.invoice import INVOICES
from mcn.audit.models import Entry
from mcn.kit.refusal import Denied, Refused, WrongState
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import uscc
from tests.factories.orders import OrderFactory
from tests.factories.promises import InvoiceFactory

State = Invoice.State
HOURS = datetime.timedelta(hours=72)


@pytest.fixture
def order(db):
    return OrderFactory(merchant__papers=False)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def asked(order, **words):
    return invoices.request(Invoice(order=order, **{"title": "林小满"} | words), by=None, at=AT)


@pytest.mark.clause("EJAS 6.9.1", "EJAS 6.9.2")
def test_an_invoice_is_asked_for_issued_and_sent(order, agent):
    invoice = asked(order)
    assert (invoice.code, invoice.amount, invoice.due_at) == ("F000001", order.amount, AT + HOURS)
    with pytest.raises(Refused, match="F000001"):
        asked(order)
    owner = MerchantUserFactory(merchant=order.merchant, role="customer_service")
    with pytest.raises(Denied):
        invoices.issue(invoice, number="1", issued_on=DAY, file=pdf(), by=MerchantUserFactory(), at=AT)
    invoices.issue(invoice, number="26442000000000000001", issued_on=DAY, file=pdf(), by=owner, at=AT)
    with pytest.raises(Refused, match="快递单号"):
        invoices.send(invoice, way="post", by=agent, at=AT)
    invoices.send(invoice, way="post", sent_to="SF1234567890", by=agent, at=AT)
    assert (invoice.state, invoice.issued_by, invoice.document.latest.name) == (State.SENT, owner, "scan.pdf")
    with pytest.raises(WrongState):
        invoices.cancel(invoice, note="不要了", by=agent, at=AT)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"buyer": "company"}, "tax_number"),
        ({"buyer": "company", "tax_number": "123"}, "__all__"),
        ({"kind": "special"}, "kind"),
        ({"kind": "special", "buyer": "company", "tax_number": uscc(8)}, "further"),
    ],
)
@pytest.mark.clause("EJAS 6.9.1")
def test_particulars_are_complete_before_it_is_asked_for(order, words, field):
    with pytest.raises(ValidationError) as refused:
        asked(order, title="佛山测试食品有限公司", **words)
    assert field in refused.value.message_dict


@pytest.mark.clause("EJAS 6.9.2")
def test_goods_that_come_back_turn_it_red_and_what_stays_is_invoiced_anew(order, agent):
    invoice = asked(order)
    invoices.returned(order, by=agent, at=AT)
    invoice.refresh_from_db()
    assert invoice.state == State.CANCELLED
    second = asked(order, buyer="company", title="佛山测试食品有限公司", tax_number=uscc(8))
    invoices.issue(second, number="26442000000000000001", issued_on=DAY, file=pdf(), by=agent, at=AT)
    invoices.returned(order, by=agent, at=AT)
    second.refresh_from_db()
    assert INVOICES.inspect(second, on=DAY + HOURS).findings == []
    late = INVOICES.inspect(second, on=DAY + HOURS + datetime.timedelta(days=1))
    assert [found.clause for found in late.blockers] == ["EJAS 6.9.2"]

    invoices.red_letter(second, number="R1", reason="部分退货", keep=Decimal("9.90"), by=agent, at=AT)
    fresh = order.invoices.get(state=State.REQUESTED)
    assert (second.state, second.red_on) == (State.RED, DAY)
    assert (fresh.amount, fresh.replaces, fresh.title) == (Decimal("9.90"), second, "佛山测试食品有限公司")


@pytest.mark.clause("EJAS 6.9.1")
def test_one_that_is_not_issued_in_time_is_found(db):
    invoice = InvoiceFactory()
    assert INVOICES.inspect(invoice, on=DAY).findings == []
    late = INVOICES.inspect(invoice, on=DAY + datetime.timedelta(days=1))
    assert [found.clause for found in late.blockers] == ["EJAS 6.9.1"]


def test_whom_it_is_made_out_to_is_in_no_trail_and_no_strangers_list(order):
    invoice = asked(order, email="buyer@example.com")
    told = "".join(Entry.objects.filter(model="aftersales.invoice").values_list("changes", flat=True))
    assert "林小满" not in told
    assert "buyer@example.com" not in told
    assert list(Invoice.objects.visible_to(MerchantUserFactory(merchant=order.merchant))) == [invoice]
    assert not Invoice.objects.visible_to(MerchantUserFactory()).exists()
