"""Workbooks for the sheets of after-sales: what went out, comes back with other rows below it."""

from openpyxl import Workbook

from mcn.sheets import straight
from tests.factories import AT


def exported(sheet, user=None):
    """The rows that a person takes out."""
    return [list(line) for line in sheet.lines(sheet.export_queryset(user, {}))]


def row(sheet, **cells):
    """A row with these cells by their names, the others empty."""
    return [cells.get(column.name) for column in sheet.columns]


def bring(sheet, folder, *rows, by=None, at=AT, scope=""):
    """Import rows under the titles of the export."""
    book = Workbook()
    for line in [[str(column.label) for column in sheet.columns], *rows]:
        book.active.append(line)
    path = folder / "rows.xlsx"
    book.save(path)
    return straight.import_now(sheet, path, by=by, at=at, scope=scope)


def columns_of(report):
    """Which columns of which rows were refused."""
    return [(error["row"], error["column"]) for error in report.errors]
