"""What goes out as xlsx or csv comes in again as it was, and no text of it can run as a formula."""

import csv
import datetime as dt
import io
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest

from mcn.sheets import header, writing, xlsx
from mcn.sheets.columns import Column, Kind
from mcn.sheets.reading import opened
from mcn.sheets.rows import RowReader

COLUMNS = [
    Column("name", "商品名称"),
    Column("barcode", "条码", Kind.CODE),
    Column("price", "售价", Kind.PRICE),
    Column("made_on", "生产日期", Kind.DATE),
    Column("unit", "单位", Kind.CHOICE, choices=[("bottle", "瓶"), ("box", "盒")]),
    Column("fragile", "易碎", Kind.YES_NO),
    Column("rate", "佣金率", Kind.PERCENT),
    Column("stock", "库存", Kind.INTEGER),
]
LINES = [
    ["-5℃", "0012345678905", Decimal("12.50"), dt.date(2026, 1, 31), "bottle", True, Decimal("13.00"), 5],
    ["+维生素C", "6901234567892", Decimal("0.10"), None, "", False, Decimal(150), 0],
    ["=1+1", "", None, dt.date(1999, 12, 31), "box", None, None, None],
    ["@SUM(1)", "A-1", Decimal("99999999.99"), None, "", None, None, None],
    ["a\nb\r\n <b>&amp; “引号\", 'x'", "", None, None, "", None, None, None],
    ["_x000D_", "", None, None, "", None, None, None],
]


def written(tmp_path, kind, lines=LINES, columns=COLUMNS):
    path = tmp_path / f"export.{kind}"
    path.write_bytes(b"".join(writing.export(kind, columns, lines, name="商品")))
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_comes_in_again_as_it_was(kind, tmp_path):
    with opened(written(tmp_path, kind)) as book:
        sheet, found = header.find(book, COLUMNS, [["name"]])
        rows = list(RowReader(COLUMNS, found).rows(sheet))
    assert [problem for row in rows for problem in row.problems] == []
    assert [list(row.values.values()) for row in rows] == LINES


def test_formulas_stay_text_in_a_workbook(tmp_path):
    sheet = openpyxl.load_workbook(written(tmp_path, "xlsx")).active
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["-5℃", "+维生素C", "=1+1"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["A4"].quotePrefix


def test_a_workbook_types_its_cells(tmp_path):
    sheet = openpyxl.load_workbook(written(tmp_path, "xlsx")).active
    assert sheet.title == "商品"
    assert sheet["B2"].value == "0012345678905"
    assert sheet["C2"].value == 12.5
    assert sheet["D2"].value.date() == dt.date(2026, 1, 31)
    assert sheet["F2"].value == "是"
    assert sheet.column_dimensions["B"].width == 16
    assert sheet.freeze_panes == "A2"


def test_a_csv_opens_in_excel_and_is_escaped_only_where_it_would_run(tmp_path):
    content = written(tmp_path, "csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:5]] == ["-5℃", "+维生素C", "'=1+1", "'@SUM(1)"]
    assert rows[1][2:] == ["12.50", "2026-01-31", "瓶", "是", "13%", "5"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_characters_that_a_file_cannot_carry_are_dropped(kind, tmp_path):
    path = written(tmp_path, kind, [["a\x00b\ud800c"]], COLUMNS[:1])
    with opened(path) as book:
        assert list(book.sheets[0])[1] == (2, ["abc"])


def test_a_workbook_drops_control_characters(tmp_path):
    path = written(tmp_path, "xlsx", [["a\x01b\x0bc\ufffed"], ["\x0b"]], COLUMNS[:1])
    assert openpyxl.load_workbook(path).active["A2"].value == "abcd"


def test_a_moment_is_written_in_the_business_time(tmp_path):
    at = dt.datetime(2026, 1, 31, 16, 30, tzinfo=dt.UTC)
    path = written(tmp_path, "xlsx", [[at]], [Column("at", "时间")])
    assert openpyxl.load_workbook(path).active["A2"].value.isoformat() == "2026-02-01T00:30:00"


def test_a_sheet_s_name_is_one_that_excel_takes():
    assert xlsx.sheet_name("商品[1]/2:3*") == "商品 1  2 3"
    assert xlsx.sheet_name("长" * 40) == "长" * 31
    assert xlsx.sheet_name("") == "Sheet1"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_memory_stays_flat_and_the_first_bytes_come_at_once(kind):
    asked = []

    def lines():
        for number in range(20_000):
            asked.append(number)
            yield [f"商品 {number}"]

    stream = writing.export(kind, COLUMNS[:1], lines())
    assert next(stream)
    assert len(asked) <= writing.BATCH
    tracemalloc.start()
    for _part in stream:
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 << 20
