"""Turning a cell into a value: what people type, paste and calculate, understood or refused with a reason.

Every parser takes one cell that is not empty and gives a value, or raises `CellError`.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from django.utils.translation import gettext as _

from mcn.kit.clock import SHANGHAI

EXACT_DIGITS = 15
LARGEST_EXACT = 10.0**EXACT_DIGITS
CENT = Decimal("0.01")

_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}\Z")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?\Z")
_MONEY_WORDS = re.compile(r"^(?:人民币|rmb|cny|¥)\s*|\s*(?:元整|元|圆|块|rmb|cny)$", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+[\d:.]+)?\Z")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\+08:?00)?\Z"
)
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})\Z")
_QUOTED_CODE = re.compile(r'="?([^"]*)"?\Z')

YES = frozenset(["是", "有", "对", "真", "y", "yes", "true", "t", "1", "√", "✓", "✔", "on"])
NO = frozenset(["否", "无", "没有", "不", "假", "n", "no", "false", "f", "0", "×", "✗", "x", "off"])
EPOCH_1900 = dt.date(1899, 12, 30)
EPOCH_1904 = dt.date(1904, 1, 1)
SERIAL_DAYS = range(7_000, 110_000)
# Of other years no sheet tells, and beyond them no database reckons.
YEARS = range(1900, 2200)
HALF_A_SECOND = dt.timedelta(microseconds=500_000)


class CellError(ValueError):
    """A cell that cannot be taken, with the reason in the user's language."""


def text(cell):
    """Text without white space around it; whole numbers lose the `.0` that spreadsheets give them."""
    if type(cell) is str:
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number_as_text(cell)
    return cell.isoformat(sep=" ") if isinstance(cell, dt.datetime) else cell.isoformat()


def code(cell):
    """A barcode or another number that is a name: no digit of it may have been lost by a spreadsheet."""
    if type(cell) is not str:
        if isinstance(cell, dt.date):
            raise CellError(
                _("A spreadsheet turned this code into a date. Format the column as text and type it again.")
            )
        return text(cell)
    value = normalize("NFKC", cell).strip().lstrip("'")
    if value[:1] == "=" and (quoted := _QUOTED_CODE.match(value)):
        value = quoted[1].strip()
    if _SCIENTIFIC.match(value) and ("." in value or "+" in value):
        raise CellError(
            _(
                "“%(value)s” was shortened by a spreadsheet and its digits are lost."
                " Format the column as text and type it again."
            )
            % {"value": value}
        )
    return value


def _number_as_text(number):
    if abs(number) >= LARGEST_EXACT:
        raise CellError(
            _(
                "A number of more than 15 digits was cut by the spreadsheet."
                " Format the column as text and type it again."
            )
        )
    if number == int(number):
        return str(int(number))
    return f"{number:.15g}"


def number(cell):
    """A decimal number, with or without thousand separators; a percentage becomes its hundredth."""
    return _bounded(_number(cell), cell)


def _bounded(value, cell):
    """A number that a spreadsheet can hold to its last digit; beyond it nothing can be reckoned with."""
    if abs(value) >= LARGEST_EXACT:
        raise CellError(_("“%(value)s” is too large a number.") % {"value": _short(cell)})
    return value


def _number(cell):
    if isinstance(cell, float):
        if cell != cell or cell in (float("inf"), float("-inf")):
            raise CellError(_("This is not a number."))
        # 15 significant digits are what a spreadsheet shows; beyond them lies the noise of its arithmetic.
        return Decimal(f"{cell:.15g}")
    if isinstance(cell, (bool, dt.date)):
        raise CellError(_("This is not a number."))
    if isinstance(cell, int):
        return Decimal(cell)
    value = normalize("NFKC", cell).strip().replace("\u2212", "-")
    percent = value.endswith("%")
    value = value[:-1].rstrip() if percent else value
    return _decimal(value, cell) / (100 if percent else 1)


def _decimal(value, cell):
    if not _NUMBER.match(value) or not any(character.isdigit() for character in value):
        if _SCIENTIFIC.match(value):
            return Decimal(value)
        raise CellError(_("“%(value)s” is not a number.") % {"value": _short(cell)})
    try:
        return Decimal(value.replace(",", ""))
    except InvalidOperation as error:
        raise CellError(_("“%(value)s” is not a number.") % {"value": _short(cell)}) from error


def amount(cell):
    """Money as it is written, with or without ￥, 元 and thousand separators; as many decimals as it has."""
    if type(cell) is not str:
        return number(cell)
    value = normalize("NFKC", cell).strip().replace("\u2212", "-")
    sign = ""
    if value[:1] in {"+", "-"}:
        sign, value = value[0], value[1:].lstrip()
    for _ignored in range(2):
        value = _MONEY_WORDS.sub("", value).strip()
    if value.endswith("%"):
        raise CellError(_("“%(value)s” is a percentage, not a price.") % {"value": _short(cell)})
    return _bounded(_decimal(sign + value, cell), cell)


