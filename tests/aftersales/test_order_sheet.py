"""Orders in and out by the platforms' own spreadsheets."""

import datetime

import pytest
from openpyxl import Workbook

from aftersales.models import Order, OrderLine, Parcel
from aftersales.resources.order import OrderSheet
from mcn.kit.clock import SHANGHAI
from mcn.sheets import straight
from tests.factories import AT
from tests.factories.conduct import PlatformFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory

DOUYIN = [
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商家编码", "商品数量", "商品单价", "订单应付金额",
    "收件人", "收件人手机号", "详细地址", "订单状态", "支付完成时间", "承诺发货时间", "发货时间",
    "快递公司", "快递单号",
]  # fmt: skip
LATER = AT + datetime.timedelta(days=9)


def row(number="6920260316000001\t", line="1", **cells):
    given = {
        "主订单编号": number, "子订单编号": line, "选购商品": "岭南手工鸡蛋卷", "商品规格": "454克/罐",
        "商家编码": "", "商品数量": 2, "商品单价": 39.9, "订单应付金额": "￥75.80", "收件人": "林小满",
        "收件人手机号": "13800138000", "详细地址": "佛山市测试路1号", "订单状态": "待发货",
        "支付完成时间": "2026/03/16 20:30", "承诺发货时间": "", "发货时间": "",
        "快递公司": "", "快递单号": "",
    }  # fmt: skip
    return [(given | cells)[title] for title in DOUYIN]


@pytest.fixture
def merchant():
    PlatformFactory(code="douyin")
    return MerchantFactory()


@pytest.fixture
def bring(merchant, tmp_path):
    def bring(*rows, titles=DOUYIN, at=LATER, rehearse=False):
        book = Workbook()
        for cells in [titles, *rows]:
            book.active.append(cells)
        path = tmp_path / "orders.xlsx"
        book.save(path)
        way = straight.rehearse if rehearse else straight.import_now
        return way(OrderSheet(), path, by=None, at=at, scope=f"douyin/{merchant.code}")

    return bring


def test_an_export_becomes_orders_with_lines_and_a_deadline(bring, merchant):
    report = bring(
        row(), row(line="2", 商品规格="227克/罐"), row("6920260316000002", 承诺发货时间="2026-03-17 23:59:59")
    )

    first, second = Order.objects.order_by("number")
    assert (report.tally.created, report.tally.refused, str(report.tally.price_sum)) == (3, 0, "227.40")
    assert (str(first.amount), first.lines.count(), first.state) == ("151.60", 2, "paid")
    assert first.paid_at == datetime.datetime(2026, 3, 16, 20, 30, tzinfo=SHANGHAI)
    assert (first.ship_by_basis, f"{first.ship_by.astimezone(SHANGHAI):%m-%d %H:%M}") == (
        "rule",
        "03-20 00:00",
    )
    assert (second.ship_by_basis, f"{second.ship_by.astimezone(SHANGHAI):%m-%d %H:%M}") == (
        "promise",
        "03-18 00:00",
    )
    assert (first.buyer_phone, first.merchant) == ("13800138000", merchant)


def test_the_same_file_again_changes_nothing(bring):
    bring(row(), row(line="2"))
    again = bring(row(), row(line="2"))

    assert (again.tally.unchanged, OrderLine.objects.count()) == (2, 2)


def test_a_later_export_moves_an_order_on_and_an_older_one_does_not_move_it_back(bring):
    shipped = {
        "订单状态": "已发货",
        "发货时间": "2026-03-18 09:00:00",
        "快递公司": "中通快递",
        "快递单号": "78001",
    }
    bring(row())
    report = bring(row(**shipped))

    order = Order.objects.get()
    assert (report.tally.updated, order.state, order.parcels.get().number) == (1, "shipped", "78001")
    assert bring(row()).tally.unchanged == 1
    assert Order.objects.get().state == "shipped"
    assert Parcel.objects.count() == 1


def test_a_masked_buyer_does_not_cover_a_known_one(bring):
    bring(row())
    bring(row(收件人="林**", 收件人手机号="138****8000", 详细地址="佛山市****"))

    assert Order.objects.get().buyer_phone == "13800138000"


def test_lines_are_tied_to_the_catalogue_by_the_merchants_code(bring, merchant):
    sku = ProductFactory(merchant=merchant).skus.first()
    bring(row(商家编码=sku.code))

    line = OrderLine.objects.get()
    assert (line.sku, line.product_id) == (sku, sku.product_id)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"订单状态": "待付款"}, "还没有付款"),
        ({"订单状态": "飞走了"}, "飞走了"),
        ({"订单状态": "已发货"}, "请注明时间"),
        ({"商品数量": 0}, "不能小于"),
        ({"支付完成时间": "昨天"}, "昨天"),
        ({"快递单号": "78001"}, "请注明时间"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_with_its_reason(bring, cells, said):
    report = bring(row(**cells), rehearse=True)

    assert report.tally.refused == 1
    assert said in " ".join(error["message"] for error in report.errors), report.errors


def test_a_line_that_stands_twice_in_a_file_is_refused(bring):
    assert bring(row(), row(), rehearse=True).tally.refused == 1


def test_a_bad_cell_of_a_buyer_is_not_quoted(bring):
    report = bring(row(收件人手机号="1" * 60), rehearse=True)

    assert report.tally.refused == 1
    assert "1" * 60 not in str(report.errors)


def test_the_export_masks_buyers_and_comes_in_again_unchanged(bring, tmp_path):
    bring(row())
    sheet = OrderSheet()
    titles = [str(column.label) for column in sheet.export_columns()]
    [cells] = sheet.lines(sheet.export_queryset(None, {}))

    assert "13800138000" not in cells
    assert bring(cells, titles=titles).tally.unchanged == 1
