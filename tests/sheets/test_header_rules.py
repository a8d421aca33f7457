"""The header is found wherever it stands, and its cells are matched to the declared columns."""

import datetime as dt
from decimal import Decimal

import pytest

from mcn.sheets import header
from mcn.sheets.columns import Column, Kind
from mcn.sheets.reading import Unreadable, opened
from mcn.sheets.rows import RowReader, chunks
from tests.sheets import books

COLUMNS = [
    Column("name", "商品名称", synonyms=("名称", "品名", "product name", "title"), required=True),
    Column("sku", "SKU编码", Kind.CODE, ("货号", "商家编码", "sku code")),
    Column("barcode", "条码", Kind.CODE, ("条形码", "gtin", "ean")),
    Column("price", "售价", Kind.PRICE, ("价格", "零售价")),
    Column("made_on", "生产日期", Kind.DATE),
    Column("unit", "单位", Kind.CHOICE, choices=[("bottle", "瓶"), ("box", "盒")]),
    Column("rate", "佣金率", Kind.PERCENT),
]
NEEDED = [["name"], ["sku", "barcode"]]


@pytest.fixture
def read(tmp_path):
    """Find the header of some rows and read what stands below it."""

    def read(rows, columns=COLUMNS, mapping=None, **options):
        path = books.xlsx(tmp_path / "upload.xlsx", rows, **options)
        with opened(path) as book:
            sheet, found = header.find(book, columns, NEEDED)
            if mapping:
                found = found.with_mapping(mapping, columns, NEEDED)
            reader = RowReader(columns, found, leading=["name"], price="price", from_1904=book.from_1904)
            return found, list(reader.rows(sheet))

    return read


TITLES = ["商品名称", "条码", "售价"]
TEA = ["绿茶", "6901234567892", 12.5]


def test_the_first_row(read):
    found, rows = read([TITLES, TEA])
    assert (found.row, found.names, found.unknown, found.missing) == (1, ["name", "barcode", "price"], [], [])
    assert rows[0].values == {"name": "绿茶", "barcode": "6901234567892", "price": Decimal("12.50")}
    assert rows[0].number == 2


def test_below_notes_and_a_title(read):
    found, rows = read(
        [["2026年春季选品表"], ["填表人：张三", "", "日期", dt.date(2026, 1, 31)], [], TITLES, TEA]
    )
    assert found.row == 4
    assert [row.number for row in rows] == [5]


def test_two_rows_with_groups_above(read):
    found, _rows = read([["商品名称", "条码", "价格信息", ""], ["", "", "售价", ""], TEA])
    assert found.row == 2
    assert found.names == ["name", "barcode", "price"]


@pytest.mark.parametrize(
    "guide",
    [
        ["必填", "选填", "必填"],
        ["必填，30字以内", "13位数字", "单位：元"],
        ["示例：绿茶", "6901234567892", 12.5],
        ["例：绿茶", "6901234567892", 12.5],
        ["（必填）", "", "（必填）"],
        ["Required", "optional", "required"],
        ["填写说明：红色为必填"],
    ],
)
def test_guides_below_the_header_are_skipped(guide, read):
    found, rows = read([TITLES, guide, TEA])
    assert found.skipped == [2]
    assert [row.number for row in rows] == [3]


def test_data_that_only_mentions_such_words_is_kept(read):
    found, rows = read([TITLES, ["绿茶（样例）", "6901234567892", 12.5], ["样例", "", ""]])
    assert found.skipped == []
    assert len(rows) == 2


@pytest.mark.parametrize(
    "title",
    [
        "名称",
        "*商品名称",
        "商品名称（必填）",
        "商 品 名 称",
        "Product Name",
        "商品\n名称",
        "product_name",
        "ＴＩＴＬＥ",
    ],
)
def test_a_column_is_known_by_many_names(title, read):
    found, _rows = read([[title, "条码", "售价"], TEA])
    assert found.names[0] == "name"


def test_where_two_titles_answer_the_better_has_it(read):
    found, rows = read([["名称", "商品名称", "条码"], ["简称", "绿茶", "6901234567892"]])
    assert found.names == ["", "name", "barcode"]
    assert rows[0].extra == {"名称": "简称"}


def test_unknown_columns_are_kept_and_listed(read):
    found, rows = read([[*TITLES, "产地", ""], [*TEA, "杭州", "无题"]])
    assert found.unknown == ["产地"]
    assert rows[0].extra == {"产地": "杭州", "E": "无题"}


def test_a_currency_other_than_yuan_is_told(read):
    found, rows = read(
        [["name", "sku", "price (USD)"], ["Tea", 101, 12]],
        columns=[*COLUMNS[:3], Column("price", "售价", Kind.PRICE, ("price",))],
    )
    assert found.foreign_prices(COLUMNS) == {"price": "USD"}
    assert "USD" in found.warnings(COLUMNS)[0]
    assert rows[0].amount == 12


@pytest.mark.parametrize(
    ("title", "expected"),
    [("售价（元）", "12.50"), ("售价/元", "12.50"), ("售价（分）", "0.13"), ("售价(万元)", "125000.00")],
)
def test_the_unit_of_money_is_obeyed(title, expected, read):
    found, rows = read(
        [["商品名称", "条码", title], ["绿茶", "6901234567892", 13 if "分" in title else 12.5]]
    )
    assert found.foreign_prices(COLUMNS) == {}
    assert rows[0].values["price"] == Decimal(expected) == rows[0].amount


