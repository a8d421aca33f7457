"""Broken promises by spreadsheet: out to who compensates, and back with how it was done."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import promise as promises
from aftersales.filters.promise import BreachFilter
from aftersales.models import Breach
from aftersales.resources.owned import READ_ONLY, SettlingSheet
from mcn.kit.clock import to_the_second
from mcn.sheets.columns import Column, Kind

COLUMNS = [
    Column(
        "code",
        gettext_lazy("breach number"),
        Kind.CODE,
        ("违约单号", "赔付单号", "breach number"),
        required=True,
        example="B000001",
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        help=READ_ONLY,
        extract=lambda row: row.promise.merchant.code,
    ),
    Column(
        "promise",
        gettext_lazy("kind of promise"),
        help=READ_ONLY,
        extract=lambda row: row.promise.kind.name,
        width=20,
    ),
    Column(
        "order",
        gettext_lazy("order number"),
        Kind.CODE,
        help=READ_ONLY,
        extract=lambda row: row.order.number if row.order else "",
        width=24,
    ),
    Column(
        "source",
        pgettext_lazy("breach", "told by"),
        Kind.CHOICE,
        choices=Breach.Source.choices,
        help=READ_ONLY,
    ),
    Column("text", pgettext_lazy("breach", "what happened"), help=READ_ONLY, width=30),
    Column("serious", gettext_lazy("serious"), Kind.YES_NO, help=READ_ONLY),
    Column("state", gettext_lazy("state"), Kind.CHOICE, choices=Breach.State.choices, help=READ_ONLY),
    Column(
        "amount",
        gettext_lazy("compensation (yuan)"),
        Kind.PRICE,
        ("赔付金额", "金额", "amount"),
        help=gettext_lazy("A row whose amount is another than the one owed is refused."),
        example="5.00",
    ),
    Column(
        "due_at",
        gettext_lazy("to be compensated by"),
        help=READ_ONLY,
        extract=lambda row: to_the_second(row.due_at),
        width=20,
    ),
    Column(
        "reference",
        gettext_lazy("how it was compensated"),
        Kind.CODE,
        ("赔付流水号", "退款流水号", "流水号", "reference"),
        help=gettext_lazy("The number of the payment, or what was sent by which parcel."),
        example="4200002026031700002",
        width=24,
    ),
]


class BreachSheet(SettlingSheet):
    """One row for each broken promise; what was paid settles those that wait."""

    name = "breaches"
    label = gettext_lazy("broken promises")
    model = Breach
    columns = COLUMNS
    needed = [["code"], ["reference"]]
    title = ["code", "order"]
    price = "amount"
    imports = ["compensate"]
    waits = Breach.State.CONFIRMED
    settle = promises.compensate
    brings = ["reference"]
    filters = BreachFilter

    def seen_by(self, user, queryset):
        """With what the cells show, in the same query."""
        return queryset.select_related("promise__merchant", "promise__kind", "order")
