"""Reading any spreadsheet safely: a child process parses it under limits, this side sees spooled rows."""

import datetime as dt
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mcn.kit.refusal import Refused

HERE = Path(__file__).parent
TIME_SIGNALS = {signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL}
MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGXFSZ}
BOOT = f"import sys; sys.path.insert(0, {str(HERE)!r}); from child.main import main; main()"

ANSWER = "book.json"

Cell = str | float | bool | dt.date | dt.datetime
Row = tuple[int, list[Cell]]


@dataclass(frozen=True)
class Limits:
    """What one file may cost at most; a sheet that expects more rows says so."""

    rows: int = 200_000
    rows_above: int = 200
    columns: int = 500
    file_bytes: int = 100 << 20
    unpacked_bytes: int = 1 << 30
    memory_bytes: int = 1 << 30
    spool_bytes: int = 1 << 30
    field_characters: int = 131_072
    seconds: int = 90

    def for_rows(self, rows):
        """Give the limits for a larger sheet, each in proportion to its rows."""
        factor = max(1, rows / self.rows)
        grown = {name: int(getattr(self, name) * factor) for name in PROPORTIONAL}
        return Limits(**{**asdict(self), **grown, "rows": rows})


PROPORTIONAL = ("file_bytes", "unpacked_bytes", "memory_bytes", "spool_bytes", "seconds")

REASONS = {
    "missing": _("The file is no longer there. Please upload it again."),
    "empty": _("The file holds no data."),
    "too_large": _("The file is larger than %(megabytes)s MB. Please split it."),
    "encrypted": _("The file is protected by a password. Please remove the password and save it again."),
    "truncated": _("The file is damaged or was cut off on its way. Please save or upload it again."),
    "broken_workbook": _(
        "The workbook cannot be read. Please open it in Excel or WPS and save it again as .xlsx."
    ),
    "binary_workbook": _("Binary workbooks (.xlsb) are not supported. Please save it as .xlsx."),
    "not_a_spreadsheet": _("This is not a spreadsheet. Please send .xlsx, .xls, .ods or .csv."),
    "web_page": _(
        "This is a web page under the name of a spreadsheet. Please open it in Excel and save it as .xlsx."
    ),
    "xml_file": _("This is an XML file, not a spreadsheet. Please open it in Excel and save it as .xlsx."),
    "zip_bomb": _("Unpacked, the file would be larger than %(megabytes)s MB. It is refused for safety."),
    "xml_entities": _(
        "The file declares XML entities, which no spreadsheet needs. It is refused for safety."
    ),
    "too_many_rows": _(
        "Sheet “%(sheet)s” reaches row %(last)s; at most %(rows)s rows of data are accepted. Please split it."
    ),
    "too_many_columns": _(
        "There is content as far out as cell %(address)s; at most %(columns)s columns are accepted."
        " Please delete the cells beyond your table."
    ),
    "too_big": _(
        "The file needs more memory than one import may use. Please delete empty areas or split it."
    ),
    "timeout": _("Reading the file took longer than %(seconds)s seconds. Please split it."),
    "unknown_encoding": _(
        "The text is neither UTF-8, GB18030 nor UTF-16. Please save it as .xlsx or as CSV UTF-8."
    ),
    "broken_csv": _(
        "The CSV breaks at line %(line)s: a quotation mark is not closed or stands in the wrong place."
    ),
    "field_too_long": _(
        "A cell near line %(line)s is longer than a spreadsheet cell can be: a quotation mark may be missing."
    ),
    "no_header": _("No header row was found. At least these columns are needed: %(columns)s."),
    "no_rows": _("Sheet “%(sheet)s” has a header but no row of data below it."),
    "crashed": _("The file could not be read."),
}


