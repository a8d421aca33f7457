"""Products by spreadsheet: real files lose nothing and come back unchanged; wrong rows are told."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from mcn.kit.refusal import Refused
from mcn.sheets import straight
from products.models import PriceRecord, Product, Sku
from products.resources import ProductSheet
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MembershipFactory, MerchantFactory

SHARED = Path(__file__).parents[3] / "shared" / "data"
# A sheet as a merchant sends it: a note above the header, an example below it, prices as text.
HEAD = ["货号", "商品名称", "类目", "规格", "SKU编码", "条码", "售价", "库存", "自定义"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant():
    return MerchantFactory(code="M0001")


def workbook(tmp_path, rows, head=HEAD):
    book = Workbook()
    for row in [["请按模板填写，勿改表头"], head, *rows]:
        book.active.append(row)
    path = tmp_path / "products.xlsx"
    book.save(path)
    return path


def bring(path, *, by=None, scope="M0001", **options):
    return straight.import_now(ProductSheet(), path, by=by, at=AT, scope=scope, **options)


def command(*arguments, capsys):
    call_command(*arguments)
    return json.loads(capsys.readouterr().out)


GOOD = [
    ["SP1", "鸡蛋卷", "默认分类", "罐装", "SP1-A", "6901234567892", "￥1,039.90", 20, "甲"],
    [None, None, None, "袋装", "SP1-B", None, "19.9元", 5, None],
    ["SP2", "辣条", "默认分类", "包", None, "6970239290029", 3.5, None, None],
]


def test_rows_become_products_and_their_skus(merchant, tmp_path):
    report = bring(workbook(tmp_path, GOOD))

    assert (report.tally.rows, report.tally.created, report.tally.refused) == (3, 3, 0)
    assert report.tally.price_sum == Decimal("1063.30")
    assert {sku.code: sku.price for sku in Sku.objects.all()} == {
        "SP1-A": Decimal("1039.90"),
        "SP1-B": Decimal("19.90"),
        "6970239290029": Decimal("3.50"),
    }
    product = Product.objects.get(code="SP1")
    assert product.skus.count() == 2
    assert product.price_from == Decimal("19.90")
    assert product.category_text == "默认分类"
    assert product.extra == {"自定义": "甲"}
    assert product.state == Product.State.DRAFT


def test_the_same_file_again_changes_nothing(merchant, tmp_path):
    path = workbook(tmp_path, GOOD)
    bring(path)
    versions = list(Sku.objects.values_list("version", flat=True))

    again = bring(path)

    assert (again.tally.unchanged, again.tally.created, again.tally.updated) == (3, 0, 0)
    assert list(Sku.objects.values_list("version", flat=True)) == versions


def test_a_changed_price_updates_the_row_and_is_remembered(merchant, tmp_path):
    bring(workbook(tmp_path, GOOD))
    cheaper = [[*row[:6], 9.9 if row[4] == "SP1-B" else row[6], *row[7:]] for row in GOOD]

    report = bring(workbook(tmp_path, cheaper))

    assert (report.tally.updated, report.tally.unchanged) == (1, 2)
    prices = PriceRecord.objects.filter(sku__code="SP1-B").values_list("price", flat=True)
    assert list(prices) == [Decimal("19.90"), Decimal("9.90")]
    assert Product.objects.get(code="SP1").price_from == Decimal("9.90")


WRONG = [
    (["SP9", "无价", "x", "", "S9", "", None, 1, None], "售价"),
    (["SP9", "坏码", "x", "", "S9", "6901234567893", 1, 1, None], "条码"),
    (["SP9", "断码", "x", "", "S9", "6.90123E+12", 1, 1, None], "条码"),
    (["SP9", "负价", "x", "", "S9", "", -1, 1, None], "售价"),
    (["SP9", "三位小数", "x", "", "S9", "", 1.234, 1, None], "售价"),
    (["SP9", "", "x", "", "S9", "", 1, 1, None], "商品名称"),
    (["SP9", "长" * 201, "x", "", "S9", "", 1, 1, None], "商品名称"),
    (["SP9", "文字库存", "x", "", "S9", "", 1, "很多", None], "库存"),
]


@pytest.mark.parametrize(("row", "column"), WRONG, ids=[row[1][:6] or "no name" for row, _column in WRONG])
def test_a_wrong_row_is_refused_with_its_cell_and_the_good_ones_come_in(merchant, tmp_path, row, column):
    report = bring(workbook(tmp_path, [*GOOD, row]))

    assert (report.tally.created, report.tally.refused) == (3, 1)
    assert [(error["row"], error["column"]) for error in report.errors] == [(6, column)]
    assert not Product.objects.filter(code="SP9").exists()


def test_a_struck_through_price_below_the_price_is_refused_and_the_rest_comes_in(merchant, tmp_path):
    head = [*HEAD, "划线价"]
    rows = [[*GOOD[0], 2000], [*WRONG[0][0][:6], 10, 1, None, 5]]

    report = bring(workbook(tmp_path, rows, head=head))

    assert (report.tally.created, report.tally.refused) == (1, 1)
    assert "划线价" in report.errors[0]["message"]


def test_all_or_nothing_writes_nothing_when_a_row_is_refused(merchant, tmp_path):
    path = workbook(tmp_path, [*GOOD, WRONG[0][0]])

    with pytest.raises(Refused):
        bring(path, all_or_nothing=True)

    assert not Product.objects.exists()


def test_a_row_that_goes_on_about_a_refused_one_is_refused_with_it(merchant, tmp_path):
    wrong = ["SP1", "长" * 201, *GOOD[0][2:]]

    report = bring(workbook(tmp_path, [wrong, *GOOD[1:]]))

    assert (report.tally.created, report.tally.refused) == (1, 2)


def test_a_code_twice_in_a_file_is_refused_the_second_time(merchant, tmp_path):
    report = bring(workbook(tmp_path, [GOOD[2], GOOD[2]]))

    assert (report.tally.created, report.tally.refused) == (1, 1)


@pytest.mark.parametrize(("name", "rows"), [("1k_products.xlsx", 1000), ("商品数据.xlsx", 20)])
def test_real_files_reconcile_and_come_back_unchanged(merchant, tmp_path, capsys, name, rows):
    source = load_workbook(SHARED / name, read_only=True).worksheets[0]
    head, *lines = source.iter_rows(values_only=True)
    place = next(place for place, title in enumerate(head) if title in ("price (USD)", "售价"))
    total = round(sum(Decimal(str(line[place])) for line in lines), 2)

    report = command("import_products", str(SHARED / name), "--merchant=M0001", "--json", capsys=capsys)

    assert report["rows"] == rows == report["created"]
    assert (report["refused"], report["errors"]) == (0, [])
    assert Decimal(str(report["price_sum"])) == total

    for ending in ("xlsx", "csv"):
        out = tmp_path / f"out.{ending}"
        call_command("export_products", f"--out={out}")
        capsys.readouterr()
        again = command("import_products", str(out), "--json", capsys=capsys)
        assert (again["rows"], again["unchanged"], again["updated"]) == (rows, rows, 0), again["errors"][:3]
        assert Decimal(str(again["price_sum"])) == total


def test_a_rehearsal_writes_nothing(merchant, capsys):
    path = str(SHARED / "商品数据.xlsx")

    report = command("import_products", path, "--merchant=M0001", "--dry-run", "--json", capsys=capsys)

    assert report["created"] == 20
    assert not Product.objects.exists()


def test_a_file_that_does_not_say_whose_products_these_are_is_refused_whole(merchant, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_products", str(workbook(tmp_path, GOOD)), "--json")

    assert refused.value.returncode == 2


def test_a_merchant_s_person_imports_for_their_own_merchant_only(merchant, tmp_path):
    stranger = MerchantFactory()
    person = MembershipFactory(merchant=merchant).user

    assert bring(workbook(tmp_path, GOOD), by=person).tally.created == 3
    with pytest.raises(Refused):
        bring(workbook(tmp_path, GOOD), by=person, scope=stranger.code)
    assert not Product.objects.filter(merchant=stranger).exists()


def test_cost_prices_are_left_alone_and_blank_for_whoever_may_not_see_them(merchant, tmp_path):
    head = [*HEAD, "进价"]
    bring(workbook(tmp_path, [[*GOOD[2], 2]], head=head))
    operator = StaffFactory(role="operator")

    lines = list(ProductSheet().lines(ProductSheet().export_queryset(operator, {})))

    assert Sku.objects.get().cost_price == Decimal(2)
    assert Decimal(2) not in lines[0]


def test_queries_do_not_follow_the_rows(merchant, tmp_path):
    def queries(count, prefix):
        rows = [[f"{prefix}{n}", f"商品{n}", "x", "", f"{prefix}S{n}", "", 1, 1, None] for n in range(count)]
        with CaptureQueriesContext(connection) as seen:
            bring(workbook(tmp_path, rows))
        return len(seen)

    queries(1, "W")

    # SQLite takes few values a statement, so a thousand rows are some dozens of statements; never one a row.
    assert queries(600, "B") - queries(10, "A") < 60


def test_an_owner_exports_their_own_products_alone(merchant, tmp_path):
    bring(workbook(tmp_path, GOOD))
    other = MerchantUserFactory()

    assert not list(ProductSheet().lines(ProductSheet().export_queryset(other, {})))
