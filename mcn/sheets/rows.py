"""From spooled cells to rows of values, each with its problems, ready for a sheet to plan."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice, zip_longest

from django.utils.translation import gettext as _

from mcn.sheets import values
from mcn.sheets.child.books import address
from mcn.sheets.columns import unit_of
from mcn.sheets.header import letter, reason_titles
from mcn.sheets.values import CellError

# So many rows are understood at a time.
BLOCK = 500
# Kinds of cells of which two are never equal.
UNLIKE = {str, float, dt.date, dt.datetime}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: the column's title, the cell's address and the reason in the user's language."""

    column: str
    cell: str
    message: str

    def as_dict(self):
        return {"column": self.column, "cell": self.cell, "message": self.message}


class Row:
    """One row of data: its number in the sheet, its values, what else it holds, what is wrong.

    `keys` is the sheet's own to keep: what `identity` found out about the row, for `plan`.
    """

    __slots__ = ("_above", "amount", "extra", "keys", "number", "problems", "values")

    def __init__(self, number):
        self.number = number
        self.values = {}
        self.extra = {}
        self.problems = []
        self._above = None
        self.amount = None
        self.keys = None

    @property
    def leader(self):
        """The first row of what it is about, mostly itself: which it does not hold, and so goes when done."""
        return self._above or self

    @leader.setter
    def leader(self, row):
        self._above = row

    @property
    def continues(self):
        """Whether the row goes on about the one above it (a further SKU of the same product)."""
        return self._above is not None

    def get(self, name, default=None):
        return self.values.get(name, default)


class RowReader:
    """Turns the cells of one sheet into rows, by a header and its mapping."""

    def __init__(self, columns, header, *, leading=(), price="", from_1904=False):
        self.by_name = {column.name: column for column in columns}
        self.header = header
        self.skipped = frozenset(header.skipped)
        self.places = {name: place for place, name in enumerate(header.names) if name}
        self.blanks = {name: self.by_name[name].blank for name in self.places}
        self.parsers = [self._parser(name, place, from_1904) for name, place in self.places.items()]
        self.required = [name for name in self.places if self.by_name[name].required]
        spoken = set(reason_titles())
        self.others = [
            (place, header.titles[place] or letter(place))
            for place, name in enumerate(header.names)
            if not name and header.titles[place] not in spoken
        ]
        self.leading = [self.places[name] for name in leading if name in self.places]
        self.price = price
        self.price_place = self.places.get(price)
        self.price_parser = self._price_parser(price)

    def _parser(self, name, place, from_1904):
        parse = self.by_name[name].parser(unit_of(self.header.titles[place]), from_1904)
        return place, name, parse

    def _price_parser(self, price):
        """The price's parser without its limit of two decimals: refused rows count in the sum too."""
        if self.price_place is None:
            return None
        column = self.by_name[price]
        parse = column.parser(unit_of(self.header.titles[self.price_place]))
        return values.amount if parse is values.price else parse

    def rows(self, sheet):
        """Give every row of data below the header, guides left out."""
        below = (line for line in sheet if line[0] > self.header.row and line[0] not in self.skipped)
        above = None
        while lines := list(islice(below, BLOCK)):
            for row, (_number, cells) in zip(self._rows(lines), lines, strict=True):
                if above is not None and self._continues(cells):
                    row.leader = above.leader
                self._require(row)
                above = row
                yield row

    def _rows(self, lines):
        """The rows of a block of lines: understood column by column, for most columns say the same often."""
        width = len(self.header.titles)
        rows = [Row(number) for number, _cells in lines]
        columns = [*islice(zip_longest(*[cells for _number, cells in lines], fillvalue=""), width)]
        columns += [("",) * len(lines)] * (width - len(columns))
        taken = [self._understood(rows, columns[place], *parser) for place, *parser in self.parsers]
        for row, given in zip(rows, zip(*taken, strict=True), strict=bool(taken)):
            row.values = dict(zip(self.places, given, strict=True))
        for row, (_number, cells) in zip(rows, lines, strict=True):
            self._keep_others(row, cells, width)
        if self.price_place is not None:
            for row, cell in zip(rows, columns[self.price_place], strict=True):
                row.amount = self._amount(row, cell)
        return rows

    def _understood(self, rows, cells, name, parse):
        """The values of a column; each distinct cell is parsed once, and every row of a wrong one is told."""
        if parse is values.text and {*map(type, cells)} == {str}:
            return [*map(str.strip, cells)]
        # True, 1 and 1.0 are equal but do not read the same.
        keys = cells if {*map(type, cells)} <= UNLIKE else [*zip(map(type, cells), cells, strict=True)]
        known, wrong = {}, {}
        for key, cell in dict(zip(keys, cells, strict=True)).items():
            known[key] = blank = self.blanks[name]
            try:
                value = blank if cell == "" else parse(cell)
            except CellError as error:
                wrong[key] = str(error)
                continue
            known[key] = blank if value == "" else value
        if wrong:
            column, place = self.by_name[name], self.places[name]
            for row, key in zip(rows, keys, strict=True):
                if key in wrong:
                    row.problems.append(self._problem(row.number, place, column, wrong[key]))
        return [known[key] for key in keys]

    def _keep_others(self, row, cells, width):
        held = len(cells)
        for place, title in self.others:
            if place < held and cells[place] != "":
                row.extra[title] = _as_json(cells[place])
        for place in range(width, held):
            if cells[place] != "":
                row.extra[letter(place)] = _as_json(cells[place])

    def _amount(self, row, cell):
        """What a row adds to the sum: its price, and a refused one with all the decimals it has."""
        if cell == "":
            return None
        if (price := row.values[self.price]) is not None:
            return price
        try:
            return self.price_parser(cell)
        except CellError:
            return None

    def _continues(self, cells):
        for place in self.leading:
            cell = cells[place] if place < len(cells) else ""
            if type(cell) is not str or not (cell == "" or cell.isspace()):
                return False
        return bool(self.leading)

    def _require(self, row):
        for name in self.required:
            if row.values[name] not in ("", None):
                continue
            place = self.places[name]
            if row.continues and place in self.leading:
                continue
            if any(problem.cell == address(row.number - 1, place) for problem in row.problems):
                continue
            column = self.by_name[name]
            message = _("“%(column)s” is needed.") % {"column": column.label}
            row.problems.append(self._problem(row.number, place, column, message))

    def _problem(self, number, place, column, message):
        if column.private:
            message = _("“%(column)s” cannot be understood.") % {"column": column.label}
        return Problem(self.header.titles[place], address(number - 1, place), message)

    def problem(self, row, name, message):
        """A problem of one column of a row, with the cell's address when the file has that column."""
        place = self.places.get(name)
        if place is None:
            label = self.by_name[name].label if name in self.by_name else ""
            return Problem(str(label), address(row.number - 1, 0), str(message))
        return Problem(self.header.titles[place], address(row.number - 1, place), str(message))


def groups(rows):
    """Keep a row and the ones that continue it together."""
    group = []
    for row in rows:
        if group and not row.continues:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def chunks(rows, size):
    """Give lists of about `size` rows, never cutting between a row and the ones that continue it."""
    chunk = []
    for group in groups(rows):
        if chunk and len(chunk) + len(group) > size:
            yield chunk
            chunk = []
        chunk += group
    if chunk:
        yield chunk


def _as_json(cell):
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < values.LARGEST_EXACT:
        return int(cell)
    return cell if isinstance(cell, (bool, int, float)) else values.text(cell)