class Unreadable(Refused):
    """The whole file is refused, with one clear reason."""

    status = 422
    code = "unreadable"

    def __init__(self, reason, **params):
        super().__init__(str(REASONS[reason]) % params)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class SpooledSheet:
    """The rows of one worksheet, parsed and lying in a file: iterating never holds more than one."""

    name: str
    shown: bool
    rows: int
    last: int
    columns: int
    spool: Path

    def __iter__(self) -> Iterator[Row]:
        with self.spool.open("rb") as lines:
            for line in lines:
                number, cells, *dates = orjson.loads(line)
                if dates:
                    _put_dates(cells, dates[0])
                yield number, cells


@dataclass(frozen=True)
class Book:
    """What the child process found in a file."""

    format: str
    sheets: list[SpooledSheet]
    encoding: str = ""
    separator: str = ""
    from_1904: bool = False
    formula_errors: list[str] = field(default_factory=list)
    formula_error_count: int = 0

    @property
    def warnings(self):
        """What the user should know about the file as a whole."""
        if not self.formula_error_count:
            return []
        message = ngettext_lazy(
            "%(count)d cell holds a formula's error (such as #N/A) and counts as empty: %(cells)s",
            "%(count)d cells hold a formula's error (such as #N/A) and count as empty: %(cells)s",
            self.formula_error_count,
        )
        return [str(message) % {"count": self.formula_error_count, "cells": ", ".join(self.formula_errors)}]


def read(path, folder, limits=None):
    """Parse a file in a child process and give its sheets, spooled into the folder; or raise `Unreadable`."""
    limits = limits or Limits()
    path, folder = Path(path), Path(folder)
    if not path.is_file():
        raise Unreadable("missing")
    size = path.stat().st_size
    if not size:
        raise Unreadable("empty")
    if size > limits.file_bytes:
        raise Unreadable("too_large", megabytes=limits.file_bytes >> 20)
    folder.mkdir(parents=True, exist_ok=True)
    answer = _ask_child(
        {"path": str(path.resolve()), "folder": str(folder.resolve()), "limits": asdict(limits)}
    )
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer["params"])
    return _book(answer, folder)


@contextmanager
def opened(path, limits=None, kept=None):
    """Read a file into a temporary folder that is gone afterwards, unless it was read and kept before."""
    answer = kept and kept / ANSWER
    if answer and answer.is_file():
        yield _book(json.loads(answer.read_bytes()), kept)
        return
    with tempfile.TemporaryDirectory(prefix="mcn-sheet-") as folder:
        yield read(path, folder, limits)


def keep(book, folder):
    """Keep what was read of a file, so that the next pass over it need not parse it again."""
    if folder.exists():
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=folder.parent))
    for sheet in book.sheets:
        shutil.copyfile(sheet.spool, staged / sheet.spool.name)
    (staged / ANSWER).write_text(json.dumps(asdict(book), default=lambda spool: spool.name))
    staged.rename(folder)


def forget(folder):
    """Remove what was kept."""
    shutil.rmtree(folder, ignore_errors=True)


def _ask_child(request):
    seconds = request["limits"]["seconds"]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", BOOT],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=seconds + 5,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout", seconds=seconds) from error
    if done.returncode == 0:
        return json.loads(done.stdout)
    # By its own limits the child dies of SIGALRM, SIGXCPU or SIGKILL (time) or aborts (memory).
    if -done.returncode in TIME_SIGNALS:
        raise Unreadable("timeout", seconds=seconds)
    short_of_memory = -done.returncode in MEMORY_SIGNALS or b"memory" in done.stderr.lower()
    raise Unreadable("too_big" if short_of_memory else "crashed")


def _book(answer, folder):
    sheets = [SpooledSheet(**{**sheet, "spool": folder / sheet["spool"]}) for sheet in answer.pop("sheets")]
    return Book(sheets=sheets, **answer)


def _put_dates(cells, dates):
    for column, text in dates.items():
        kind = dt.datetime if len(text) > 10 else dt.date
        cells[int(column)] = kind.fromisoformat(text)
