"""The error workbook: the sheet as it was sent, wrong cells marked, the reasons in a column of their own.

Every row stands where it stood. The rows that were taken are there too: sent again they change nothing, and
the rows that continue a product keep the product above them.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from mcn.sheets import xlsx
from mcn.sheets.header import REASON, Header, letter, reason_titles


def error_workbook(sheet, header: Header, problems: Any) -> Iterator[bytes]:
    """Stream the workbook; `problems` maps a row's number to what is wrong with it."""
    titles = list(header.titles)
    known = set(reason_titles())
    place = next(
        (place for place, title in enumerate(titles) if title in known), max(sheet.columns, len(titles))
    )
    last = f"A{header.row}:{letter(place)}{sheet.last}"
    rows = _rows(sheet, header, problems, place)
    widths = [(16, xlsx.Style.PLAIN)] * place + [(48, xlsx.Style.PLAIN)]
    return xlsx.stream(rows, sheet=header.sheet, widths=widths, frozen=header.row, filtered=last)


def _rows(sheet, header, problems, place):
    for number, cells in sheet:
        wrong = problems.get(number, [])
        line = [cell for cell, _width in zip_longest(cells, range(place), fillvalue="")][:place]
        rest = cells[place + 1 :]
        styles = {}
        if number == header.row:
            styles = dict.fromkeys(range(place + 1), xlsx.Style.HEADER)
            line.append(_(REASON))
        else:
            styles = {_place(problem.cell): xlsx.Style.FAULT for problem in wrong}
            styles[place] = xlsx.Style.REASON
            line.append("\n".join(_sentence(problem) for problem in wrong))
        yield xlsx.row(number, line + rest, styles)


def _sentence(problem):
    if not problem.column:
        return problem.message
    return _("%(cell)s %(column)s: %(message)s") % problem.as_dict()


def _place(cell):
    place = 0
    for character in cell.rstrip("0123456789"):
        place = place * 26 + ord(character) - 64
    return place - 1
