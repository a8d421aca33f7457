"""A sheet as a django-import-export resource, and that library's formats made safe.

Files of any size go the way of runs.py; this is for its admin actions, its data sets and its callers.
"""

import tempfile
from pathlib import Path
from typing import cast

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from import_export import resources
from import_export.formats import base_formats
from import_export.results import InvalidRow, Result, RowResult

from mcn.kit.refusal import Refused
from mcn.sheets import engine, reading, writing, xlsx
from mcn.sheets.engine import Pass, Tally
from mcn.sheets.reading import Book, SpooledSheet
from mcn.sheets.sheet import Outcome

IMPORT_TYPES = {
    Outcome.CREATED: RowResult.IMPORT_TYPE_NEW,
    Outcome.UPDATED: RowResult.IMPORT_TYPE_UPDATE,
    Outcome.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    Outcome.REFUSED: RowResult.IMPORT_TYPE_INVALID,
}


class DatasetSheet:
    """A data set as the engine reads a sheet: its header is row 1."""

    name = "dataset"
    shown = True

    def __init__(self, dataset):
        self.dataset = dataset
        self.rows = self.last = len(dataset) + 1
        self.columns = dataset.width

    def __iter__(self):
        yield 1, list(self.dataset.headers or [])
        for number, row in enumerate(self.dataset, 2):
            yield number, ["" if cell is None else cell for cell in row]


class SheetResource(resources.Resource):
    """Takes data sets in and gives them out by what a sheet declares, with the sheet's own answers."""

    def __init__(self, sheet, *, by, at, scope=""):
        super().__init__()
        self.sheet = sheet
        self.given = {"by": by, "at": at, "scope": scope}

    def get_export_headers(self, selected_fields=None):
        """The labels of the sheet's columns."""
        return [str(column.label) for column in self.sheet.export_columns()]

    def export(self, *args, queryset=None, **kwargs):
        """The rows of a queryset, or all, as a data set."""
        rows = self.sheet.export_queryset(self.given["by"], {}) if queryset is None else queryset
        columns = self.sheet.export_columns()
        lines = writing.shape(columns, self.sheet.lines(rows))
        return tablib.Dataset(
            *lines, headers=self.get_export_headers(), title=xlsx.sheet_name(self.sheet.label)
        )

    def import_data(self, dataset, dry_run=False, raise_errors=False, **kwargs):
        """Import a data set, or say what would become of each row; written in one transaction."""
        book = Book("dataset", [cast(SpooledSheet, DatasetSheet(dataset))])
        walk = Pass(self.sheet, engine.find(self.sheet, book), **self.given)
        result, tally = Result(), Tally()
        with transaction.atomic():
            for rows in walk.chunks():
                plans = walk.plan(rows)
                if not dry_run:
                    walk.write(plans)
                tally.add(plans)
                for plan in plans:
                    _tell(result, plan, dataset)
            if raise_errors and tally.refused:
                raise Refused("; ".join(result.invalid_rows[0].error.messages))
        result.total_rows = tally.rows
        return result


def _tell(result, plan, dataset):
    row = RowResult()
    row.import_type = IMPORT_TYPES[plan.outcome]
    if plan.outcome == Outcome.REFUSED:
        said = ValidationError([problem.message for problem in plan.row.problems])
        row.validation_error = said
        result.invalid_rows.append(InvalidRow(plan.row.number, said, dataset[plan.row.number - 2]))
    result.append_row_result(row)
    result.increment_row_result_total(row)


class SafeFormat:
    """Reads by the child process under limits, and writes by our own writers."""

    def create_dataset(self, in_stream):
        """The first sheet with data, its first row as the headers."""
        content = in_stream.encode() if isinstance(in_stream, str) else in_stream
        with tempfile.TemporaryDirectory(prefix="mcn-format-") as folder:
            path = Path(folder, "upload")
            path.write_bytes(content)
            with reading.opened(path) as book:
                (_number, headers), *rows = list(book.sheets[0])
        width = len(headers)
        lines = [[*cells[:width], *[""] * (width - len(cells))] for _row, cells in rows]
        return tablib.Dataset(*lines, headers=[str(title) for title in headers])


class SafeXLSX(SafeFormat, base_formats.XLSX):
    """Excel workbooks."""

    def export_data(self, dataset, **kwargs):
        rows = enumerate([dataset.headers or [], *dataset], 1)
        ready = (xlsx.row(number, cells) for number, cells in rows)
        return b"".join(xlsx.stream(ready, sheet=dataset.title or "Sheet1"))


class SafeXLS(SafeFormat, base_formats.XLS):
    """Workbooks of Excel 97 to 2003, to read only."""

    def can_export(self):
        return False


class SafeODS(SafeFormat, base_formats.ODS):
    """Workbooks of LibreOffice, to read only."""

    def can_export(self):
        return False


class SafeCSV(SafeFormat, base_formats.CSV):
    """Text, in any encoding and with any separator that offices send."""

    def export_data(self, dataset, **kwargs):
        lines = [writing.csv_line(cells) for cells in [dataset.headers or [], *dataset]]
        return "\ufeff" + "".join(lines)


FORMATS = [SafeXLSX, SafeCSV, SafeXLS, SafeODS]
