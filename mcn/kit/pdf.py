"""Chinese documents on A4: a title, facts, paragraphs, points, tables, a QR code, numbered pages.

::

    sheet = Sheet(card.title, number="M0001-0003 v2", at=at, qr=url)
    sheet.facts([("商家", merchant.name), ("价格", "29.90")])
    sheet.heading("卖点")
    sheet.points(["手工现做", "配料只有四样"])
    sheet.table([("宣传语", 3), ("证据", 2)], rows)
    response = HttpResponse(sheet.output(), content_type="application/pdf")
"""

from copy import copy

import qrcode
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap

from mcn.kit import clock
from mcn.kit.typesetting import font_of, pieces, points_of, readable
from mcn.unfold import PRODUCT_NAME

MARGIN, WIDTH, FOOT = 18, 210 - 2 * 18, 16
INK, MUTED, LINE, QUIET, SEAL = (26, 34, 43), (83, 92, 102), (205, 210, 216), (245, 247, 249), (200, 49, 34)
MILLIMETRES_PER_POINT = 25.4 / 72


class Sheet:
    """One document, written from top to bottom; pages and table heads follow by themselves."""

    def __init__(self, title, *, at, number="", qr="", size=10):
        self.size = size
        self.pdf = _Pages(printed=at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"))
        self.pdf.set_creation_date(at)
        self.pdf.set_title(str(title))
        self.pdf.add_page()
        self._top(readable(title), readable(number), str(qr))

    @property
    def pages(self):
        """How many pages it has so far."""
        return self.pdf.page_no()

    def heading(self, text):
        """The title of a part; it never stands alone at the foot of a page."""
        self._room(self.size * 4 * MILLIMETRES_PER_POINT)
        self.pdf.ln(self._line(0.5))
        self._lines(text, size=self.size * 1.25, style="B")
        self.pdf.ln(self._line(0.15))

    def paragraph(self, text, *, muted=False):
        """Running text; its own line breaks are kept."""
        self._lines(text, colour=MUTED if muted else INK)
        self.pdf.ln(self._line(0.3))

    def points(self, texts):
        """A list, each point with a dot before it."""
        indent = self.size * 1.5 * MILLIMETRES_PER_POINT
        for text in texts:
            self._room(self._line())
            self.pdf.draw("·", MARGIN, self.pdf.get_y(), self.size, "B", SEAL)
            self._lines(text, left=indent)
        self.pdf.ln(self._line(0.3))

    def facts(self, pairs):
        """Labels and values in two columns; an empty value is shown as a dash."""
        self.table([("", 1), ("", 4)], pairs, labels=True)

    def table(self, columns, rows, *, labels=False):
        """A table of (head, share of the width) columns; the heads come again on every page."""
        total = sum(share for _head, share in columns)
        widths = [WIDTH * share / total for _head, share in columns]
        heads = [head for head, _share in columns]
        if any(heads):
            self._row(heads, widths, bold=True)
        for row in rows:
            cells = [self._wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
            if self._room(self._height(cells)) and any(heads):
                self._row(heads, widths, bold=True)
            self._draw_row(cells, widths, labels=labels)
        self.pdf.ln(self._line(0.5))

    def output(self):
        """The finished document as bytes."""
        return bytes(self.pdf.output())

    def _top(self, title, number, link):
        beside = 30 if link else 0
        if link:
            self._qr(link, 210 - MARGIN - 26, MARGIN, 26)
        self._lines(number, size=self.size, colour=MUTED, right=beside)
        self._lines(title, size=self.size * 1.8, style="B", right=beside)
        if link:
            self.pdf.set_y(max(self.pdf.get_y(), MARGIN + 26))
        self.pdf.ln(self._line(0.3))
        self.pdf.set_draw_color(*SEAL)
        self.pdf.set_line_width(0.6)
        self.pdf.line(MARGIN, self.pdf.get_y(), 210 - MARGIN, self.pdf.get_y())
        self.pdf.ln(self._line(0.6))

    def _qr(self, link, left, top, side):
        code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(link)
        dots = code.get_matrix()
        dot = side / len(dots)
        self.pdf.set_fill_color(*INK)
        for row, line in enumerate(dots):
            for column, dark in enumerate(line):
                if dark:
                    # A hair wider than a dot, so that no white seam shows between two.
                    self.pdf.rect(left + column * dot, top + row * dot, dot + 0.02, dot + 0.02, style="F")

    def _line(self, lines=1.0):
        return self.size * 1.6 * MILLIMETRES_PER_POINT * lines

    def _room(self, height):
        """Turn the page where the height does not fit; say whether it turned."""
        turned = self.pdf.get_y() + height > 297 - MARGIN - FOOT / 2 and self.pdf.get_y() > MARGIN
        if turned:
            self.pdf.add_page()
        return turned

    def _lines(self, text, *, size=None, style="", colour=INK, left=0.0, right=0.0):
        size = size or self.size
        height = size * 1.6 * MILLIMETRES_PER_POINT
        for line in self.pdf.wrapped(readable(text), WIDTH - left - right, size, style):
            self._room(height)
            self.pdf.draw(line, MARGIN + left, self.pdf.get_y(), size, style, colour)
            self.pdf.ln(height)

    def _wrapped(self, value, width, style=""):
        text = "—" if value in (None, "") else readable(value)
        return self.pdf.wrapped(text, width - 4, self.size * 0.95, style)

    def _height(self, cells):
        return max(len(lines) for lines in cells) * self._line(0.95) + 2

    def _row(self, values, widths, *, bold=False):
        cells = [self._wrapped(value, width, "B") for value, width in zip(values, widths, strict=True)]
        self._room(self._height(cells) * 2)
        self._draw_row(cells, widths, bold=bold)

    def _draw_row(self, cells, widths, *, bold=False, labels=False):
        top, height, left = self.pdf.get_y(), self._height(cells), MARGIN
        self.pdf.set_fill_color(*QUIET)
        if bold or labels:
            self.pdf.rect(MARGIN, top, WIDTH if bold else widths[0], height, style="F")
        self.pdf.set_draw_color(*LINE)
        self.pdf.set_line_width(0.2)
        for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
            self.pdf.rect(left, top, width, height)
            colour = MUTED if labels and place == 0 else INK
            for number, line in enumerate(lines):
                y = top + 1 + number * self._line(0.95)
                self.pdf.draw(line, left + 2, y, self.size * 0.95, "B" if bold else "", colour)
            left += width
        self.pdf.set_y(top + height)


class _Pages(FPDF):
    """Pages with the product's fonts, a foot line, and line breaks as Chinese sets them."""

    def __init__(self, printed):
        super().__init__(format="A4")
        self.printed = printed
        self.character_widths = {}
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self._add("noto", "", "Regular")
        self._add("noto", "B", "Bold")
        self.rare = False

    def footer(self):
        """The product, when it was printed, and which page this is."""
        self.draw(f"{PRODUCT_NAME} · {self.printed}", MARGIN, 297 - FOOT, 8, "", MUTED)
        self.set_xy(MARGIN, 297 - FOOT)
        self.cell(WIDTH, 5, f"{self.page_no()} / {{nb}}", align="R")

    def draw(self, text, left, top, size, style, colour):
        """Put one line of text at a place, without moving on."""
        self._fonts_for(text)
        y = self.get_y()
        self.set_font("noto", style, size)
        self.set_text_color(*colour)
        self.set_xy(left, top)
        self.cell(0, size * 1.6 * MILLIMETRES_PER_POINT, text)
        self.set_xy(MARGIN, y)

    def wrapped(self, text, width, size, style):
        """The text in lines that fit the width."""
        self._fonts_for(text)
        self.set_font("noto", style, size)
        lines = []
        for paragraph in text.split("\n"):
            lines.append("")
            for piece in pieces(paragraph):
                if lines[-1] and self._width(lines[-1] + piece, size, style) > width:
                    lines.append("")
                lines[-1] += piece.lstrip() if not lines[-1] else piece
                while self._width(lines[-1], size, style) > width and len(lines[-1]) > 1:
                    lines[-1:] = self._cut(lines[-1], width, size, style)
        return [line.rstrip() for line in lines]

    def _cut(self, line, width, size, style):
        """A piece longer than a line, such as an address, cut where the line ends."""
        end = next(
            n for n in range(len(line), 0, -1) if n == 1 or self._width(line[:n], size, style) <= width
        )
        return [line[:end], line[end:]]

    def _width(self, text, size, style):
        return sum(self._character_width(character, style) for character in text) * size

    def _character_width(self, character, style):
        key = (character, style)
        if key not in self.character_widths:
            self.character_widths[key] = self.get_string_width(character) / self.font_size_pt
        return self.character_widths[key]

    def _fonts_for(self, text):
        """Load the font of the rare characters only for a text that has one: it is three times the size."""
        if not self.rare and any(ord(character) not in points_of("Regular") for character in text):
            self._add("rare", "", "Rare")
            self.set_fallback_fonts(["rare"], exact_match=False)
            self.rare = True

    def _add(self, family, style, name):
        """Add a font that was read once for all documents; each cuts its own file down to what it shows."""
        font = copy(font_of(family, style, name))
        font.i, font.missing_glyphs, font.subset = len(self.fonts) + 1, [], SubsetMap(font)
        font.ttfont = TTFont(font.ttffile, recalcTimestamp=False, lazy=True)
        self.fonts[font.fontkey] = font


def one_page(build, sizes=(10, 9, 8, 7)):
    """The sheet that ``build(size)`` makes, in the largest letters with which it stays on one page."""
    sheet = None
    for size in sizes:
        sheet = build(size)
        if sheet.pages == 1:
            break
    return sheet
