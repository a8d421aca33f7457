"""Price claims by spreadsheet: out to who pays, and back with the numbers of the payments."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import price_claim as price_claims
from aftersales.filters.promise import PriceClaimFilter
from aftersales.models import PriceClaim
from aftersales.resources.owned import READ_ONLY, SettlingSheet
from mcn.kit.clock import to_the_second
from mcn.sheets.columns import Column, Kind

COLUMNS = [
    Column(
        "code",
        gettext_lazy("claim number"),
        Kind.CODE,
        ("价保单号", "价保申请号", "申请单号", "claim number"),
        required=True,
        example="P000001",
    ),
    Column(
        "order",
        gettext_lazy("order number"),
        Kind.CODE,
        help=READ_ONLY,
        extract=lambda row: row.line.order.number,
        width=24,
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        help=READ_ONLY,
        extract=lambda row: row.line.order.merchant.code,
    ),
    Column("goods", gettext_lazy("goods"), help=READ_ONLY, extract=lambda row: row.line.title, width=30),
    Column(
        "applied_at",
        gettext_lazy("applied at"),
        help=READ_ONLY,
        extract=lambda row: to_the_second(row.applied_at),
        width=20,
    ),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        choices=PriceClaim.State.choices,
        help=READ_ONLY,
    ),
    Column(
        "reason",
        pgettext_lazy("price claim", "outcome"),
        Kind.CHOICE,
        choices=PriceClaim.Reason.choices,
        help=READ_ONLY,
        width=24,
    ),
    Column("unit_paid", gettext_lazy("paid per piece"), Kind.PRICE, help=READ_ONLY),
    Column("lowest", gettext_lazy("lowest price since"), Kind.PRICE, help=READ_ONLY),
    Column(
        "amount",
        gettext_lazy("difference owed"),
        Kind.PRICE,
        ("退差金额", "退款金额", "金额", "amount"),
        help=gettext_lazy("A row whose amount is another than the one owed is refused."),
        example="10.00",
    ),
    Column(
        "due_at",
        gettext_lazy("to be paid by"),
        help=READ_ONLY,
        extract=lambda row: to_the_second(row.due_at),
        width=20,
    ),
    Column(
        "reference",
        gettext_lazy("payment reference"),
        Kind.CODE,
        ("退款流水号", "退款单号", "支付流水号", "流水号", "reference"),
        help=gettext_lazy("The number of the refund by which the money went back the way it came."),
        example="4200002026031700001",
        width=24,
    ),
]


class PriceClaimSheet(SettlingSheet):
    """One row for each claim; the payments that come back settle those that wait."""

    name = "price_claims"
    label = gettext_lazy("price claims")
    model = PriceClaim
    columns = COLUMNS
    needed = [["code"], ["reference"]]
    title = ["code", "order"]
    price = "amount"
    imports = ["pay"]
    waits = PriceClaim.State.GRANTED
    settle = price_claims.pay
    brings = ["reference"]
    filters = PriceClaimFilter

    def seen_by(self, user, queryset):
        """With what the cells show, in the same query."""
        return queryset.select_related("line__order__merchant")
