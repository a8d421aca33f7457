"""A sheet speaks to django-import-export: data sets in and out, its formats made safe."""

import datetime as dt

import pytest
import tablib
from import_export.results import RowResult

from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.kit.refusal import Refused
from mcn.sheets.reading import Unreadable
from mcn.sheets.resources import FORMATS, SafeCSV, SafeXLSX, SheetResource
from tests.factories import AT
from tests.factories.sheets import DaySheet
from tests.sheets import books

pytestmark = pytest.mark.django_db
ROWS = [("2026-01-01", "否", "元旦"), ("2026-01-04", "是", "-5℃"), ("昨天", "是", "")]


@pytest.fixture
def resource():
    return SheetResource(DaySheet(), by=None, at=AT)


def dataset(rows=ROWS):
    return tablib.Dataset(*rows, headers=["日期", "上班", "备注"])


def test_a_rehearsal_tells_each_row_and_writes_nothing(resource):
    result = resource.import_data(dataset(), dry_run=True)
    new, invalid = RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_INVALID
    assert [row.import_type for row in result.rows] == [new, new, invalid]
    assert (result.totals["new"], result.totals["invalid"], result.total_rows) == (2, 1, 3)
    assert result.invalid_rows[0].number == 4
    assert "昨天" in str(result.invalid_rows[0].error)
    assert not CalendarDay.objects.exists()


def test_an_import_writes_the_good_rows_and_again_skips_them(resource):
    resource.import_data(dataset())
    assert CalendarDay.objects.count() == 2
    assert resource.import_data(dataset()).totals["skip"] == 2


def test_a_caller_who_wants_errors_raised_gets_them_and_nothing_is_hidden(resource):
    with pytest.raises(Refused, match="昨天"):
        resource.import_data(dataset(), dry_run=True, raise_errors=True)


def test_with_errors_raised_nothing_is_written(resource):
    with pytest.raises(Refused):
        resource.import_data(dataset(), raise_errors=True)
    assert not CalendarDay.objects.exists()


def test_an_export_is_a_data_set_that_comes_in_again_unchanged(resource):
    resource.import_data(dataset())
    exported = resource.export()
    assert exported.headers == ["日期", "上班", "备注"]
    assert exported[0] == (dt.date(2026, 1, 1), "否", "元旦")
    assert resource.import_data(exported).totals["skip"] == 2
    assert len(resource.export(queryset=CalendarDay.objects.filter(worked=True))) == 1


@pytest.mark.parametrize("kind", [SafeXLSX, SafeCSV])
def test_a_format_gives_back_what_it_was_given(kind):
    rows = [("=1+1", "是"), ("+维生素C", "否")]
    content = kind().export_data(tablib.Dataset(*rows, headers=["备注", "上班"]))
    back = kind().create_dataset(content)
    assert (back.headers, list(back)) == (["备注", "上班"], rows)


@pytest.mark.parametrize("make", [books.xlsx, books.xls, books.ods, books.text])
def test_every_format_reads_in_the_child_process(make, tmp_path):
    content = make(tmp_path / "upload").read_bytes()
    for kind in FORMATS:
        assert kind().create_dataset(content).headers == books.HEADER


def test_a_hostile_file_is_refused_by_the_formats_too(tmp_path):
    content = books.one_far_cell(tmp_path / "upload.xlsx", 5, 16_383).read_bytes()
    with pytest.raises(Unreadable):
        SafeXLSX().create_dataset(content)


def test_a_changed_day_is_told_as_an_update(resource):
    records.save(CalendarDay(day=dt.date(2026, 1, 1), worked=True, note="元旦"), by=None, at=AT)
    result = resource.import_data(dataset(ROWS[:1]), dry_run=True)
    assert [row.import_type for row in result.rows] == [RowResult.IMPORT_TYPE_UPDATE]
