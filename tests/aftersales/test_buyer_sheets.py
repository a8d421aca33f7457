"""Articles, promises, breaches, price claims and invoices by spreadsheet: out, in again, settled in bulk."""

import datetime

import pytest

from aftersales.models import Article, ArticleVersion, ServicePromise
from aftersales.resources.article import ArticleSheet
from aftersales.resources.breach import BreachSheet
from aftersales.resources.inquiry import InquirySheet
from aftersales.resources.invoice import InvoiceSheet
from aftersales.resources.price_claim import PriceClaimSheet
from aftersales.resources.promise import ServicePromiseSheet
from mcn.sheets.sheet import all_sheets
from tests.aftersales.books import bring, columns_of, exported, row
from tests.factories import DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.knowledge import ArticleFactory, InquiryFactory
from tests.factories.merchants import MerchantFactory, uscc
from tests.factories.orders import OrderFactory
from tests.factories.promises import (
    BreachFactory,
    InvoiceFactory,
    PriceClaimFactory,
    ServicePromiseFactory,
)

pytestmark = pytest.mark.django_db
NUMBER = "26442000000000000009"


def outcomes(report):
    tally = report.tally
    return tally.created, tally.updated, tally.unchanged, tally.refused


@pytest.mark.clause("EJAS 6.9.2")
def test_numbers_from_the_tax_system_issue_what_was_asked_for(tmp_path):
    first, second, cheap = (InvoiceFactory() for _ in range(3))
    issued = InvoiceFactory(state="issued")
    sheet, by = InvoiceSheet(), StaffFactory(role="after_sales")
    given = {"number": NUMBER, "issued_on": DAY}
    report = bring(
        sheet,
        tmp_path,
        *exported(sheet, by),
        row(sheet, code="F999999", **given),
        row(sheet, order="6920", **given),
        by=by,
    )
    assert outcomes(report) == (0, 0, 4, 2)
    assert [column for _row, column in columns_of(report)] == ["申请编号", "订单号"]

    report = bring(
        sheet,
        tmp_path,
        row(sheet, code=first.code, **given),
        row(sheet, order=second.order.number, **given),
        row(sheet, code=cheap.code, amount="1.00", **given),
        row(sheet, code=issued.code, **given),
        row(sheet, code=cheap.code.lower() + " ", number=NUMBER),
        by=by,
    )
    for invoice in (first, second, cheap):
        invoice.refresh_from_db()
    assert [invoice.number for invoice in (first, second, cheap)] == [NUMBER, NUMBER, ""]
    assert (first.state, first.issued_on, first.issued_by) == ("issued", DAY, by)
    assert outcomes(report) == (0, 2, 0, 3)
    assert [column for _row, column in columns_of(report)][:2] == ["金额", "发票号码"]


def test_a_person_s_name_goes_out_masked_and_a_company_s_as_it_is_registered():
    InvoiceFactory(title="林小满")
    InvoiceFactory(buyer="company", title="广州示例食品有限公司", tax_number=uscc(7))
    place = [column.name for column in InvoiceSheet.columns].index("title")
    assert [line[place] for line in exported(InvoiceSheet())] == ["林**", "广州示例食品有限公司"]


def test_a_merchant_settles_its_own_alone(tmp_path):
    merchant = MerchantFactory(papers=False)
    owner, sheet = MerchantUserFactory(merchant=merchant), InvoiceSheet()
    own, foreign = InvoiceFactory(order=OrderFactory(merchant=merchant)), InvoiceFactory()
    assert [line[0] for line in exported(sheet, owner)] == [own.code]
    assert [place for place, _label in sheet.scopes(owner)] == [merchant.code]
    assert sheet.may(owner, "import", merchant.code)
    assert not sheet.may(owner, "import", foreign.order.merchant.code)

    given = {"number": NUMBER, "issued_on": DAY}
    lines = [row(sheet, code=invoice.code, **given) for invoice in (own, foreign)]
    report = bring(sheet, tmp_path, *lines, by=owner, scope=merchant.code)
    assert outcomes(report) == (0, 1, 0, 1)
    foreign.refresh_from_db()
    assert foreign.state == "requested"


