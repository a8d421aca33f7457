"""What a show came to: by hand, by spreadsheet, and whether it can be true."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import Workbook

from mcn.sheets import straight
from streamers.actions import show_metrics as metrics_actions
from streamers.models import ItemMetrics, Show, ShowMetrics
from streamers.resources.show_metrics import ItemMetricsSheet, ShowMetricsSheet
from streamers.rules.show_metrics import METRICS
from tests.factories import DAY
from tests.factories.accounts import StaffFactory
from tests.factories.on_air import (
    NEXT_DAY,
    ItemMetricsFactory,
    LiveShowFactory,
    ShowMetricsFactory,
    after,
)
from tests.factories.shows import ShowFactory

LATER = after(days=2)


def found(show):
    return [str(finding.message) for finding in METRICS.inspect(show, on=DAY).findings]


@pytest.mark.clause("DB4401 5.6.3.9", "LSMS 6.3")
@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ({}, None),
        ({"peak": 60_000}, "最高在线人数"),
        ({"clicks": 50_000}, "商品点击数"),
        ({"orders": 7_000, "units": 7_000, "clicks": 6_500, "amount": Decimal(900_000)}, "订单数"),
        ({"returned_units": 61}, "退货件数"),
        ({"returned_amount": Decimal("1500.01")}, "退款金额"),
        ({"amount": Decimal(0), "returned_amount": None}, "有销量"),
        ({"clicks": 25_000}, "60 %"),
        ({"returned_units": 40}, "60 %"),
    ],
)
def test_figures_that_cannot_be_true_are_told(counted, said):
    messages = found(ShowMetricsFactory(**counted).show)

    assert (messages == []) if said is None else (said in messages[0]), messages


def test_a_count_that_falls_is_told():
    first = ShowMetricsFactory()
    ShowMetricsFactory(show=first.show, day=NEXT_DAY + datetime.timedelta(days=1), viewers=40_000)

    assert found(first.show) == ["观看人数由 52000 降到 40000"]


def test_a_product_sold_dearer_or_more_often_than_offered_is_told():
    offer = ItemMetricsFactory(units=60, amount=Decimal(60)).item.offers.get()
    assert found(offer.item.show) == []
    dear = ItemMetricsFactory(units=10, orders=9, amount=Decimal(99_990))
    many = ItemMetricsFactory(units=101, orders=90, amount=Decimal(101))

    assert "高于直播价" in found(dear.item.show)[0]
    assert "只提供了 100 件" in found(many.item.show)[0]


def test_products_do_not_come_to_more_than_their_show():
    part = ItemMetricsFactory(amount=Decimal("1200.00"))
    ShowMetricsFactory(show=part.item.show, units=59, orders=45, amount=Decimal("1300.00"))

    assert len(found(part.item.show)) == 1


def test_many_shows_are_judged_in_as_many_queries_as_one(django_assert_max_num_queries):
    ShowMetricsFactory()
    with django_assert_max_num_queries(10) as one:
        METRICS.inspect_many(Show.objects.all(), on=DAY)
    for _number in range(3):
        ItemMetricsFactory()
    with django_assert_max_num_queries(len(one)):
        METRICS.inspect_many(Show.objects.all(), on=DAY)


@pytest.mark.parametrize("day", [DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=30)])
def test_figures_before_the_show_or_of_a_day_to_come_are_refused(day):
    made = ShowMetrics(show=LiveShowFactory(ended_at=after(hours=2)), day=day, viewers=1)
    with pytest.raises(ValidationError):
        metrics_actions.add(made, by=None, at=LATER)


def test_a_show_that_was_not_on_air_has_no_figures():
    with pytest.raises(ValidationError):
        metrics_actions.add(ShowMetrics(show=ShowFactory(), day=DAY, viewers=1), by=None, at=LATER)


def bring(sheet, tmp_path, head, *rows):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    path = tmp_path / "rows.xlsx"
    book.save(path)
    return straight.import_now(sheet, path, by=StaffFactory(role="operator"), at=LATER)


def test_figures_come_in_by_spreadsheet_and_go_out_as_they_came(tmp_path):
    show = LiveShowFactory(ended_at=after(hours=2))
    head = ["场次编号", "统计日期", "观看人数", "成交金额"]
    first = bring(ShowMetricsSheet(), tmp_path, head, [show.code, NEXT_DAY, 52_000, "1500.00"])
    again = bring(ShowMetricsSheet(), tmp_path, head, [show.code, NEXT_DAY, 52_001, None])

    made = ShowMetrics.objects.get()
    assert (first.tally.created, again.tally.updated) == (1, 1), first.errors
    assert (made.viewers, made.amount, made.source) == (52_001, Decimal("1500.00"), "sheet")
    sheet = ShowMetricsSheet()
    lines = list(sheet.lines(sheet.export_queryset(None, {})))
    back = bring(sheet, tmp_path, [str(column.label) for column in sheet.export_columns()], *lines)
    assert back.tally.unchanged == 1, back.errors


def test_products_are_found_by_their_number(tmp_path):
    show = LiveShowFactory(items=2, ended_at=after(hours=2))
    product, other = (item.product for item in show.items.all())
    head = ["场次编号", "商品编号", "统计日期", "销量"]
    good = [show.code, product.code, NEXT_DAY, 3]
    full = [show.code, f"{other.merchant.code}/{other.code}", NEXT_DAY, 4]
    report = bring(ItemMetricsSheet(), tmp_path, head, good, full, [show.code, "P-none", NEXT_DAY, 1])

    assert (report.tally.created, report.tally.refused) == (2, 1), report.errors
    assert set(ItemMetrics.objects.values_list("units", flat=True)) == {3, 4}


def test_the_page_draws_the_charts_and_tells_what_is_odd():
    part = ItemMetricsFactory()
    made = ShowMetricsFactory(show=part.item.show, peak=60_000)
    client = Client()
    client.force_login(StaffFactory(role="operator"))

    page = client.get(f"/admin/streamers/showmetrics/{made.pk}/change/").content.decode()

    assert page.count("data-chart") == 3
    assert "最高在线人数（60000）大于观看人数（52000）" in page
    assert client.get("/admin/streamers/itemmetrics/").status_code == 200