def test_a_percentage_is_read_by_its_header(read):
    _found, rows = read([[*TITLES, "佣金率(%)"], [*TEA, 0.5]])
    assert rows[0].values["rate"] == Decimal("0.5")


def test_the_sheet_with_the_data_is_chosen(read):
    found, _rows = read([["填写说明"], ["商品名称要写全称"]], others=[("数据", [TITLES, TEA])])
    assert found.sheet == "数据"


def test_a_file_without_a_header_is_refused_with_what_is_needed(read):
    with pytest.raises(Unreadable, match="商品名称; SKU编码 / 条码") as caught:
        read([[1, 2], [3, 4]])
    assert caught.value.reason == "no_header"


def test_titles_that_are_all_unknown_are_for_a_person_to_match(read):
    found, _rows = read([[1, 2], ["a", "b"], [3, 4]])
    assert (found.row, found.titles, found.names) == (2, ["a", "b"], ["", ""])
    assert found.missing == NEEDED


def test_needed_columns_that_are_missing_are_named(read):
    found, _rows = read([["条码", "售价"], ["6901234567892", 12.5]])
    assert found.missing == [["name"]]
    assert "商品名称" in found.warnings(COLUMNS)[-1]


def test_a_person_may_correct_the_mapping(read):
    found, rows = read(
        [["货品", "条码", "售价", "原价"], ["绿茶", "6901234567892", 12.5, 20]],
        mapping=["name", "barcode", "", "price"],
    )
    assert found.missing == []
    assert rows[0].values["price"] == Decimal("20.00")
    assert rows[0].extra == {"售价": 12.5}


def test_a_mapping_names_no_column_twice_and_none_that_does_not_exist(read):
    found, _rows = read([TITLES, TEA], mapping=["name", "name", "nonsense", "price"])
    assert found.names == ["name", "", ""]


def test_the_same_titles_have_the_same_fingerprint(read):
    first, _rows = read([TITLES, TEA])
    second, _rows = read([[], ["商品名称*", "条 码", "售价"], TEA])
    third, _rows = read([["条码", "商品名称", "售价"], TEA])
    assert first.fingerprint == second.fingerprint != third.fingerprint


def test_each_bad_cell_names_its_column_and_address(read):
    _found, rows = read([["备注"], [*TITLES, "生产日期", "单位"], ["绿茶", "6.90E+12", "面议", "昨天", "桶"]])
    assert [(problem.column, problem.cell) for problem in rows[0].problems] == [
        ("条码", "B3"),
        ("售价", "C3"),
        ("生产日期", "D3"),
        ("单位", "E3"),
    ]
    assert "面议" in rows[0].problems[1].message


def test_a_needed_cell_that_is_empty_is_told_once(read):
    _found, rows = read([TITLES, ["", "6901234567892", 12.5], [" ", "x", 1]])
    assert [(problem.cell, problem.message) for problem in rows[0].problems] == [
        ("A2", "“商品名称”不能为空。")
    ]


def test_a_bad_cell_counts_as_nothing_in_the_sum_but_a_refused_row_counts(read):
    _found, rows = read([TITLES, ["绿茶", "1", "面议"], ["", "2", 5], ["红茶", "3", 1.005]])
    assert [row.amount for row in rows] == [None, Decimal(5), Decimal("1.005")]


def test_private_cells_are_not_quoted(read):
    columns = [COLUMNS[0], COLUMNS[2], Column("phone", "电话", Kind.INTEGER, private=True)]
    _found, rows = read([["商品名称", "条码", "电话"], ["绿茶", "1", "138-0000"]], columns=columns)
    assert "138" not in rows[0].problems[0].message


def test_rows_that_continue_the_one_above(read):
    _found, rows = read(
        [["商品名称", "货号", "售价"], ["绿茶", "a", 1], ["", "b", 2], [None, "c", 3], ["红茶", "d", 4]]
    )
    assert [row.leader.number for row in rows] == [2, 2, 2, 5]
    assert [row.continues for row in rows] == [False, True, True, False]
    assert not any(row.problems for row in rows)


def test_chunks_never_cut_a_product(read):
    _found, rows = read(
        [["商品名称", "货号"], ["绿茶", "a"], ["", "b"], ["", "c"], ["红茶", "d"], ["花茶", "e"]]
    )
    assert [[row.number for row in chunk] for chunk in chunks(rows, 2)] == [[2, 3, 4], [5, 6]]


def test_a_price_list_with_empty_sheets_and_text_typed_barcodes(read):
    titles = ["条码", "名称", "分类", "单位", "规格", "进价", "售价"]
    line = ["6970239290029", "小绕珠", "默认分类", None, "500G", 7.5, 12]
    found, rows = read([titles, line], others=[("Sheet2", []), ("Sheet3", [])])
    assert found.names == ["barcode", "name", "", "unit", "", "", "price"]
    assert found.unknown == ["分类", "规格", "进价"]
    assert rows[0].extra == {"分类": "默认分类", "规格": "500G", "进价": 7.5}
