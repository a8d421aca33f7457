"""The error workbook is the sheet as sent with the reasons beside it, to be corrected and sent again."""

import openpyxl
import pytest

from mcn.sheets import faults, header
from mcn.sheets.columns import Column, Kind
from mcn.sheets.reading import opened
from mcn.sheets.rows import RowReader
from tests.sheets import books

COLUMNS = [
    Column("name", "商品名称", required=True),
    Column("barcode", "条码", Kind.CODE),
    Column("price", "售价", Kind.PRICE),
]
SENT = [
    ["春季选品"],
    ["商品名称", "条码", "售价", "产地"],
    ["绿茶", "1", 12.5, "杭州"],
    [],
    ["红茶", "2", "面议"],
]


@pytest.fixture
def corrected(tmp_path):
    """Import a file and give the error workbook made of it."""

    def corrected(source):
        with opened(source) as book:
            sheet, found = header.find(book, COLUMNS, [["name"]])
            rows = list(RowReader(COLUMNS, found).rows(sheet))
            problems = {row.number: row.problems for row in rows if row.problems}
            target = tmp_path / "errors.xlsx"
            target.write_bytes(b"".join(faults.error_workbook(sheet, found, problems)))
            return target, rows

    return corrected


def test_every_row_stands_where_it_stood_with_its_reason_beside_it(corrected, tmp_path):
    target, _rows = corrected(books.xlsx(tmp_path / "sent.xlsx", SENT))
    sheet = openpyxl.load_workbook(target).active
    assert sheet.title == "商品"
    assert [[cell.value for cell in row] for row in sheet["A1:E5"]] == [
        ["春季选品", None, None, None, None],
        ["商品名称", "条码", "售价", "产地", "失败原因"],
        ["绿茶", "1", 12.5, "杭州", None],
        [None, None, None, None, None],
        ["红茶", "2", "面议", None, "C5 售价：“面议”不是数字。"],
    ]
    assert sheet["C5"].fill.fgColor.rgb == "FFFEE2E2"
    assert sheet.auto_filter.ref == "A2:E5"


def test_corrected_and_sent_again_the_reasons_are_no_data(corrected, tmp_path):
    target, _rows = corrected(books.xlsx(tmp_path / "sent.xlsx", SENT))
    book = openpyxl.load_workbook(target)
    book.active["C5"] = 8
    book.save(tmp_path / "again.xlsx")
    again, rows = corrected(tmp_path / "again.xlsx")
    assert [row.problems for row in rows] == [[], []]
    assert rows[0].extra == {"产地": "杭州"}
    titles = [cell.value for cell in openpyxl.load_workbook(again).active[2]]
    assert titles == ["商品名称", "条码", "售价", "产地", "失败原因"]
