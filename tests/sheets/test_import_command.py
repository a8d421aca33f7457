"""The commands: one JSON report that reconciles, exit 2 with one line for a file that is refused whole."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from mcn.agency.models import CalendarDay
from mcn.audit.models import Entry
from mcn.sheets.management.base import ExportCommand, ImportCommand
from mcn.sheets.models import ImportJob
from tests.sheets.test_import_runs import DAYS

pytestmark = pytest.mark.django_db


class ImportDays(ImportCommand):
    sheet_name = "days"
    scope_option = "merchant"


class ExportDays(ExportCommand):
    sheet_name = "days"


@pytest.fixture
def days(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text(DAYS + "昨天,是,,0.40\n")
    return path


def report(path, *options):
    out = io.StringIO()
    call_command(ImportDays(), str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_a_rehearsal_says_what_would_happen_and_leaves_no_trace(days):
    said = report(days, "--dry-run")
    assert said == {
        "rows": 4,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "price_sum": 7.0,
        "price_sum_refused": 0.4,
        "errors": [
            {
                "row": 5,
                "column": "日期",
                "cell": "A5",
                "message": "“昨天”不是日期，请写成 2026-01-31 的格式。",
            }
        ],
        "warnings": [],
    }
    assert not CalendarDay.objects.exists()
    assert not ImportJob.objects.exists()
    assert not Entry.objects.exists()


def test_an_import_says_the_same_and_does_it_and_again_changes_nothing(days):
    rehearsed = report(days, "--dry-run")
    assert report(days) == rehearsed
    assert CalendarDay.objects.count() == 3
    again = report(days)
    assert (again["rows"], again["unchanged"], again["refused"]) == (4, 3, 1)


def test_without_json_a_person_reads_the_reconciliation(days):
    out = io.StringIO()
    call_command(ImportDays(), str(days), stdout=out)
    assert out.getvalue().splitlines() == [
        "4 行 = 新增 3 + 更新 0 + 无变化 0 + 未通过 1；价格合计 ¥7.00",
        "5 日期 “昨天”不是日期，请写成 2026-01-31 的格式。",
    ]


def test_prices_in_another_currency_are_taken_with_a_warning(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text("日期,备注,price (USD)\n2026-01-01,元旦,5\n")
    said = report(path)
    assert (said["created"], said["price_sum"]) == (1, 5.0)
    assert "USD" in said["warnings"][0]
    assert report(path, "--dry-run")["warnings"] == said["warnings"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7", "这不是电子表格"),
        ("备注\n元旦\n".encode(), "日期"),
        ("日期,备注\n".encode(), "只有表头"),
        (b"", "文件"),
        (None, "文件已不存在"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_file_refused_whole_ends_with_2_and_one_line(content, reason, options, tmp_path):
    path = tmp_path / "days.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=reason) as caught:
        call_command(ImportDays(), str(path), *options)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_place_that_does_not_exist_is_refused(days, options):
    with pytest.raises(CommandError, match="没有这个导入位置"):
        call_command(ImportDays(), str(days), "--merchant", "M9999", *options)


def test_all_or_nothing_writes_nothing_while_a_row_is_refused(days):
    with pytest.raises(CommandError):
        call_command(ImportDays(), str(days), "--all-or-nothing")
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_comes_in_again_without_a_change(days, kind, tmp_path):
    report(days)
    target = tmp_path / f"out.{kind}"
    call_command(ExportDays(), "--out", str(target), stdout=io.StringIO())
    said = report(target)
    assert (said["rows"], said["unchanged"], said["errors"]) == (3, 3, [])


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(CommandError, match="xlsx"):
        call_command(ExportDays(), "--out", str(tmp_path / "out.pdf"))
