"""Reads workbooks (xlsx, xls, ods) with calamine, row by row."""

import python_calamine as calamine

from .refusal import FileError


def open_book(path, kind):
    """Open the workbook or refuse it: locked, cut off, or no workbook at all."""
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise FileError("encrypted") from error
    except (calamine.CalamineError, OSError) as error:
        said = str(error).lower()
        if "password" in said:
            raise FileError("encrypted") from error
        if "limit exceeded" in said:
            raise FileError("too_big") from error
        raise FileError("truncated" if kind != "xls" else "broken_workbook") from error


def sheets_of(book, limits):
    """Give every worksheet that holds something: its name, whether it is shown, its rows and first column."""
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except (calamine.CalamineError, OSError) as error:
            raise FileError("broken_workbook") from error
        if sheet.start is None:
            continue
        if sheet.end[0] >= limits["rows"] + limits["rows_above"]:
            raise FileError("too_many_rows", rows=limits["rows"], last=sheet.end[0] + 1, sheet=meta.name)
        if sheet.end[1] >= limits["columns"]:
            raise FileError("too_many_columns", columns=limits["columns"], address=address(*sheet.end))
        yield meta.name, meta.visible == calamine.SheetVisibleEnum.Visible, sheet.iter_rows(), sheet.start[1]


def address(row, column):
    """Name a cell as the user sees it, from zero-based numbers: (0, 27) is AB1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
