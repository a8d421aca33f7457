"""Exports: the cells of a sheet's rows as xlsx or csv, streamed, and readable again without a change."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mcn.sheets import xlsx
from mcn.sheets.child.formula import escape
from mcn.sheets.columns import Column, Kind

CSV_TYPE = "text/csv; charset=utf-8"
CONTENT_TYPES = {"xlsx": xlsx.CONTENT_TYPE, "csv": CSV_TYPE}
BATCH = 1_000


def export(kind, columns, lines, *, name="Sheet1") -> Iterator[bytes]:
    """Give the bytes of an export in `xlsx` or `csv`."""
    shaped = shape(columns, lines)
    return to_csv(columns, shaped) if kind == "csv" else to_xlsx(columns, shaped, name=name)


def shape(columns: list[Column], lines: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Turn values into what a person reads and the import understands: labels, yes and no, percentages."""
    changes = [(place, writer) for place, column in enumerate(columns) if (writer := _writer(column))]
    for line in lines:
        if not changes:
            yield line
            continue
        cells = list(line)
        for place, write in changes:
            if cells[place] is not None and cells[place] != "":
                cells[place] = write(cells[place])
        yield cells


def _writer(column: Column) -> Callable[[Any], Any] | None:
    if column.kind == Kind.CHOICE:
        labels = {value: str(label) for value, label in column.pairs()}
        return lambda value: labels.get(value, str(value))
    if column.kind == Kind.YES_NO:
        yes, no = _("yes"), _("no")
        return lambda value: yes if value else no
    if column.kind == Kind.PERCENT:
        return lambda value: f"{Decimal(value).normalize():f}%"
    if column.kind == Kind.CODE:
        return str
    return None


def to_xlsx(columns, lines, *, name="Sheet1"):
    """Stream a workbook: a header row, then one row for each line."""
    widths = [(column.width, xlsx.Style.TEXT if column.kind == Kind.CODE else 0) for column in columns]
    titles = [str(column.label) for column in columns]
    return xlsx.stream(_rows(titles, lines), sheet=name, widths=widths)


def _rows(titles, lines):
    yield xlsx.row(1, titles, dict.fromkeys(range(len(titles)), xlsx.Style.HEADER))
    for number, line in enumerate(lines, 2):
        yield xlsx.row(number, line)


def to_csv(columns, lines):
    """Stream a csv with a mark of its encoding, so that Excel opens Chinese as Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([escape(str(column.label)) for column in columns])
    yield "\ufeff".encode() + _taken(buffer)
    for number, line in enumerate(lines, 1):
        writer.writerow([_csv_cell(cell) for cell in line])
        if not number % BATCH:
            yield _taken(buffer)
    yield _taken(buffer)


def csv_line(cells):
    """One escaped line of csv."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_csv_cell(cell) for cell in cells])
    return buffer.getvalue()


def _csv_cell(cell):
    if type(cell) is str:
        return escape(cell.replace("\x00", ""))
    if cell is None:
        return ""
    return cell.isoformat(sep=" ", timespec="seconds") if isinstance(cell, dt.datetime) else cell


def _taken(buffer):
    content = buffer.getvalue().encode("utf-8", "ignore")
    buffer.seek(0)
    buffer.truncate()
    return content
