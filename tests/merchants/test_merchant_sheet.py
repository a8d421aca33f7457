"""Merchants by spreadsheet: entered as drafts, found by their credit code, personal data masked outside."""

import pytest
from openpyxl import Workbook

from mcn.sheets import straight
from merchants.models import Merchant
from merchants.resources import MerchantSheet
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory

HEAD = ["企业名称", "统一社会信用代码", "简称", "法定代表人", "联系电话", "经营地址"]
GOOD = ["广州测试食品有限公司", "91110000600037341L", "测试食品", "王小明", "13800138000", "广州市天河区1号"]

pytestmark = pytest.mark.django_db


def bring(tmp_path, *rows, by=None):
    book = Workbook()
    for row in [HEAD, *rows]:
        book.active.append(row)
    path = tmp_path / "merchants.xlsx"
    book.save(path)
    return straight.import_now(MerchantSheet(), path, by=by, at=AT)


def test_a_row_becomes_a_draft_with_the_next_code(tmp_path):
    report = bring(tmp_path, GOOD, by=StaffFactory(role="merchant_desk"))

    merchant = Merchant.objects.get()
    assert report.tally.created == 1
    assert (merchant.code, merchant.state, merchant.phone) == ("M0001", Merchant.State.DRAFT, "13800138000")


def test_the_same_file_again_changes_nothing(tmp_path):
    bring(tmp_path, GOOD)

    assert bring(tmp_path, GOOD).tally.unchanged == 1
    assert Merchant.objects.count() == 1


def test_masked_data_that_comes_back_changes_nothing(tmp_path):
    bring(tmp_path, GOOD)
    sheet = MerchantSheet()
    line = next(iter(sheet.lines(sheet.export_queryset(None, {}))))

    shown = dict(zip([column.name for column in sheet.export_columns()], line, strict=True))
    back = [shown["name"], shown["uscc"], shown["short_name"], shown["legal_representative"], shown["phone"]]
    report = bring(tmp_path, [*back, shown["address"]])

    assert "13800138000" not in line
    assert report.tally.unchanged == 1
    assert Merchant.objects.get().phone == "13800138000"


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [(1, "91110000600037341A", "统一社会信用代码"), (4, "12345", "联系电话"), (0, "", "企业名称")],
)
def test_a_wrong_row_is_refused_without_quoting_personal_data(tmp_path, place, value, column):
    row = [*GOOD[:place], value, *GOOD[place + 1 :]]

    report = bring(tmp_path, row)

    assert [error["column"] for error in report.errors] == [column]
    assert not Merchant.objects.exists()
    if column == "联系电话":
        assert "12345" not in report.errors[0]["message"]


def test_a_merchant_that_has_left_is_not_changed(tmp_path):
    MerchantFactory(uscc=GOOD[1], state=Merchant.State.EXITED)

    assert bring(tmp_path, GOOD).tally.refused == 1
