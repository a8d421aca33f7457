"""Finding the header row, wherever it stands, and matching its cells to the declared columns."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from itertools import islice
from unicodedata import normalize

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mcn.sheets.child.books import address
from mcn.sheets.columns import FOREIGN, YUAN, Kind, bare, plain, unit_of
from mcn.sheets.reading import Unreadable

SEARCHED = 60
ROWS_TO_SKIP = 3
FEWEST_TITLES = 2
IGNORE = ""
REASON = gettext_noop("Reason for refusal")

_GUIDE = re.compile(
    r"[【\[(（\s*※#]*(?:必填|选填|非必填|可选|条件必填|示例|样例|范例|示范|例如|例[：:]|"
    r"填写说明|填写要求|填写规则|说明|格式[：:]|"
    r"required\b|optional\b|mandatory\b|example\b|sample\b|e\.g\.|instructions?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """Where the header stands and what its cells mean; a cell that no column answers to has an empty name."""

    sheet: str
    row: int
    titles: list[str]
    names: list[str]
    skipped: list[int] = field(default_factory=list)
    missing: list[list[str]] = field(default_factory=list)

    @property
    def fingerprint(self):
        """What a saved mapping is found by: the same titles in the same order."""
        return hashlib.sha256("\x1f".join(plain(title) for title in self.titles).encode()).hexdigest()

    @property
    def unknown(self):
        """The titles of columns that no declared column answers to: kept beside the row, never dropped."""
        spoken = set(reason_titles())
        pairs = zip(self.titles, self.names, strict=True)
        return [title for title, name in pairs if not name and title not in spoken]

    def foreign_prices(self, columns):
        """Price columns whose title names a currency that is not yuan, as {column name: currency}."""
        kinds = {column.name: column.kind for column in columns}
        units = {name: unit_of(title) for title, name in zip(self.titles, self.names, strict=True) if name}
        return {
            name: FOREIGN[unit]
            for name, unit in units.items()
            if kinds.get(name) == Kind.PRICE and unit in FOREIGN and unit not in YUAN
        }

    def with_mapping(self, names, columns, needed):
        """The same header as a person has mapped it."""
        known = {column.name for column in columns}
        taken = [name if name in known else IGNORE for name in names[: len(self.titles)]]
        taken += [IGNORE] * (len(self.titles) - len(taken))
        taken = [name if name not in taken[:place] else IGNORE for place, name in enumerate(taken)]
        return replace(self, names=taken, missing=_missing(taken, needed))

    def warnings(self, columns):
        """What the user should know about the columns before confirming."""
        said = []
        for name, currency in self.foreign_prices(columns).items():
            title = self.titles[self.names.index(name)]
            message = _(
                "Column “%(title)s” is in %(currency)s. Prices are kept in yuan:"
                " its numbers are taken as yuan unless you ignore it."
            )
            said.append(message % {"title": title, "currency": currency})
        if self.unknown:
            titles = ", ".join(filter(None, self.unknown))
            said.append(_("Columns kept as additional information: %(titles)s.") % {"titles": titles})
        if self.missing:
            groups = spoken(self.missing, columns)
            said.append(_("Columns that are missing: %(columns)s.") % {"columns": groups})
        return said


def find(book, columns, needed, sheet_name=""):
    """Choose the sheet and its header row: the one that answers to most of the declared columns.

    `needed` lists groups of column names; of each group one must be there. A header that lacks some has
    `missing` filled, so that a person can map them; so has the first row of texts alone where nothing is
    known by name. Raises `Unreadable` where no row looks like a header at all.
    """
    words = dictionary(columns)
    sheets = [sheet for sheet in book.sheets if sheet.shown] or book.sheets
    if sheet_name:
        sheets = [sheet for sheet in book.sheets if sheet.name == sheet_name] or sheets
    best = max(
        (candidate for sheet in sheets for candidate in _candidates(sheet, words, needed)),
        key=lambda candidate: candidate[0],
        default=None,
    )
    if best is None:
        best = next((row for sheet in sheets for row in _rows_of_texts(sheet, words, needed)), None)
    if best is None:
        raise Unreadable("no_header", columns=spoken(needed, columns))
    _score, sheet, header = best
    return sheet, replace(header, skipped=_guides(sheet, header.row))


def dictionary(columns):
    """Map every word a column answers to onto its name and its rank: 0 is the label itself, more is worse."""
    words = {}
    for rank, spell in enumerate((_labels, lambda column: [column.name], lambda column: column.synonyms)):
        for column in columns:
            for place, word in enumerate(spell(column)):
                words.setdefault(plain(str(word)), (column.name, rank * 100 + place))
    words.pop("", None)
    return words


def spoken(needed, columns):
    """Groups of columns as people read them."""
    labels = {column.name: str(column.label) for column in columns}
    return "; ".join(" / ".join(labels[name] for name in group) for group in needed)


def _labels(column):
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(column.label)


def _candidates(sheet, words, needed):
    head = list(islice(sheet, SEARCHED))
    for place, (number, cells) in enumerate(head):
        yield from _candidate(sheet, number, cells, words, needed, place)
        if place and head[place - 1][0] == number - 1:
            above = head[place - 1][1]
            joined = _joined(above, cells, words)
            if joined:
                yield from _candidate(sheet, number, joined, words, needed, place)


def _rows_of_texts(sheet, words, needed):
    """Rows that could be a header of unknown names: several texts, and nothing but texts."""
    for number, cells in islice(sheet, SEARCHED):
        titles = [_title(cell) for cell in cells]
        filled = [cell for cell in cells if cell != ""]
        if len(filled) >= FEWEST_TITLES and all(isinstance(cell, str) for cell in filled):
            names = match(titles, words)
            yield 0, sheet, Header(sheet.name, number, titles, names, missing=_missing(names, needed))


def _candidate(sheet, number, cells, words, needed, place):
    titles = [_title(cell) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    names = match(titles, words)
    found = sum(1 for name in names if name)
    if not found or found < min(FEWEST_TITLES, len(list(filter(None, titles)))):
        return
    missing = _missing(names, needed)
    strangers = sum(1 for cell in cells if cell != "" and not isinstance(cell, str))
    yield (
        (-len(missing), found - strangers, -place),
        sheet,
        Header(sheet.name, number, titles, names, missing=missing),
    )


def _joined(above, cells, words):
    """A header of two rows, groups above their columns; only where the lower row is all column names."""
    below = [_title(cell) for cell in cells]
    named = [title for title in below if title]
    if not named or any(not _lookup(title, words) for title in named):
        return None
    width = max(len(above), len(below))
    below += [""] * (width - len(below))
    upper = [_title(cell) for cell in above] + [""] * (width - len(above))
    return [low or high for low, high in zip(below, upper, strict=True)]


def match(titles, words):
    """Give each title the column it answers to; where two answer to one column, the better match has it."""
    found = [_lookup(title, words) for title in titles]
    best = {}
    for place, hit in enumerate(found):
        if hit and (hit[0] not in best or hit[1] < found[best[hit[0]]][1]):
            best[hit[0]] = place
    return [hit[0] if hit and best[hit[0]] == place else IGNORE for place, hit in enumerate(found)]


def _lookup(title, words):
    return words.get(plain(title)) or words.get(bare(title)) if title else None


def _title(cell):
    return (
        " ".join(normalize("NFKC", cell).split())
        if isinstance(cell, str)
        else ""
        if cell == ""
        else str(cell)
    )


def _missing(names, needed):
    return [list(group) for group in needed if not set(group) & set(names)]


def _guides(sheet, header_row):
    """The rows right below the header that explain or give an example, and are no data."""
    guides = []
    for number, cells in islice((row for row in sheet if row[0] > header_row), ROWS_TO_SKIP):
        texts = [cell for cell in cells if cell != ""]
        marked = [cell for cell in texts if isinstance(cell, str) and _GUIDE.match(cell)]
        if not marked or not (texts[0] in marked or len(marked) * 2 >= len(texts)):
            break
        guides.append(number)
    return guides


def reason_titles():
    """What our column of reasons is called in each language: where a file has one, it is no data."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield normalize("NFKC", _(REASON))


def letter(index):
    """The letters of a column, from its zero-based place."""
    return address(0, index)[:-1]
