"""The template explains itself, checks what is typed, and is itself a file that imports cleanly."""

import openpyxl
import pytest

from mcn.sheets import header
from mcn.sheets.columns import Column, Kind
from mcn.sheets.reading import opened
from mcn.sheets.rows import RowReader
from mcn.sheets.sheet import Sheet
from mcn.sheets.template import template

CATEGORIES = [(str(number), f"类目{number}") for number in range(100)]


class Goods(Sheet):
    label = "商品"
    columns = [
        Column("name", "商品名称", required=True, help="30字以内", example="绿茶"),
        Column("barcode", "条码", Kind.CODE, example="6901234567892"),
        Column("price", "售价", Kind.PRICE, example="12.50"),
        Column("unit", "单位", Kind.CHOICE, choices=[("bottle", "瓶"), ("box", "盒")], example="瓶"),
        Column("category", "类目", Kind.CHOICE, choices=lambda: CATEGORIES),
    ]


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "template.xlsx"
    target.write_bytes(template(Goods()))
    return target


def test_it_shows_header_explanations_and_an_example(path):
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(max_row=3, max_col=3, values_only=True))
    assert rows == [
        ("商品名称", "条码", "售价"),
        ("必填：30字以内", "选填", "选填"),
        ("示例：绿茶", "6901234567892", "12.50"),
    ]


def test_it_offers_choices_long_lists_from_a_hidden_sheet(path):
    book = openpyxl.load_workbook(path)
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert rules["D4:D5001"].formula1 == '"瓶,盒"'
    assert rules["E4:E5001"].formula1 == "_!$E$1:$E$100"
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
    assert book.worksheets[1]["A2"].value == "商品名称"


def test_filled_in_it_imports_without_its_guides(path, tmp_path):
    book = openpyxl.load_workbook(path)
    for column, cell in enumerate(["红茶", "6903148209837", 8, "盒", "类目7"], 1):
        book.worksheets[0].cell(4, column, cell)
    book.save(tmp_path / "filled.xlsx")
    with opened(tmp_path / "filled.xlsx") as read:
        sheet, found = header.find(read, Goods.columns, [["name"]])
        rows = list(RowReader(Goods.columns, found).rows(sheet))
    assert (found.row, found.skipped, found.unknown) == (1, [2, 3], [])
    assert [(row.number, row.problems, row.values["category"]) for row in rows] == [(4, [], "7")]
