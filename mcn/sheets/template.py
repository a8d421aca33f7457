"""The template of a sheet: its header, a row that explains, a row of example, drop-downs, and a guide."""

import io
from decimal import Decimal

import xlsxwriter
from django.utils.translation import gettext as _

from mcn.sheets import xlsx
from mcn.sheets.columns import Column, Kind
from mcn.sheets.header import letter

LAST_ROW = 5_000
INLINE_CHOICES = 250


def template(sheet) -> bytes:
    """Give the workbook that a person fills in and uploads."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        _Template(book, sheet).write()
    return buffer.getvalue()


class _Template:
    def __init__(self, book, sheet):
        self.book = book
        self.columns = sheet.columns
        self.table = book.add_worksheet(xlsx.sheet_name(sheet.label))
        self.guide = book.add_worksheet(xlsx.sheet_name(_("How to fill it in")))
        self.lists = book.add_worksheet("_")
        self.lists.hide()
        self.needed = book.add_format({"bold": True, "bg_color": "#E5E7EB", "font_color": "#B91C1C"})
        self.optional = book.add_format({"bold": True, "bg_color": "#E5E7EB"})
        self.note = book.add_format(
            {"italic": True, "font_color": "#6B7280", "text_wrap": True, "valign": "top"}
        )
        self.formats = {
            Kind.CODE: book.add_format({"num_format": "@"}),
            Kind.TEXT: book.add_format({"num_format": "@"}),
            Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.PRICE: book.add_format({"num_format": "0.00"}),
        }

    def write(self):
        for place, column in enumerate(self.columns):
            self._column(place, column)
        self.table.freeze_panes(1, 0)
        self._guide()

    def _column(self, place, column):
        head = self.needed if column.required else self.optional
        self.table.set_column(place, place, column.width, self.formats.get(column.kind))
        self.table.write_string(0, place, str(column.label), head)
        self.table.write_string(1, place, self._explanation(column), self.note)
        self._example(place, column)
        self._check(place, column)

    def _explanation(self, column):
        word = _("Required") if column.required else _("Optional")
        return _("%(word)s: %(help)s") % {"word": word, "help": column.help} if column.help else word

    def _example(self, place, column):
        mark = _("Example: ") if place == 0 else ""
        self.table.write_string(2, place, f"{mark}{column.example}", self.note)

    def _check(self, place, column: Column):
        rule = self._rule(place, column)
        if rule:
            wrong = {"error_title": str(column.label), "error_message": _("Please see the second sheet.")}
            self.table.data_validation(3, place, LAST_ROW, place, {"ignore_blank": True} | wrong | rule)

    def _rule(self, place, column):
        if column.kind == Kind.CHOICE:
            return {"validate": "list", "source": self._choices(place, column)}
        if column.kind == Kind.YES_NO:
            return {"validate": "list", "source": [_("yes"), _("no")]}
        if column.kind == Kind.PRICE:
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        if column.kind == Kind.INTEGER:
            return {"validate": "integer", "criteria": ">=", "value": 0}
        return None

    def _choices(self, place, column):
        labels = [str(label) for _value, label in column.pairs()]
        if len(",".join(labels)) <= INLINE_CHOICES and not any("," in label for label in labels):
            return labels
        self.lists.write_column(0, place, labels)
        return f"=_!${letter(place)}$1:${letter(place)}${len(labels)}"

    def _guide(self):
        titles = [_("Column"), _("Required"), _("What to fill in"), _("Choices"), _("Example")]
        self.guide.write_row(0, 0, titles, self.optional)
        for number, column in enumerate(self.columns, 1):
            choices = "、".join(str(label) for _value, label in column.pairs())
            required = _("yes") if column.required else _("no")
            texts = [column.label, required, column.help, choices, column.example]
            for place, text in enumerate(texts):
                self.guide.write_string(number, place, _shown(text))
        for place, width in enumerate([20, 10, 60, 60, 24]):
            self.guide.set_column(place, place, width)


def _shown(value):
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)[: xlsx.MOST_CHARACTERS]