@pytest.mark.parametrize(
    ("sheet", "make", "settled", "title"),
    [
        (PriceClaimSheet(), PriceClaimFactory, "paid", "退款流水号"),
        (BreachSheet(), lambda: BreachFactory(state="confirmed", amount="5.00"), "compensated", "赔付"),
    ],
    ids=["price claims", "breaches"],
)
def test_payments_settle_what_is_owed(sheet, make, settled, title, tmp_path):
    owed, other = make(), make()
    lines = [line for line in exported(sheet) if line[0] == other.code]
    report = bring(
        sheet,
        tmp_path,
        *lines,
        row(sheet, code=owed.code, amount=owed.amount, reference="4200002026031700001"),
        row(sheet, code="X1", reference="1"),
        row(sheet, code=make().code, reference="9" * 300),
    )
    owed.refresh_from_db()
    assert outcomes(report) == (0, 1, 1, 2), report.errors
    assert report.errors[-1]["cell"], report.errors
    assert (owed.state, owed.reference) == (settled, "4200002026031700001")
    report = bring(sheet, tmp_path, *exported(sheet), row(sheet, code=f" {owed.code}", reference="2"))
    assert outcomes(report)[:3] == (0, 0, 3), report.errors


@pytest.mark.clause("EJAS 6.7.1")
def test_articles_come_in_as_drafts_and_go_out_as_they_stand(tmp_path):
    published = ArticleFactory(name="发货时间")
    waiting = ArticleFactory(name="退货运费", state="submitted")
    ArticleVersion.objects.filter(article=waiting).update(answer="第一段。\r\n\r\n第二段：“现货”。")
    merchant = MerchantFactory(papers=False)
    sheet, by = ArticleSheet(), StaffFactory(role="after_sales")
    new = {"title": "怎样开发票？", "answer": "在订单页申请，两天内开出。", "topic": "发票"}
    stands = exported(sheet, by)
    changed = {
        "code": published.code,
        "name": "发货时间",
        "title": "付款后多久发货？",
        "answer": "24 小时内发出。",
    }
    report = bring(
        sheet,
        tmp_path,
        *stands[1:],
        row(sheet, **changed),
        row(sheet, name="开发票", merchant=merchant.code.lower(), **new),
        row(sheet, code="K99999", name="没有", **new),
        row(sheet, name="某类目", category="没有这个类目", **new),
        row(sheet, name="长标题", **new | {"title": "问" * 101}),
        by=by,
    )
    assert outcomes(report) == (1, 1, 1, 3), report.errors
    assert [column for _row, column in columns_of(report)] == ["文章编号", "类目", "问题"]
    assert [(version.number, version.state) for version in published.versions.order_by("number")] == [
        (1, "published"),
        (2, "draft"),
    ]
    made = Article.objects.get(name="开发票")
    assert (made.merchant, made.topic, made.versions.get().written_by) == (merchant, "invoice", by)

    blocked = row(sheet, name=waiting.name, title="谁付运费？", answer="商家承担。")
    again = bring(
        sheet, tmp_path, *exported(sheet, by)[::2], row(sheet, name="开发票", **new), blocked, by=by
    )
    assert (outcomes(again)[:2], columns_of(again)[0][1]) == ((0, 0), "问题"), again.errors


@pytest.mark.clause("EJAS 6.10.1")
def test_promises_come_in_as_drafts_and_what_is_in_force_stays(tmp_path):
    stands = ServicePromiseFactory()
    sheet, merchant = ServicePromiseSheet(), stands.merchant
    owner = MerchantUserFactory(merchant=merchant)
    new = {
        "merchant": merchant.code,
        "kind": "late_shipping",
        "wording": "付款后 24 小时内发出。",
        "percent": 5,
        "valid_from": DAY + datetime.timedelta(days=30),
    }
    rows = [
        row(sheet, **new),
        row(sheet, **new | {"kind": "没有这种", "valid_from": DAY}),
        row(sheet, **new | {"product": "X1"}),
        row(sheet, **new | {"merchant": MerchantFactory(papers=False).code}),
        row(sheet, number=str(stands.pk), **new | {"valid_from": DAY}),
    ]
    given = {"by": owner, "scope": merchant.code}
    report = bring(sheet, tmp_path, *rows, **given)
    assert outcomes(report) == (1, 0, 0, 4)
    assert [column for _row, column in columns_of(report)] == ["承诺类型", "商品编码", "商家编号", "承诺内容"]
    assert (ServicePromise.objects.first().state, ServicePromise.objects.first().percent) == ("draft", 5)

    again = bring(sheet, tmp_path, *exported(sheet, owner), **given)
    assert outcomes(again) == (0, 0, 2, 0), again.errors
    assert outcomes(bring(sheet, tmp_path, rows[0], **given)) == (0, 0, 1, 0)


def test_questions_go_out_without_who_asked_and_none_comes_in():
    InquiryFactory(text="什么时候发货？")
    by = StaffFactory(role="after_sales")
    assert "13800138000" not in str(exported(InquirySheet(), by))
    assert not InquirySheet().may(by, "import")
    assert all_sheets()["inquiries"].may(by, "export")
