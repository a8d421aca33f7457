"""A file is checked, confirmed and reconciled; a killed worker's work is taken up or was never there."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from mcn.agency.models import CalendarDay
from mcn.audit.models import Entry
from mcn.kit import records
from mcn.kit.refusal import Refused, WrongState
from mcn.sheets import actions, reading, runs, tasks
from mcn.sheets.models import ImportJob, Mapping
from tests.factories import AT
from tests.factories.sheets import WARY_DAYS, DaySheet, upload

pytestmark = pytest.mark.django_db
State = ImportJob.State
SPOOLS = settings.DATA_DIR / "spools"
DAYS = "日期,上班,备注,价格\n2026-01-01,否,元旦,1.10\n2026-01-02,否,元旦,2.20\n2026-01-04,是,调休,3.30\n"


def preview(content, **options):
    job = upload(content, **options)
    runs.preview(job, at=AT)
    return ImportJob.objects.get(pk=job.pk)


def confirmed(job, **options):
    actions.confirm(job, by=None, at=AT, **options)
    runs.carry_out(job, at=AT)
    return ImportJob.objects.get(pk=job.pk)


def counts(job):
    return (job.rows, job.created, job.updated, job.unchanged, job.refused)


def lines(job):
    return [line for page in job.pages.filter(run=job.run) for line in page.lines]


def test_a_preview_says_what_would_become_of_each_row_and_writes_nothing():
    records.save(CalendarDay(day=dt.date(2026, 1, 1), worked=False, note="元旦"), by=None, at=AT)
    records.save(CalendarDay(day=dt.date(2026, 1, 2), worked=True, note="元旦"), by=None, at=AT)
    job = preview(DAYS + "2026-02-30,是,,0.40\n")
    assert job.state == State.PREVIEWED
    assert counts(job) == (4, 1, 1, 1, 1)
    assert (job.price_sum, job.price_sum_refused, job.price_sum_taken) == (
        Decimal("7.00"),
        Decimal("0.40"),
        Decimal("6.60"),
    )
    assert [(number, outcome) for number, outcome, *_rest in lines(job)] == [
        (2, "unchanged"),
        (3, "updated"),
        (4, "created"),
        (5, "refused"),
    ]
    assert lines(job)[1][3] == {"上班": ["True", "False"]}
    assert lines(job)[3][4] == [{"column": "日期", "cell": "A5", "message": "没有这一天：“2026-02-30”。"}]
    assert CalendarDay.objects.count() == 2


def test_confirmed_it_is_in_the_data_with_the_trail_of_the_person(admin_user):
    job = preview(DAYS, by=admin_user)
    actions.confirm(job, by=admin_user, at=AT)
    runs.carry_out(job, at=AT)
    job.refresh_from_db()
    assert job.state == State.DONE
    assert counts(job) == (3, 3, 0, 0, 0)
    assert job.price_sum == Decimal("6.60")
    assert CalendarDay.objects.count() == 3
    assert Entry.objects.filter(model="agency.calendarday", by=admin_user).count() == 3


def test_the_same_file_confirmed_twice_changes_nothing():
    confirmed(preview(DAYS))
    entries = Entry.objects.filter(model="agency.calendarday").count()
    job = confirmed(preview(DAYS))
    assert counts(job) == (3, 0, 0, 3, 0)
    assert Entry.objects.filter(model="agency.calendarday").count() == entries


def test_the_good_rows_go_in_and_the_others_come_back_in_an_error_workbook():
    job = confirmed(preview(DAYS + "昨天,是,,1\n"))
    assert counts(job) == (4, 3, 0, 0, 1)
    sheet = openpyxl.load_workbook(job.faults.open()).active
    assert sheet["E1"].value == "失败原因"
    assert [sheet.cell(row, 5).value for row in (2, 3, 4)] == [None, None, None]
    assert sheet["E5"].value == "A5 日期：“昨天”不是日期，请写成 2026-01-31 的格式。"


def test_all_or_nothing_is_not_offered_while_rows_are_refused():
    job = preview(DAYS + "昨天,是,,1\n")
    with pytest.raises(Refused):
        actions.confirm(job, by=None, at=AT, all_or_nothing=True)
    assert confirmed(preview(DAYS), all_or_nothing=True).created == 3


def test_what_only_the_write_refuses_is_refused_alone_and_the_rest_is_written(settings):
    settings.MCN_SHEETS = [WARY_DAYS]
    days = "日期,备注,价格\n2026-01-01,元旦,1\n2026-01-02,不可,2\n,不可续,\n2026-01-04,调休,3\n"
    job = confirmed(preview(days, sheet="wary-days"))
    assert (job.state, counts(job)) == (State.DONE, (4, 2, 0, 0, 2))
    assert [row.note for row in CalendarDay.objects.order_by("day")] == ["元旦", "调休"]
    assert lines(job)[1][4][0]["message"] == "不可：不能写入。"


def test_all_or_nothing_is_nothing_when_a_row_turns_bad_meanwhile(monkeypatch):
    job = preview(DAYS)
    plan = DaySheet.plan

    def refusing(self, rows, run):
        run.refuse(rows[-1], "note", "不行")
        return plan(self, rows, run)

    monkeypatch.setattr(DaySheet, "plan", refusing)
    job = confirmed(job, all_or_nothing=True)
    assert job.state == State.FAILED
    assert job.reason == "有 2 行现在无法导入，因此全部未导入。"
    assert counts(job) == (0, 0, 0, 0, 0)
    assert not CalendarDay.objects.exists()


def test_the_second_row_of_the_same_day_is_refused():
    job = preview(DAYS + "2026/1/1,是,,\n")
    assert counts(job) == (4, 3, 0, 0, 1)
    assert lines(job)[3][4][0]["message"] == "与本文件第 2 行重复。"


def test_a_row_that_continues_a_refused_one_is_refused():
    job = preview("日期,备注\n昨天,a\n,b\n2026-01-01,c\n,d\n")
    assert [outcome for _number, outcome, *_rest in lines(job)] == [
        "refused",
        "refused",
        "created",
        "unchanged",
    ]
    assert lines(job)[1][4][0]["message"] == "所属的第 2 行未通过。"


def test_an_object_that_the_one_write_would_refuse_is_refused_in_the_preview():
    job = preview(f"日期,备注\n2026-01-01,{'长' * 101}\n")
    assert counts(job) == (1, 0, 0, 0, 1)
    assert lines(job)[0][4][0]["cell"] == "B2"


def test_what_the_write_refuses_is_refused_by_row_and_the_rest_goes_in():
    long = "长" * 101
    job = confirmed(preview(f"日期,备注\n2026-01-01,元旦\n2026-01-02,{long}\n2026-01-03,元旦\n昨天,x\n"))
    assert counts(job) == (4, 2, 0, 0, 2)
    assert [len(line[4]) for line in lines(job)] == [0, 1, 0, 1]
    assert CalendarDay.objects.count() == 2


def test_columns_that_are_missing_are_asked_for_and_the_answer_is_remembered():
    job = preview("时间,备注\n2026-01-01,元旦\n")
    assert job.state == State.UNMATCHED
    assert job.titles == ["时间", "备注"]
    actions.match(job, ["day", "note"], by=None, at=AT)
    runs.preview(job, at=AT)
    job.refresh_from_db()
    assert (job.state, counts(job)) == (State.PREVIEWED, (1, 1, 0, 0, 0))
    assert Mapping.objects.get().names == ["day", "note"]
    assert preview("时间,备注\n2026-01-02,元旦\n").state == State.PREVIEWED


def test_a_price_in_another_currency_is_asked_about():
    job = preview("日期,备注,价格(USD)\n2026-01-01,元旦,5\n")
    assert job.state == State.UNMATCHED
    assert "USD" in job.warnings[0]
    actions.match(job, job.names, by=None, at=AT, remember=False)
    runs.preview(job, at=AT)
    job.refresh_from_db()
    assert (job.state, job.price_sum) == (State.PREVIEWED, 5)


def test_barcodes_in_the_column_of_prices_are_summed_and_what_is_too_large_is_refused():
    barcodes = "".join(f"2026-01-{day:02},元旦,6901234567892\n" for day in range(1, 31))
    job = preview(f"日期,备注,价格\n{barcodes}2026-02-01,元旦,{'9' * 40}\n")
    assert (job.state, job.rows, job.price_sum) == (State.PREVIEWED, 31, 30 * 6901234567892)


def test_a_column_matched_twice_is_refused():
    job = preview("时间,备注\n2026-01-01,元旦\n")
    with pytest.raises(ValidationError, match="日期"):
        actions.match(job, ["day", "day"], by=None, at=AT)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 not a table", "这不是电子表格，请上传 .xlsx、.xls、.ods 或 .csv 文件。"),
        (b"1\n2\n", "未找到表头行，至少需要这些列：日期; 上班 / 备注。"),
        ("日期,备注\n".encode(), "工作表“csv”只有表头，下面没有数据。"),
    ],
)
def test_a_file_that_is_refused_whole_says_why(content, reason):
    job = preview(content)
    assert (job.state, job.reason) == (State.FAILED, reason)


def test_a_file_that_is_gone_or_changed_is_refused(settings, tmp_path):
    job = upload(DAYS)
    job.file.storage.delete(job.file.name)
    runs.preview(job, at=AT)
    assert ImportJob.objects.get(pk=job.pk).reason == "文件已不存在，请重新上传。"


@pytest.mark.parametrize("state", [state for state in State if state != State.PREVIEWED])
def test_only_a_checked_import_is_confirmed(state):
    job = upload(DAYS)
    job.state = state
    records.save(job, by=None, at=AT, verb="test")
    with pytest.raises(WrongState):
        actions.confirm(job, by=None, at=AT)


def test_a_cancelled_import_writes_nothing_more():
    job = preview(DAYS)
    actions.cancel(job, by=None, at=AT)
    with pytest.raises(WrongState):
        actions.confirm(job, by=None, at=AT)
    runs.carry_out(job, at=AT)
    assert not CalendarDay.objects.exists()


class Killed(BaseException):
    """The worker ends here, as by SIGKILL: nothing of its own runs any more."""


def killed_after(monkeypatch, chunks):
    """Let the worker die when it writes the chunk after so many."""
    written = []
    write = DaySheet.write

    def dying(self, plans, run):
        if len(written) == chunks:
            raise Killed
        written.append(plans)
        write(self, plans, run)

    monkeypatch.setattr(DaySheet, "write", dying)
    return lambda: monkeypatch.setattr(DaySheet, "write", write)


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_taken_up_where_it_was_and_still_reconciles(monkeypatch):
    job = preview(DAYS)
    actions.confirm(job, by=None, at=AT)
    revive = killed_after(monkeypatch, chunks=1)
    with pytest.raises(Killed):
        runs.carry_out(job, at=AT)
    job.refresh_from_db()
    assert (job.state, job.reached_row, counts(job)) == (State.CONFIRMING, 3, (2, 2, 0, 0, 0))
    revive()
    tasks.resume()
    assert ImportJob.objects.get(pk=job.pk).state == State.CONFIRMING, (
        "who has just been heard of is left alone"
    )
    cache.clear()
    tasks.resume()
    job.refresh_from_db()
    assert (job.state, counts(job), job.price_sum) == (State.DONE, (3, 3, 0, 0, 0), Decimal("6.60"))
    assert [line[0] for line in lines(job)] == [2, 3, 4]
    assert CalendarDay.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_of_all_or_nothing_leaves_nothing_and_is_done_again(monkeypatch):
    job = preview(DAYS)
    actions.confirm(job, by=None, at=AT, all_or_nothing=True)
    revive = killed_after(monkeypatch, chunks=1)
    with pytest.raises(Killed):
        runs.carry_out(job, at=AT)
    assert not CalendarDay.objects.exists()
    revive()
    cache.clear()
    tasks.resume()
    job.refresh_from_db()
    assert (job.state, counts(job)) == (State.DONE, (3, 3, 0, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_work_that_breaks_off_again_and_again_is_given_up(monkeypatch):
    job = preview(DAYS)
    actions.confirm(job, by=None, at=AT)
    killed_after(monkeypatch, chunks=0)
    for _attempt in range(runs.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            runs.carry_out(job, at=AT)
        cache.clear()
    tasks.resume()
    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, "处理此文件时已中断 3 次。")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_overtaken_stops(monkeypatch):
    job = preview(DAYS)
    actions.confirm(job, by=None, at=AT)
    write = DaySheet.write

    def overtaken(self, plans, run):
        write(self, plans, run)
        if not overtaken.done:
            overtaken.done = True
            cache.clear()
            runs.carry_out(ImportJob.objects.get(pk=job.pk), at=AT)

    overtaken.done = False
    monkeypatch.setattr(runs.Pass, "chunks", _with_overtaking(runs.Pass.chunks, job))
    runs.carry_out(job, at=AT)
    job.refresh_from_db()
    assert (job.state, counts(job)) == (State.DONE, (3, 3, 0, 0, 0))
    assert CalendarDay.objects.count() == 3


def _with_overtaking(chunks, job):
    """Between its first and second chunk, another worker takes the job and finishes it."""
    calls = []

    def walked(self, after=0):
        calls.append(after)
        first = len(calls) == 1
        for number, rows in enumerate(chunks(self, after)):
            if first and number == 1:
                cache.clear()
                runs.carry_out(ImportJob.objects.get(pk=job.pk), at=AT)
            yield rows

    return walked


def test_the_parsed_rows_are_kept_until_the_import_is_done(monkeypatch):
    job = preview(DAYS)
    monkeypatch.setattr(reading, "read", lambda *args: pytest.fail("the file was parsed again"))
    job = confirmed(job)
    assert counts(job) == (3, 3, 0, 0, 0)
    assert not (SPOOLS / f"{job.pk}-{job.sha256}").exists()


def test_without_them_the_file_is_parsed_again():
    job = preview(DAYS)
    runs.forget_spools(at=timezone.now() + dt.timedelta(hours=23))
    assert (SPOOLS / f"{job.pk}-{job.sha256}").exists()
    runs.forget_spools(at=timezone.now() + dt.timedelta(hours=25))
    assert not list(SPOOLS.glob("*"))
    assert counts(confirmed(job)) == (3, 3, 0, 0, 0)


def test_progress_is_told_while_a_pass_walks(monkeypatch):
    told = []
    monkeypatch.setattr(runs, "_tell", lambda job, tally, source: told.append(tally.rows))
    preview(DAYS)
    assert told == [2, 3]
