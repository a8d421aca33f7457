"""Any file is parsed in a child process under limits: good ones give rows, bad ones one clear reason."""

import datetime as dt
import time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from mcn.sheets.reading import Limits, Unreadable, opened
from tests.sheets import books


def rows_of(path, limits=None):
    with opened(path, limits) as book:
        return [row for sheet in book.sheets for row in sheet]


def refused(path, limits=None):
    with pytest.raises(Unreadable) as caught, opened(path, limits):
        pass
    return caught.value


EXPECTED = [(1, books.HEADER), (2, books.TEA), (3, ["6903148209837", "红茶", 8])]


@pytest.mark.parametrize("make", [books.xlsx, books.xls, books.ods])
def test_workbooks_give_their_rows_with_the_sheet_s_own_numbers(make, tmp_path):
    assert rows_of(make(tmp_path / "upload")) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_gives_its_rows_in_every_encoding_and_separator(encoding, separator, tmp_path):
    path = books.text(tmp_path / "upload.csv", encoding, separator)
    assert rows_of(path) == [(number, [str(cell) for cell in row]) for number, row in EXPECTED]


def test_an_excel_separator_line_is_obeyed_and_no_data(tmp_path):
    path = tmp_path / "upload.csv"
    path.write_text("sep=;\n条码;售价\n1;1,5\n")
    assert rows_of(path) == [(2, ["条码", "售价"]), (3, ["1", "1,5"])]


def test_the_format_is_known_by_content_not_by_name(tmp_path):
    assert rows_of(books.xlsx(tmp_path / "upload.csv")) == EXPECTED


def test_types_arrive_as_they_are(tmp_path):
    cells = ["字", 1.5, 101, True, dt.date(2026, 1, 31), dt.datetime.fromisoformat("2026-01-31T08:30"), None]
    assert rows_of(books.xlsx(tmp_path / "upload.xlsx", [cells])) == [
        (1, ["字", 1.5, 101.0, True, dt.date(2026, 1, 31), dt.datetime.fromisoformat("2026-01-31T08:30")])
    ]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2026, 1, 31)
    book.save(tmp_path / "upload.xlsx")
    with opened(tmp_path / "upload.xlsx") as read:
        assert read.from_1904
        assert list(read.sheets[0]) == [(1, [dt.date(2026, 1, 31)])]


def test_empty_rows_and_columns_keep_their_numbers(tmp_path):
    rows = [[], [None, None, "名称"], [None, None, None], [None, None, "  "], [None, "x", "茶"]]
    assert rows_of(books.xlsx(tmp_path / "upload.xlsx", rows)) == [
        (2, ["", "", "名称"]),
        (5, ["", "x", "茶"]),
    ]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
def test_a_lying_dimension_is_not_believed(dimension, tmp_path):
    path = books.with_dimension(books.xlsx(tmp_path / "honest.xlsx"), tmp_path / "upload.xlsx", dimension)
    assert rows_of(path) == EXPECTED


def test_cells_without_addresses_are_read(tmp_path):
    path = books.changed(
        books.xlsx(tmp_path / "honest.xlsx"),
        tmp_path / "upload.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b'<row r="2"', b"<row").replace(b'<c r="A2"', b"<c").replace(b'<c r="B2"', b"<c")
        ),
    )
    assert rows_of(path) == EXPECTED


def test_format_without_content_far_out_does_no_harm(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(books.HEADER)
    for cell in (book.active["XFD3"], book.active["C1048576"]):
        cell.number_format = "0.00"
    book.save(tmp_path / "upload.xlsx")
    assert rows_of(tmp_path / "upload.xlsx") == [(1, books.HEADER)]


def test_formula_errors_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["名称", "#N/A"])
    book.save(tmp_path / "upload.xlsx")
    with opened(tmp_path / "upload.xlsx") as read:
        assert read.formula_errors == ["B1"]
        assert "B1" in read.warnings[0]


def test_sheets_without_data_are_left_out_and_hidden_ones_marked(tmp_path):
    book = openpyxl.load_workbook(books.xlsx(tmp_path / "a.xlsx", others=[("空", []), ("选项", [["瓶"]])]))
    book["选项"].sheet_state = "hidden"
    book.save(tmp_path / "upload.xlsx")
    with opened(tmp_path / "upload.xlsx") as read:
        assert [(sheet.name, sheet.shown, sheet.rows) for sheet in read.sheets] == [
            ("商品", True, 3),
            ("选项", False, 1),
        ]