def price(cell):
    """Money in yuan to the cent; a third decimal is refused rather than rounded away."""
    value = amount(cell)
    cents = value.quantize(CENT)
    if cents != value:
        message = _("“%(value)s” has more than two decimals. Round the price to the cent.")
        raise CellError(message % {"value": _short(cell)})
    return cents


def percent(cell):
    """Percentage points: `13%` and 0.13 (how a sheet stores 13%) give 13; above 1 it is points already."""
    value = number(cell)
    if type(cell) is str and normalize("NFKC", cell).strip().endswith("%"):
        return value * 100
    return value * 100 if abs(value) <= 1 else value


def points(cell):
    """Percentage points in a column that says so in its header, `佣金率(%)`: a number counts as it stands."""
    value = number(cell)
    return value * 100 if type(cell) is str and normalize("NFKC", cell).strip().endswith("%") else value


def integer(cell):
    """A whole number."""
    value = number(cell)
    if value != value.to_integral_value():
        raise CellError(_("“%(value)s” is not a whole number.") % {"value": _short(cell)})
    return int(value)


def date(cell, epoch=EPOCH_1900):
    """A day: a date cell, the usual ways to write one, or a serial number whose date format was lost."""
    if isinstance(cell, dt.date):
        return _in_our_time(dt.date(cell.year, cell.month, cell.day), cell)
    if isinstance(cell, bool):
        raise CellError(_("This is not a date."))
    value = _number_as_text(cell) if isinstance(cell, (int, float)) else normalize("NFKC", cell).strip()
    match = _DATE.match(value) or _COMPACT_DATE.match(value)
    days = value.partition(".")[0]
    if match is None and days.isdecimal() and len(days) < 7 and int(days) in SERIAL_DAYS:
        return epoch + dt.timedelta(days=int(days))
    if match is None:
        raise CellError(_("“%(value)s” is not a date. Write it like 2026-01-31.") % {"value": _short(cell)})
    try:
        return _in_our_time(dt.date(*map(int, match.groups())), cell)
    except ValueError as error:
        raise _no_such_day(cell) from error


def _in_our_time(day, cell):
    if day.year not in YEARS:
        raise _no_such_day(cell)
    return day


def _no_such_day(cell):
    return CellError(_("There is no such day: “%(value)s”.") % {"value": _short(cell)})


def date_1904(cell):
    """A day in a workbook whose serial numbers count from 1904."""
    return date(cell, EPOCH_1904)


def moment(cell):
    """A day and a time of it in Shanghai, to the second: a date cell with its time, or the usual ways."""
    if isinstance(cell, dt.datetime):
        return (_in_our_time(cell, cell) + HALF_A_SECOND).replace(microsecond=0, tzinfo=SHANGHAI)
    match = _MOMENT.match(normalize("NFKC", text(cell)).strip())
    try:
        # Without a match there are no parts to take apart, which is a ValueError as well.
        year, month, day, hour, minute, second = [int(part or 0) for part in match.groups()] if match else []
        return _in_our_time(dt.datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI), cell)
    except ValueError as error:
        raise CellError(_("Write the day and the time like 2026-01-31 20:15:30.")) from error


def moment_or_day(cell):
    """The same, or a day alone, which begins at midnight."""
    timed = isinstance(cell, dt.datetime) or (type(cell) is str and ":" in normalize("NFKC", cell))
    return moment(cell) if timed else dt.datetime.combine(date(cell), dt.time(), SHANGHAI)


def yes_no(cell):
    """Yes or no, in the ways people tick a column."""
    value = text(cell) if type(cell) is not str else normalize("NFKC", cell).strip()
    word = value.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellError(_("“%(value)s” is neither yes nor no.") % {"value": _short(cell)})


def choice(known, labels):
    """Give a parser for one of some known words; `known` maps each word, case-folded, to its value."""

    def parse(cell):
        word = normalize("NFKC", text(cell)).strip()
        try:
            return known[word.casefold()]
        except KeyError:
            allowed = ", ".join(str(label) for label in labels)
            message = _("“%(value)s” is not one of the choices: %(choices)s.")
            raise CellError(message % {"value": _short(cell), "choices": _short(allowed, 120)}) from None

    return parse


def _short(value, most=40):
    shown = text(value) if not isinstance(value, float) else f"{value:.15g}"
    return shown if len(shown) <= most else shown[: most - 1] + "…"
