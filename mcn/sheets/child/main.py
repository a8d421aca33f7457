"""Entry of the child process: takes limits on itself, parses one file, spools its rows, answers in JSON.

A spooled line is `[sheet row, cells]`, or `[sheet row, cells, {column: ISO text}]` where cells held dates. An
empty cell is an empty string; leading empty columns are kept, trailing ones are not.
"""

import datetime as dt
import json
import resource
import signal
import sys
from pathlib import Path

import orjson

from . import books, gate, text
from .refusal import FileError

PLAIN = frozenset({str, float, bool, int})


def main():
    """Read one request from the standard input and answer it on the standard output."""
    request = json.loads(sys.stdin.read())
    limits = request["limits"]
    _take(limits)
    try:
        answer = _parse(Path(request["path"]), Path(request["folder"]), limits)
    except FileError as refusal:
        answer = {"refused": refusal.code, "params": refusal.params}
    except (MemoryError, OverflowError):
        answer = {"refused": "too_big", "params": {}}
    sys.stdout.write(json.dumps(answer))


def _take(limits):
    signal.alarm(limits["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["spool_bytes"], limits["spool_bytes"]))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _parse(path, folder, limits):
    kind = gate.kind_of(path)
    if kind == "text":
        rows, encoding, separator = text.rows_of(path, limits)
        sheets = [_spool(folder / "0.jsonl", "csv", True, rows, 0, limits)]
        return _answer(kind, sheets, {"encoding": encoding, "separator": separator}, [])
    errors, from_1904 = gate.inspect_zip(path, limits) if kind != "xls" else ([], False)
    # The parser goes by the name's ending before it looks at the content.
    named = folder / f"book.{kind}"
    named.unlink(missing_ok=True)
    named.symlink_to(path)
    book = books.open_book(named, kind)
    sheets = [
        _spool(folder / f"{number}.jsonl", name, shown, rows, first, limits)
        for number, (name, shown, rows, first) in enumerate(books.sheets_of(book, limits))
    ]
    return _answer(kind, sheets, {"from_1904": from_1904}, errors)


def _answer(kind, sheets, details, errors):
    sheets = [sheet for sheet in sheets if sheet["rows"]]
    if not sheets:
        raise FileError("empty")
    found = {"formula_errors": errors[:20], "formula_error_count": len(errors)}
    return {"format": kind, "sheets": sheets, **found, **details}


def _spool(target, name, shown, rows, first_column, limits):
    count = widest = last = 0
    left = [""] * first_column
    most = limits["rows"] + limits["rows_above"]
    try:
        with target.open("wb", buffering=1 << 20) as spool:
            for number, row in enumerate(rows, 1):
                if not _holds_something(row):
                    continue
                count += 1
                last = number
                if count > most:
                    raise FileError("too_many_rows", rows=limits["rows"], last=number, sheet=name)
                widest = max(widest, first_column + len(row))
                if widest > limits["columns"]:
                    far = books.address(number - 1, widest - 1)
                    raise FileError("too_many_columns", columns=limits["columns"], address=far)
                spool.write(_line(number, left + row if left else row))
    except OSError as error:
        raise FileError("too_big") from error
    return {
        "name": name,
        "shown": shown,
        "rows": count,
        "last": last,
        "columns": widest,
        "spool": target.name,
    }


def _holds_something(row):
    return row.count("") != len(row) and any(not isinstance(cell, str) or cell.strip() for cell in row)


def _line(number, row):
    if PLAIN.issuperset(map(type, row)):
        return orjson.dumps([number, row], option=orjson.OPT_APPEND_NEWLINE)
    dates = {str(column): cell.isoformat() for column, cell in enumerate(row) if isinstance(cell, dt.date)}
    plain = [_plain(cell) for cell in row]
    return orjson.dumps([number, plain, dates], option=orjson.OPT_APPEND_NEWLINE)


def _plain(cell):
    if isinstance(cell, dt.date):
        return ""
    return str(cell) if isinstance(cell, (dt.time, dt.timedelta)) else cell