def test_a_missing_file_is_refused(tmp_path):
    assert refused(tmp_path / "gone").reason == "missing"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00" + bytes(range(256)), "not_a_spreadsheet"),
        (b"%PDF-1.7\n", "not_a_spreadsheet"),
        (b"PK\x05\x06" + b"\x00" * 18, "not_a_spreadsheet"),
        ("<html><table><tr><td>条码</td></tr></table>".encode(), "web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "xml_file"),
        (bytes((n * 7919 + n // 3) % 256 for n in range(5000)), "unknown_encoding"),
        (b'a,b\n1,"x\n1,2\n', "broken_csv"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "field_too_long"),
        (b"a,b\n" + b"," * 600 + b"1\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(content, reason, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refused(path).reason == reason


def test_another_zip_is_refused(tmp_path):
    books.changed(books.xlsx(tmp_path / "a.xlsx"), tmp_path / "b.zip", "", None)
    content = (tmp_path / "b.zip").read_bytes().replace(b"xl/workbook.xml", b"wd/document.xml")
    (tmp_path / "upload.xlsx").write_bytes(content)
    assert refused(tmp_path / "upload.xlsx").reason == "not_a_spreadsheet"


@pytest.mark.parametrize("make", [books.xlsx, books.xls, books.ods])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_is_refused(make, share, tmp_path):
    whole = make(tmp_path / "whole").read_bytes()
    (tmp_path / "upload").write_bytes(whole[: int(len(whole) * share)])
    assert refused(tmp_path / "upload").reason == "truncated"


def test_a_damaged_part_is_refused(tmp_path):
    content = bytearray(books.xlsx(tmp_path / "whole.xlsx").read_bytes())
    start = content.index(b"xl/worksheets/sheet1.xml") + 30
    content[start : start + 40] = bytes(byte ^ 255 for byte in content[start : start + 40])
    (tmp_path / "upload.xlsx").write_bytes(content)
    assert refused(tmp_path / "upload.xlsx").reason == "truncated"


def test_locked_files_are_refused(tmp_path):
    plain = books.xls(tmp_path / "plain.xls").read_bytes()
    locked_xls = plain.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
    locked_xlsx = plain + "EncryptedPackage".encode("utf-16-le")
    for content in (locked_xls, locked_xlsx):
        (tmp_path / "upload").write_bytes(content)
        assert refused(tmp_path / "upload").reason == "encrypted"


def test_a_locked_open_document_is_refused(tmp_path):
    path = books.changed(
        books.ods(tmp_path / "plain.ods"),
        tmp_path / "upload.ods",
        "META-INF/manifest.xml",
        lambda xml: xml.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"),
    )
    assert refused(path).reason == "encrypted"


def test_one_cell_in_the_last_column_is_refused_not_expanded(tmp_path):
    started = time.monotonic()
    refusal = refused(books.one_far_cell(tmp_path / "upload.xlsx", 1000, 16_383))
    assert refusal.reason == "too_many_columns"
    assert "XFD1001" in str(refusal)
    assert time.monotonic() - started < 5


def test_one_cell_in_the_last_row_is_refused(tmp_path):
    refusal = refused(books.one_far_cell(tmp_path / "upload.xlsx", 1_048_575, 0))
    assert refusal.reason == "too_many_rows"
    assert "1048576" in str(refusal)


def test_300_000_tiny_rows_are_refused(tmp_path):
    refusal = refused(books.many_rows(tmp_path / "upload.xlsx", 300_000))
    assert refusal.reason == "too_many_rows"
    assert "200000" in str(refusal)


def test_a_sheet_may_expect_more_rows(tmp_path):
    path = books.many_rows(tmp_path / "upload.xlsx", 3_000)
    assert refused(path, Limits(rows=1_000)).reason == "too_many_rows"
    assert len(rows_of(path, Limits(rows=1_000).for_rows(5_000))) == 3_001


def test_repeated_cells_of_an_open_document_are_refused(tmp_path):
    assert refused(books.ods(tmp_path / "a.ods", repeated_rows=1_048_576)).reason == "too_many_rows"
    assert refused(books.ods(tmp_path / "b.ods", repeated_cells=16_384)).reason == "too_many_columns"
    both = books.ods(tmp_path / "c.ods", repeated_rows=1_048_576, repeated_cells=16_384)
    assert refused(both).reason == "too_big"


def test_a_zip_bomb_is_refused(tmp_path):
    path = books.changed(
        books.xlsx(tmp_path / "plain.xlsx"),
        tmp_path / "upload.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml + b" " * (20 << 20),
    )
    assert path.stat().st_size < 100_000
    assert refused(path, Limits(unpacked_bytes=10 << 20)).reason == "zip_bomb"


def test_an_xml_bomb_is_refused(tmp_path):
    path = books.with_entities(books.xlsx(tmp_path / "plain.xlsx"), tmp_path / "upload.xlsx")
    assert refused(path).reason == "xml_entities"


def test_too_large_a_file_is_refused_unread(tmp_path):
    assert refused(books.xlsx(tmp_path / "upload.xlsx"), Limits(file_bytes=1_000)).reason == "too_large"


def test_the_child_has_a_limit_of_memory(tmp_path):
    path = books.one_far_cell(tmp_path / "upload.xlsx", 1_048_575, 40)
    assert refused(path, Limits(memory_bytes=300 << 20)).reason == "too_big"


def test_the_child_has_a_limit_of_time(tmp_path):
    (tmp_path / "upload.csv").write_bytes(b"1,2\n" * 5_000_000)
    started = time.monotonic()
    assert refused(tmp_path / "upload.csv", Limits(rows=5_000_000, seconds=1)).reason == "timeout"
    assert time.monotonic() - started < 8


def test_nothing_of_the_file_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    Path(tmp_path / "temporary").mkdir()
    rows_of(books.xlsx(tmp_path / "upload.xlsx"))
    assert list(Path(tmp_path / "temporary").iterdir()) == []


def test_old_excel_dates_arrive_as_dates(tmp_path):
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    book.add_sheet("商品").write(0, 0, dt.date(2026, 1, 31), style)
    book.save(str(tmp_path / "upload.xls"))
    assert rows_of(tmp_path / "upload.xls") == [(1, [dt.date(2026, 1, 31)])]
