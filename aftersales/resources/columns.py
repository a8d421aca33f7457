"""The columns of order exports, by the words of the platforms, and what their cells mean.

Every platform calls the same things otherwise; what it calls them is a synonym here, and what no synonym
knows is matched once by hand and remembered for files with the same titles.
"""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.models import Order, TrackingEvent
from mcn.kit.identity import normalise
from mcn.sheets import values
from mcn.sheets.columns import Column, Kind, known_words
from mcn.sheets.values import CellError

State = Order.State
# What platforms call the states of an order; what begins so means it.
STATES = {
    "待发货": State.PAID, "已付款": State.PAID, "备货中": State.PAID, "待配货": State.PAID,
    "等待卖家发货": State.PAID, "买家已付款": State.PAID, "部分发货": State.PAID, "待揽收": State.PAID,
    "已发货": State.SHIPPED, "待收货": State.SHIPPED, "卖家已发货": State.SHIPPED, "运输中": State.SHIPPED,
    "等待买家确认": State.SHIPPED, "派送中": State.SHIPPED, "等待确认收货": State.SHIPPED,
    "已收货": State.RECEIVED, "已签收": State.RECEIVED, "已完成": State.RECEIVED, "交易成功": State.RECEIVED,
    "完成": State.RECEIVED, "已评价": State.RECEIVED,
    "已关闭": State.CLOSED, "已取消": State.CLOSED, "交易关闭": State.CLOSED, "退款成功": State.CLOSED,
    "已退款": State.CLOSED, "售后完成": State.CLOSED,
}  # fmt: skip
UNPAID = ("待付款", "未付款", "待支付", "等待买家付款", "等待付款", "未支付")
# What carriers call the steps of a parcel; the first that a text holds decides.
STEPS = {
    "破损": TrackingEvent.Kind.DAMAGED,
    "退回": TrackingEvent.Kind.RETURNED,
    "退件": TrackingEvent.Kind.RETURNED,
    "拒收": TrackingEvent.Kind.PROBLEM,
    "异常": TrackingEvent.Kind.PROBLEM,
    "疑难": TrackingEvent.Kind.PROBLEM,
    "签收": TrackingEvent.Kind.RECEIVED,
    "派送": TrackingEvent.Kind.DELIVERING,
    "派件": TrackingEvent.Kind.DELIVERING,
    "揽收": TrackingEvent.Kind.SHIPPED,
    "揽件": TrackingEvent.Kind.SHIPPED,
}


def state(cell):
    """The state of an order, in our words or in a platform's."""
    word = normalise(cell)
    if word in known_states():
        return known_states()[word]
    if word.startswith(UNPAID):
        raise CellError(_("Not paid yet: it comes in once it is paid."))
    found = next((meant for said, meant in STATES.items() if word.startswith(said)), None)
    if found is None:
        raise CellError(_("“%(value)s” is no state of an order that we know.") % {"value": word[:40]})
    return found.value


@cache
def known_states():
    """Our own words for the states, in every language."""
    return known_words(State.choices)


def step(cell):
    """What a carrier's word means; whatever it does not single out is a parcel on its way."""
    word = normalise(cell)
    if word in TrackingEvent.Kind.values:
        return word
    found = next((meant for said, meant in STEPS.items() if said in word), TrackingEvent.Kind.MOVING)
    return found.value


def _private(name, label, synonyms, kind=Kind.TEXT, **options):
    """A column about the buyer: no message quotes it, and it goes out masked."""
    return Column(name, label, kind, synonyms, private=True, **options)


