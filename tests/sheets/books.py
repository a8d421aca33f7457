"""Makes the files that people and strangers send: each function writes one and gives its path."""

import re
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

HEADER = ["条码", "商品名称", "售价"]
TEA = ["6901234567892", "绿茶", 12.5]
ROWS = [HEADER, TEA, ["6903148209837", "红茶", 8]]


def xlsx(path: Path, rows=ROWS, *, sheet="商品", others=()) -> Path:
    """A workbook with one sheet of rows, and any others by name."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, extra in others:
        other = book.create_sheet(name)
        for row in extra:
            other.append(row)
    book.save(path)
    return path


def xls(path: Path, rows=ROWS) -> Path:
    """The same as Excel 97 wrote it."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("商品")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(path))
    return path


def ods(path: Path, rows=ROWS, *, repeated_rows=1, repeated_cells=1) -> Path:
    """The same as LibreOffice writes it; the last row and its last cell may be repeated."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="商品")
    document.spreadsheet.addElement(table)
    for number, row in enumerate(rows, 1):
        last = number == len(rows)
        line = TableRow(numberrowsrepeated=repeated_rows) if last and repeated_rows > 1 else TableRow()
        for column, cell in enumerate(row, 1):
            many = last and column == len(row) and repeated_cells > 1
            line.addElement(_ods_cell(cell, repeated_cells if many else 1))
        table.addElement(line)
    document.save(str(path))
    return path


def _ods_cell(cell, repeated):
    options = {"numbercolumnsrepeated": repeated} if repeated > 1 else {}
    if isinstance(cell, (int, float)):
        return TableCell(valuetype="float", value=cell, **options)
    made = TableCell(valuetype="string", **options)
    made.addElement(P(text=cell))
    return made


def text(path: Path, encoding="utf-8", separator=",", rows=ROWS) -> Path:
    """The rows as delimited text."""
    lines = [separator.join(str(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def one_far_cell(path: Path, row: int, column: int) -> Path:
    """A small table with one stray cell far out."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, TEA)
    sheet.write(row, column, "x")
    book.close()
    return path


def many_rows(path: Path, count: int) -> Path:
    """A file that is small on disk and long inside."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for number in range(1, count + 1):
        sheet.write_number(number, 0, number)
    book.close()
    return path


def changed(source: Path, target: Path, part: str, change) -> Path:
    """A copy of a zipped workbook with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return target


def with_dimension(source: Path, target: Path, dimension: str) -> Path:
    """A copy whose first sheet lies about its size."""
    tag = f'<dimension ref="{dimension}"'.encode()
    return changed(
        source, target, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'<dimension ref="[^"]*"', tag, xml)
    )


def with_entities(source: Path, target: Path) -> Path:
    """A copy whose sheet declares a billion laughs."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))
    declared = b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>"

    def change(xml):
        start = xml.index(b"<worksheet")
        return xml[:start] + declared + xml[start:]

    return changed(source, target, "xl/worksheets/sheet1.xml", change)
