"""A streaming writer of xlsx: rows go in one at a time, bytes come out, memory stays flat."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import IntEnum
from typing import IO, cast
from zoneinfo import ZoneInfo

from django.conf import settings

from mcn.sheets.child.books import address
from mcn.sheets.child.formula import is_formula

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_767
BATCH = 500
EPOCH = dt.date(1899, 12, 30)

# Characters that XML cannot carry, and white space at an end, which needs a note to be kept.
_STARTS = ("=", "+", "-", "@")
_SPECIAL = re.compile(r"[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^\s|\s\Z")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Style(IntEnum):
    """The cell formats of the written workbook, in the order of styles.xml."""

    PLAIN = 0
    HEADER = 1
    DATE = 2
    MOMENT = 3
    MONEY = 4
    TEXT = 5
    FORMULA_LIKE = 6
    FAULT = 7
    REASON = 8


_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_PACKAGE}">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_BOOK_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{_PACKAGE}">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_BOOK = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>\
<sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{_MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>\
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font>\
<font><sz val="11"/><color rgb="FFB91C1C"/><name val="Calibri"/></font></fonts>\
<fills count="4"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFE5E7EB"/></patternFill></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFFEE2E2"/></patternFill></fill></fills>\
<borders count="1"><border/></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="9"><xf xfId="0"/>\
<xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1"/>\
<xf xfId="0" numFmtId="164" applyNumberFormat="1"/>\
<xf xfId="0" numFmtId="165" applyNumberFormat="1"/>\
<xf xfId="0" numFmtId="2" applyNumberFormat="1"/>\
<xf xfId="0" numFmtId="49" applyNumberFormat="1"/>\
<xf xfId="0" numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>\
<xf xfId="0" fillId="3" applyFill="1"/>\
<xf xfId="0" fontId="2" applyFont="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>\
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Sink:
    """Collects what the archive writes until it is sent on."""

    def __init__(self):
        self.parts = []

    def write(self, content):
        """Take what the archive gives."""
        self.parts.append(bytes(content))
        return len(content)

    def flush(self):
        """Nothing is held back."""

    def taken(self):
        """Give what was written since the last time."""
        content = b"".join(self.parts)
        self.parts.clear()
        return content


def stream(rows: Iterable[str], *, sheet="Sheet1", widths=(), frozen=1, filtered="") -> Iterator[bytes]:
    """Give the bytes of a workbook with one sheet made of ready rows (see `row`)."""
    sink = Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("xl/workbook.xml", _BOOK % escaped(sheet_name(sheet)).replace('"', "&quot;"))
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELATIONS)
        archive.writestr("xl/styles.xml", _STYLES)
        yield sink.taken()
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(_head(widths, frozen).encode())
            batch = []
            for ready in rows:
                batch.append(ready)
                if len(batch) >= BATCH:
                    part.write("".join(batch).encode())
                    batch.clear()
                    yield sink.taken()
            part.write(("".join(batch) + _tail(filtered)).encode())
    yield sink.taken()


def sheet_name(text):
    """A name that every program accepts for a sheet: 31 characters, without the forbidden ones."""
    return re.sub(r"[\[\]:*?/\\']", " ", str(text)).strip()[:31] or "Sheet1"


def row(number, cells, styles=None):
    """One row of the sheet's XML: numbers as numbers, everything else as text, never as a formula."""
    parts = [f'<row r="{number}">']
    for place, cell in enumerate(cells):
        if cell == "" or cell is None:
            if styles and styles.get(place):
                parts.append(f'<c r="{_letter(place)}{number}" s="{styles[place]}"/>')
            continue
        kind = type(cell)
        style = styles.get(place, 0) if styles else 0
        if kind is str:
            parts.append(_text(_letter(place), number, cell, style))
        else:
            parts.append(_value(_letter(place), number, cell, kind, style))
    parts.append("</row>")
    return "".join(parts)


def _text(letter, number, text, style):
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
    space = ""
    if _SPECIAL.search(text):
        text, space = escaped(text), ' xml:space="preserve"'
    if not style and text.startswith(_STARTS) and is_formula(text):
        style = Style.FORMULA_LIKE
    look = f' s="{style:d}"' if style else ""
    return f'<c r="{letter}{number}"{look} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def escaped(text):
    """Text that XML can carry; control characters that it cannot are dropped, carriage returns are coded."""
    text = _LOOKS_CODED.sub("_x005F_", text).replace("\r", "_x000D_")
    return _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _value(letter, number, cell, kind, style):
    if kind is bool:
        return f'<c r="{letter}{number}" s="{style:d}" t="b"><v>{cell:d}</v></c>'
    if kind is Decimal:
        return f'<c r="{letter}{number}" s="{style or Style.MONEY:d}"><v>{cell}</v></c>'
    if kind in {int, float}:
        look = f' s="{style:d}"' if style else ""
        return f'<c r="{letter}{number}"{look}><v>{cell!r}</v></c>'
    if isinstance(cell, dt.datetime):
        return f'<c r="{letter}{number}" s="{style or Style.MOMENT:d}"><v>{_serial(cell)}</v></c>'
    if isinstance(cell, dt.date):
        return f'<c r="{letter}{number}" s="{style or Style.DATE:d}"><v>{(cell - EPOCH).days}</v></c>'
    return _text(letter, number, str(cell) or " ", style)


def _serial(moment):
    if moment.tzinfo:
        moment = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return (moment.date() - EPOCH).days + seconds / 86_400


def _letters(count):
    return [address(0, place)[:-1] for place in range(count)]


LETTERS = _letters(600)


def _letter(place):
    return LETTERS[place]


def _head(widths, frozen):
    pane = (
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        if frozen
        else ""
    )
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1" style="{style:d}"/>'
        for place, (width, style) in enumerate(widths, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )


def _tail(filtered):
    filters = f'<autoFilter ref="{filtered}"/>' if filtered else ""
    # Barcodes are numbers kept as text on purpose: no green corner on each of them.
    quiet = '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
    return f"</sheetData>{filters}{quiet}</worksheet>"
