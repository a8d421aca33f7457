"""Invoices by spreadsheet: out to the tax system, and back with the numbers that it gave."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import invoice as invoices
from aftersales.filters.promise import InvoiceFilter
from aftersales.models import Invoice
from aftersales.resources.owned import READ_ONLY, SettlingSheet
from mcn.kit.clock import to_the_second
from mcn.kit.identity import compact, normalise
from mcn.kit.privacy import mask
from mcn.sheets.columns import Column, Kind


def title_of(invoice):
    """Whom it is made out to: a company's name stands in a public register, a person's is masked."""
    return invoice.title if invoice.buyer == Invoice.Buyer.COMPANY else mask(invoice.title)


COLUMNS = [
    Column(
        "code",
        gettext_lazy("request number"),
        Kind.CODE,
        ("开票申请号", "申请编号", "流水号", "发票流水号", "request number"),
        help=gettext_lazy("As exported; where it is left out, the order number tells which request it is."),
        example="F000001",
    ),
    Column(
        "order",
        gettext_lazy("order number"),
        Kind.CODE,
        ("订单号", "订单编号", "备注", "order number"),
        example="6920260316000001",
        extract=lambda row: row.order.number,
        width=24,
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        help=READ_ONLY,
        extract=lambda row: row.order.merchant.code,
    ),
    Column(
        "kind",
        pgettext_lazy("invoice", "kind"),
        Kind.CHOICE,
        ("发票类型", "票种", "kind"),
        choices=Invoice.Kind.choices,
        help=READ_ONLY,
    ),
    Column(
        "title",
        gettext_lazy("made out to"),
        synonyms=("发票抬头", "购方名称", "购买方名称", "抬头", "title"),
        help=gettext_lazy("Only for reading; a person's name goes out masked."),
        private=True,
        extract=title_of,
        width=30,
    ),
    Column(
        "tax_number",
        gettext_lazy("taxpayer's number"),
        Kind.CODE,
        ("税号", "纳税人识别号", "购方税号", "购买方识别号", "tax number"),
        help=READ_ONLY,
        width=22,
    ),
    Column(
        "amount",
        gettext_lazy("amount"),
        Kind.PRICE,
        ("价税合计", "开票金额", "金额", "amount"),
        help=gettext_lazy("A row whose amount is another than the one asked for is refused."),
        example="39.90",
    ),
    Column(
        "due_at",
        gettext_lazy("to be issued by"),
        help=READ_ONLY,
        extract=lambda row: to_the_second(row.due_at),
        width=20,
    ),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        ("状态", "开票状态", "state"),
        choices=Invoice.State.choices,
        help=READ_ONLY,
    ),
    Column(
        "number",
        gettext_lazy("invoice number"),
        Kind.CODE,
        ("发票号码", "数电票号码", "数电发票号码", "发票号", "invoice number"),
        help=gettext_lazy("The number that the tax system gave; with it the invoice is issued."),
        example="26442000000000000001",
        width=24,
    ),
    Column(
        "issued_on",
        gettext_lazy("issued on"),
        Kind.DATE,
        ("开票日期", "开票时间", "issued on"),
        example="2026-03-17",
    ),
]


class InvoiceSheet(SettlingSheet):
    """One row for each request for an invoice; numbers and days that come back issue those that wait."""

    name = "invoices"
    label = gettext_lazy("invoices")
    model = Invoice
    columns = COLUMNS
    needed = [["code", "order"], ["number"], ["issued_on"]]
    title = ["code", "order"]
    price = "amount"
    imports = ["issue"]
    waits = Invoice.State.REQUESTED
    settle = invoices.issue
    brings = ["number", "issued_on"]
    filters = InvoiceFilter

    def identity(self, row, run):
        return compact(row.get("code")) or normalise(row.get("order")) or None

    def known(self, rows, run):
        """By the number of the request; by the order's, where one platform alone has it."""
        live = self.seen_by(run.by, self.rows_of(run)).filter(state__in=Invoice.LIVE)
        numbers = {normalise(row.get("order")) for row in rows if not row.get("code")} - {""}
        found = {}
        for invoice in live.filter(order__number__in=numbers) if numbers else []:
            number = invoice.order.number
            found[number] = None if number in found else invoice
        return found | super().known(rows, run)

    def judge(self, found, row, run):
        super().judge(found, row, run)
        day = row.get("issued_on")
        if isinstance(day, datetime.date) and day > run.on:
            run.refuse(row, "issued_on", _("This lies in the future."))

    def seen_by(self, user, queryset):
        """With what the cells show, in the same query."""
        return queryset.select_related("order__merchant")
