"""What a sheet declares about its columns, and the parser that each of them gets."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.utils import translation

from mcn.sheets import values


class Kind(StrEnum):
    """How the cells of a column are understood."""

    TEXT = "text"
    CODE = "code"
    PRICE = "price"
    NUMBER = "number"
    PERCENT = "percent"
    INTEGER = "integer"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


PARSERS = {
    Kind.TEXT: values.text,
    Kind.CODE: values.code,
    Kind.PRICE: values.price,
    Kind.NUMBER: values.number,
    Kind.PERCENT: values.percent,
    Kind.INTEGER: values.integer,
    Kind.DATE: values.date,
    Kind.YES_NO: values.yes_no,
}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its name in code, its label for people, and what else it may be called.

    `choices` are pairs of value and label, or a function that gives them. `parse` replaces the kind's own
    parser: it takes a cell that is not empty and gives a value or raises `CellError`. `private` columns
    hold personal data: no message quotes their cells. `extract` gives the cell for the export from a row's
    object; without it the attribute `name` is taken.
    """

    name: str
    label: Any
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    required: bool = False
    help: Any = ""
    example: Any = ""
    choices: Any = ()
    parse: Callable[[Any], Any] | None = None
    extract: Callable[[Any], Any] | None = None
    private: bool = False
    width: int = 16

    @property
    def blank(self):
        """The value of an empty cell."""
        return "" if self.kind in {Kind.TEXT, Kind.CODE, Kind.CHOICE} else None

    def pairs(self):
        """The choices as a list of value and label."""
        return list(self.choices() if callable(self.choices) else self.choices)

    def parser(self, unit="", from_1904=False):
        """The function that turns this column's cells into values, given the unit that the header names."""
        if self.parse:
            return self.parse
        if self.kind == Kind.CHOICE:
            pairs = self.pairs()
            return values.choice(known_words(pairs), [label for _value, label in pairs])
        if self.kind == Kind.DATE and from_1904:
            return values.date_1904
        if self.kind == Kind.PERCENT and unit == "%":
            return values.points
        if self.kind == Kind.PRICE and (scale := YUAN.get(unit, 1)) != 1:
            return lambda cell: values.price(str(values.amount(cell) * Decimal(scale)))
        return PARSERS[self.kind]


def known_words(pairs):
    """Map each label in every language, and each value, to the value."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for value, label in pairs:
                words.setdefault(normalize("NFKC", str(label)).strip().casefold(), value)
    for value, _label in pairs:
        words.setdefault(str(value).casefold(), value)
    return words


# How many yuan one of the unit is.
YUAN = {
    "元": "1", "人民币": "1", "rmb": "1", "cny": "1", "¥": "1", "圆": "1", "yuan": "1", "角": "0.1",
    "分": "0.01", "千元": "1000", "万元": "10000",
}  # fmt: skip
FOREIGN = {
    "usd": "USD", "us$": "USD", "$": "USD", "美元": "USD", "美金": "USD", "hkd": "HKD", "hk$": "HKD",
    "港币": "HKD", "港元": "HKD", "eur": "EUR", "€": "EUR", "欧元": "EUR", "gbp": "GBP", "£": "GBP",
    "英镑": "GBP", "jpy": "JPY", "日元": "JPY", "円": "JPY", "krw": "KRW", "韩元": "KRW", "twd": "TWD",
    "nt$": "TWD", "新台币": "TWD", "台币": "TWD", "sgd": "SGD", "新加坡元": "SGD", "aud": "AUD",
    "澳元": "AUD", "cad": "CAD", "加元": "CAD", "thb": "THB", "泰铢": "THB", "myr": "MYR", "vnd": "VND",
    "rub": "RUB", "卢布": "RUB",
}  # fmt: skip

_BRACKETS = re.compile(r"[(\[【〔<（]([^)\]】〕>）]*)[)\]】〕>）]")
_SLASHED_UNIT = re.compile(r"[/:：]\s*([^/:：\s]{1,4})\Z")
_TRAILING_WORD = re.compile(r"\s+([A-Za-z$€£]{1,4})\Z")
_NOISE = re.compile(r"[\s*＊_\-·:：.。、/\\#]+")


def plain(header):
    """A header without case, width, white space, stars and brackets: what synonyms are compared by."""
    return _NOISE.sub("", _BRACKETS.sub("", normalize("NFKC", header)).casefold())


def unit_of(header):
    """The unit a header names in brackets, after a slash or as its last word, or nothing."""
    folded = normalize("NFKC", header).strip().casefold()
    for found in [
        *_BRACKETS.findall(folded),
        *_SLASHED_UNIT.findall(folded),
        *_TRAILING_WORD.findall(folded),
    ]:
        for word in re.split(r"[,，;；/\s:：]+", found.removeprefix("单位")):
            if word in YUAN or word in FOREIGN or word == "%":
                return word
    return ""


def bare(header):
    """A header without its unit, for units that stand outside brackets."""
    folded = normalize("NFKC", header).strip()
    for pattern in (_SLASHED_UNIT, _TRAILING_WORD):
        if (match := pattern.search(folded)) and unit_of(folded[match.start() :]):
            return plain(folded[: match.start()])
    return plain(folded)
