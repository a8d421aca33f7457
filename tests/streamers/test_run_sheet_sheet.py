"""Run sheets by spreadsheet: in, out, and in again without a change."""

import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from mcn.sheets import straight
from products.models import Product, ProductVerification, Sku
from streamers.models import Show
from streamers.resources.run_sheet import RunSheetSheet
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.products import ProductFactory, ProductVerificationFactory, SkuFactory
from tests.factories.shows import RunItemFactory, ShowFactory

pytestmark = pytest.mark.django_db
Item = ProductVerification.Item
HEAD = ["场次编号", "序号", "货号", "规格编码", "直播价", "现货", "预售", "预售发货日", "备注"]


def bring(tmp_path, *rows, head=HEAD, by=None):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    path = tmp_path / "rows.xlsx"
    book.save(path)
    return straight.import_now(RunSheetSheet(), path, by=by, at=AT)


def test_new_products_and_offers_come_in_and_the_order_with_them(tmp_path):
    show = ShowFactory(items=1)
    there = show.items.get()
    first, second = ProductFactory(), ProductFactory()
    extra = SkuFactory(product=second)
    for item in [Item.SPECIFICATION, Item.PRICE]:
        ProductVerificationFactory.again(second, item)
    plain = second.skus.exclude(pk=extra.pk).get()
    rows = [
        [show.code, 1, first.code, None, "29.90", 20, None, None, "先试吃"],
        [show.code, 2, second.code, plain.code, None, 5, 30, datetime.date(2026, 3, 28), None],
        [show.code, 2, second.code, extra.code, "19.9", 6, None, None, None],
        [show.code, 3, there.product.code, None, None, 40, None, None, None],
    ]

    report = bring(tmp_path, *rows, by=StaffFactory(role="operator"))

    assert (report.tally.created, report.tally.updated) == (3, 1), report.errors
    items = list(show.items.standing())
    assert [item.product for item in items] == [first, second, there.product]
    assert (items[0].note, items[0].offers.get().price) == ("先试吃", Decimal("29.90"))
    assert [(offer.spot, offer.presale) for offer in items[1].offers.all()] == [(5, 30), (6, 0)]
    assert items[2].offers.get().spot == 40


def test_what_goes_out_comes_in_again_unchanged(tmp_path):
    show = ShowFactory(items=2)
    sheet = RunSheetSheet()
    lines = list(sheet.lines(sheet.export_queryset(None, {})))

    report = bring(tmp_path, *lines, head=[str(column.label) for column in sheet.export_columns()])

    assert (len(lines), report.tally.unchanged, report.errors) == (2, 2, [])
    assert lines[0][0] == show.code


def test_a_row_is_refused_with_its_reason(tmp_path):
    show, cleared = ShowFactory(items=0), ShowFactory(items=0, state=Show.State.CLEARED, cast=False)
    good, unlisted = ProductFactory(), ProductFactory(state=Product.State.DRAFT)
    SkuFactory(product=good)
    rows = [
        ["L99999", None, good.code, None, None, 1, None, None, None],
        [cleared.code, None, good.code, good.skus.first().code, None, 1, None, None, None],
        [show.code, None, "NOPE", None, None, 1, None, None, None],
        [show.code, None, good.code, None, None, 1, None, None, None],
        [show.code, None, unlisted.code, None, None, 1, None, None, None],
    ]

    report = bring(tmp_path, *rows)

    assert report.tally.refused == 5
    assert not show.items.exists()


def test_more_than_the_merchant_declared_is_refused(tmp_path):
    item = RunItemFactory()
    Sku.objects.update(stock=50)

    report = bring(tmp_path, [item.show.code, None, item.product.code, None, None, 51, None, None, None])

    assert report.tally.refused == 1
    assert "50" in report.errors[0]["message"]
    assert item.offers.get().spot == 100
