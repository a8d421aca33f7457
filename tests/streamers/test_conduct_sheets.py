"""Violations and figures by spreadsheet: in, out, and in again without a change."""

import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from mcn.sheets import straight
from streamers.models import StreamerFigures, Violation
from streamers.resources.figures import FigureSheet
from streamers.resources.violation import ViolationSheet
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import (
    PlatformFactory,
    StreamerFiguresFactory,
    ViolationCodeFactory,
    ViolationFactory,
)
from tests.factories.streamers import StreamerFactory

FIGURES = ["主播编码", "平台", "数据日期", "粉丝数", "近30天成交额（元）", "内容导向"]
VIOLATIONS = ["主播编码", "条款", "发生时间", "违规情况", "严重程度", "扣分"]


def bring(sheet, tmp_path, head, *rows, by=None):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    path = tmp_path / "rows.xlsx"
    book.save(path)
    return straight.import_now(sheet, path, by=by, at=AT)


def back(sheet, tmp_path):
    """The export, brought in again."""
    lines = list(sheet.lines(sheet.export_queryset(None, {})))
    return bring(sheet, tmp_path, [str(column.label) for column in sheet.export_columns()], *lines)


@pytest.fixture
def ground():
    return StreamerFactory(), PlatformFactory(code="douyin"), ViolationCodeFactory()


def test_figures_come_in_by_code_or_name_of_the_platform(tmp_path, ground):
    streamer, _platform, _code = ground
    rows = [
        [streamer.code, "抖音", "2026-02-27", 120_000, "1860000.50", 86],
        [streamer.code.lower(), "douyin", datetime.date(2026, 2, 28), 121_000, None, None],
    ]
    report = bring(FigureSheet(), tmp_path, FIGURES, *rows, by=StaffFactory(role="streamer_manager"))

    first, second = StreamerFigures.objects.order_by("day")
    assert report.tally.created == 2, report.errors
    assert (first.sales, first.source, second.followers, second.sales) == (
        Decimal("1860000.50"),
        "sheet",
        121_000,
        None,
    )


def test_an_empty_cell_leaves_the_figure_alone(tmp_path):
    figures = StreamerFiguresFactory()
    row = [figures.streamer.code, "抖音", figures.day, 7, None, None]

    report = bring(FigureSheet(), tmp_path, FIGURES, row)

    figures.refresh_from_db()
    assert report.tally.updated == 1
    assert (figures.followers, figures.sales) == (7, Decimal("2000000.00"))


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "S9999", "主播编码"),
        (1, "某平台", "平台"),
        (2, "2026-03-17", "数据日期"),
        (2, "不是日期", "数据日期"),
        (3, -1, "粉丝数"),
        (4, "很多", "近30天成交额(元)"),
    ],
)
def test_a_wrong_line_of_figures_is_refused_by_its_column(tmp_path, ground, place, value, column):
    good = [ground[0].code, "抖音", "2026-02-28", 1, "2.00", 3]

    report = bring(FigureSheet(), tmp_path, FIGURES, [*good[:place], value, *good[place + 1 :]])

    assert [error["column"] for error in report.errors] == [column]
    assert not StreamerFigures.objects.exists()


def test_exported_figures_come_in_again_without_a_change(tmp_path):
    StreamerFiguresFactory()
    StreamerFiguresFactory(sales=None, orientation=None, followers=0)

    report = back(FigureSheet(), tmp_path)

    assert (report.tally.unchanged, report.tally.refused) == (2, 0), report.errors


def test_many_figures_are_planned_in_few_queries(tmp_path, django_assert_max_num_queries):
    PlatformFactory(code="douyin")
    streamers = [StreamerFactory() for _ in range(6)]
    rows = [[row.code, "抖音", "2026-02-28", 1, "2.00", 3] for row in streamers]
    with django_assert_max_num_queries(200) as one:
        bring(FigureSheet(), tmp_path, FIGURES, [streamers[0].code, "抖音", "2026-02-01", 1, "2.00", 3])
    with django_assert_max_num_queries(200) as six:
        report = bring(FigureSheet(), tmp_path, FIGURES, *rows)

    assert report.tally.created == 6
    assert len(six) <= len(one) + 2


def test_a_violation_is_reported_with_the_tariff_of_its_day(tmp_path, ground):
    by = StaffFactory(role="compliance")
    row = [ground[0].code, "DB4401 5.2.3.3 d", "2026-03-15 20:15:30", "口播称“七天见效”，无依据", "", None]

    report = bring(ViolationSheet(), tmp_path, VIOLATIONS, row, by=by)
    again = bring(ViolationSheet(), tmp_path, VIOLATIONS, row, by=by)

    violation = Violation.objects.get()
    assert (report.tally.created, again.tally.unchanged) == (1, 1), report.errors
    assert (violation.points, violation.state, violation.reported_by) == (6, "reported", by)
    assert violation.happened_on == datetime.date(2026, 3, 15)


def test_a_report_changes_until_it_is_decided(tmp_path):
    reported = ViolationFactory(happened_at=AT.replace(hour=9, minute=30))
    confirmed = ViolationFactory(confirmed=True, happened_at=AT.replace(hour=9, minute=31))
    rows = [
        [row.streamer.code, row.code.clause, f"2026-03-16 {hour}", "另一种说法", "一般", 3]
        for row, hour in [(reported, "09:30"), (confirmed, "09:31:00")]
    ]

    report = bring(ViolationSheet(), tmp_path, VIOLATIONS, *rows)

    reported.refresh_from_db()
    assert (report.tally.updated, report.tally.refused) == (1, 1)
    assert (reported.points, reported.severity) == (3, "ordinary")


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "S9999", "主播编码"),
        (1, "DB4401 9.9", "条款"),
        (2, "2026-03-17 00:00", "发生时间"),
        (2, "昨晚", "发生时间"),
        (3, "", "违规情况"),
        (4, "吓人", "严重程度"),
    ],
)
def test_a_wrong_report_is_refused_by_its_column(tmp_path, ground, place, value, column):
    good = [ground[0].code, "DB4401 5.2.3.3 d", "2026-03-15 20:15:30", "口播称“七天见效”", "严重", 6]

    report = bring(ViolationSheet(), tmp_path, VIOLATIONS, [*good[:place], value, *good[place + 1 :]])

    assert [error["column"] for error in report.errors] == [column]
    assert not Violation.objects.exists()


def test_a_colleagues_report_is_not_rewritten_by_a_sheet(tmp_path):
    violation = ViolationFactory(
        happened_at=AT.replace(hour=9, minute=30), reported_by=StaffFactory(role="operator")
    )
    row = [violation.streamer.code, violation.code.clause, "2026-03-16 09:30", "另一种说法", "一般", 3]

    report = bring(ViolationSheet(), tmp_path, VIOLATIONS, row, by=StaffFactory(role="compliance"))

    assert (report.tally.updated, report.tally.refused) == (0, 1)


def test_exported_violations_come_in_again_without_a_change(tmp_path):
    ViolationFactory(
        happened_at=AT.replace(microsecond=123_456), place="抖音 官方直播间", recording_second=723
    )
    ViolationFactory(confirmed=True, description="第一行\r\n第二行：“全网最低”")
    ViolationFactory(state="dismissed", points=0)

    report = back(ViolationSheet(), tmp_path)

    assert (report.tally.unchanged, report.tally.refused) == (3, 0), report.errors