NUMBER = Column(
    "number",
    gettext_lazy("order number"),
    Kind.CODE,
    ("主订单编号", "主订单号", "订单编号", "订单号", "订单ID", "order number", "order id"),
    required=True,
    example="6920260316000001",
    width=24,
)
CARRIER = Column(
    "carrier",
    gettext_lazy("carrier"),
    synonyms=("快递公司", "物流公司", "承运商", "配送公司", "发货物流公司", "carrier"),
    example="顺丰速运",
)
WAYBILL = Column(
    "waybill",
    gettext_lazy("waybill number"),
    Kind.CODE,
    ("快递单号", "运单号", "物流单号", "运单编号", "发货物流单号", "waybill"),
    example="SF1234567890123",
    width=20,
)
SHIPPED_AT = Column(
    "shipped_at",
    gettext_lazy("shipped at"),
    synonyms=("发货时间", "订单发货时间", "卖家发货时间", "shipped at"),
    parse=values.moment_or_day,
    width=20,
)
ORDER = [
    NUMBER,
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        synonyms=("商家代码", "商家", "商家名称", "店铺名称", "店铺", "merchant"),
        help=gettext_lazy("Code or name; only where the file holds orders of several merchants."),
        example="M0001",
    ),
    Column(
        "show",
        gettext_lazy("show number"),
        Kind.CODE,
        ("场次编号", "直播场次", "场次", "show"),
        help=gettext_lazy("Left out, it is found by goods, platform and time of payment."),
    ),
    Column(
        "state",
        pgettext_lazy("order", "state of the order"),
        synonyms=("订单状态", "交易状态", "状态", "state", "status"),
        parse=state,
        example="待发货",
    ),
    Column(
        "paid_at",
        gettext_lazy("paid at"),
        synonyms=(
            "付款时间", "支付时间", "支付完成时间", "订单付款时间", "订单支付时间", "买家付款时间",
            "成交时间", "paid at",
        ),
        parse=values.moment_or_day,
        required=True,
        example="2026-03-16 20:30:00",
        width=20,
    ),
    Column(
        "promised_on",
        gettext_lazy("promised to ship by"),
        Kind.DATE,
        ("承诺发货时间", "承诺发货日期", "最晚发货时间", "预计发货时间", "发货截止时间", "promised"),
    ),
    SHIPPED_AT,
    Column(
        "received_at",
        pgettext_lazy("order", "received at"),
        synonyms=("收货时间", "签收时间", "确认收货时间", "订单完成时间", "完成时间", "交易成功时间"),
        parse=values.moment_or_day,
        width=20,
    ),
]  # fmt: skip
BUYER = [
    _private(
        "buyer_name",
        gettext_lazy("buyer's name"),
        ("收件人", "收货人", "收货人姓名", "收件人姓名", "买家姓名", "buyer"),
    ),
    _private(
        "buyer_phone",
        gettext_lazy("buyer's phone"),
        ("收件人手机号", "收货人手机号", "联系手机", "手机", "手机号", "收件人电话", "收货人电话", "phone"),
        Kind.CODE,
    ),
    _private(
        "buyer_address",
        gettext_lazy("delivery address"),
        ("收货地址", "详细地址", "收件地址", "收货人地址", "address"),
        width=30,
    ),
]
GOODS = [
    Column(
        "line",
        gettext_lazy("line number"),
        Kind.CODE,
        ("子订单编号", "子订单号", "商品单号", "line"),
        help=gettext_lazy("Left out, a line is known by its SKU code, or else by the goods in words."),
        width=24,
    ),
    Column(
        "sku_code",
        gettext_lazy("merchant's SKU code"),
        Kind.CODE,
        ("商家编码", "商家SKU编码", "SKU编码", "规格编码", "商家规格编码", "外部编码", "货号", "sku"),
    ),
    Column(
        "title",
        gettext_lazy("goods"),
        synonyms=("商品", "商品名称", "选购商品", "商品标题", "宝贝标题", "宝贝名称", "商品名", "title"),
        required=True,
        example="岭南手工鸡蛋卷",
        width=30,
    ),
    Column(
        "spec",
        gettext_lazy("specification"),
        synonyms=("商品规格", "规格", "商品属性", "SKU名称", "规格名称", "spec"),
    ),
    Column(
        "quantity",
        gettext_lazy("quantity"),
        Kind.INTEGER,
        ("商品数量", "数量", "宝贝数量", "购买数量", "商品件数", "quantity"),
        example=1,
    ),
    Column(
        "price",
        gettext_lazy("unit price"),
        Kind.PRICE,
        ("商品单价", "单价", "商品价格", "价格", "price"),
    ),
    Column(
        "paid",
        gettext_lazy("paid for it"),
        Kind.PRICE,
        (
            "实付金额", "实付款", "订单应付金额", "商家实收金额", "买家实付", "买家实际支付金额", "实收金额",
            "支付金额", "paid",
        ),
        example="39.90",
    ),
]  # fmt: skip
ORDER_COLUMNS = [*ORDER, *BUYER, *GOODS, CARRIER, WAYBILL]
