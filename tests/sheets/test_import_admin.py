"""The admin's pages of an import: upload, match, confirm, result, files, exports; strangers learn nothing."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.sheets.columns import Column
from mcn.sheets.models import ImportJob
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.sheets import DaySheet, upload
from tests.sheets.test_import_runs import DAYS, preview

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/sheets/importjob/add/"


@pytest.fixture
def staff(client):
    """An administrator, signed in."""
    user = StaffFactory(role="administrator")
    client.force_login(user)
    return user


def send(client, content, name="days.csv", **given):
    """Upload through the page, as a browser does, with the worker at once."""
    file = SimpleUploadedFile(name, content.encode())
    return client.post(UPLOAD, {"sheet": "days", "file": file, **given}, follow=True)


def page(job):
    return f"/admin/sheets/importjob/{job.pk}/change/"


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks):
    """Hand work on when the request has ended, though the test's transaction never commits."""
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        yield callbacks


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_from_upload_to_result(client, staff):
    answer = send(client, DAYS + "昨天,是,,1\n")
    job = ImportJob.objects.get()
    assert answer.redirect_chain == [(page(job), 302)]
    assert job.state == job.State.PREVIEWED
    text = client.get(page(job)).content.decode()
    assert "对账：4 行 = 新增 3 + 更新 0 + 无变化 0 + 未通过 1。" in text
    assert "确认导入：新增 3 行，更新 0 行" in text
    assert not CalendarDay.objects.exists()
    client.post(reverse("admin:sheets_importjob_confirm", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.created, job.confirmed_by) == (job.State.DONE, 3, staff)
    text = client.get(page(job)).content.decode()
    assert reverse("admin:sheets_importjob_faults", args=[job.pk]) in text
    assert "昨天" in text


@pytest.mark.django_db(transaction=True)
def test_columns_are_matched_on_the_page(client, staff):
    send(client, "时间,备注\n2026-01-01,元旦\n")
    job = ImportJob.objects.get()
    assert job.state == job.State.UNMATCHED
    assert "匹配列" in client.get(page(job)).content.decode()
    given = {"column_0": "day", "column_1": "note", "remember": "on"}
    client.post(reverse("admin:sheets_importjob_match", args=[job.pk]), given)
    job.refresh_from_db()
    assert (job.state, job.created) == (job.State.PREVIEWED, 1)


@pytest.mark.django_db(transaction=True)
def test_a_refused_step_is_told_and_changes_nothing(client, staff):
    send(client, "时间,备注\n2026-01-01,元旦\n")
    job = ImportJob.objects.get()
    answer = client.post(
        reverse("admin:sheets_importjob_match", args=[job.pk]),
        {"column_0": "day", "column_1": "day"},
        follow=True,
    )
    assert "重复匹配：日期" in answer.content.decode()
    assert ImportJob.objects.get().state == job.State.UNMATCHED


@pytest.mark.parametrize(("given", "said"), [({"file": ""}, "file"), ({"sheet": "nonsense"}, "sheet")])
def test_an_upload_without_what_it_needs_is_refused(client, staff, given, said):
    answer = client.post(UPLOAD, {"sheet": "days", "file": SimpleUploadedFile("a.csv", b"x"), **given})
    assert said in answer.context["form"].errors
    assert not ImportJob.objects.exists()


def test_an_empty_file_is_refused(client, staff):
    answer = client.post(UPLOAD, {"sheet": "days", "file": SimpleUploadedFile("a.csv", b"")})
    assert answer.context["form"].errors == {"__all__": ["文件是空的。"]}


def test_the_bar_waits_for_the_worker_then_loads_the_page_anew(client, staff):
    job = upload(DAYS)
    bar = reverse("admin:sheets_importjob_progress", args=[job.pk])
    assert "等待处理" in client.get(bar).content.decode()
    done = preview(DAYS)
    answer = client.get(reverse("admin:sheets_importjob_progress", args=[done.pk]))
    assert answer.headers["HX-Refresh"] == "true"


def test_lines_are_filtered_and_swapped_alone(client, staff):
    job = preview(DAYS + "昨天,是,,1\n")
    answer = client.get(page(job) + "?outcome=refused", headers={"HX-Request": "true", "HX-Target": "lines"})
    text = answer.content.decode()
    assert "<html" not in text
    assert "昨天" in text
    assert "2026-01-04" not in text


def test_pages_cross_the_chunks_in_which_they_were_kept(client, staff, monkeypatch):
    monkeypatch.setattr("mcn.sheets.screens.LINES_A_PAGE", 3)
    rows = "".join(f"2026-03-{day:02},{'是' if day % 2 else '错'}\n" for day in range(1, 11))
    job = preview("日期,上班\n" + rows)
    seen = [
        [line["row"] for line in client.get(f"{page(job)}?page={number}").context["page"]]
        for number in (1, 2, 3, 4)
    ]
    assert seen == [[2, 3, 4], [5, 6, 7], [8, 9, 10], [11]]
    refused = [
        [line["row"] for line in client.get(f"{page(job)}?outcome=refused&page={number}").context["page"]]
        for number in (1, 2)
    ]
    assert refused == [[3, 5, 7], [9, 11]]


def test_the_error_workbook_and_the_file_as_sent_are_given_out(client, staff):
    job = preview(DAYS + "昨天,是,,1\n")
    faults = b"".join(client.get(reverse("admin:sheets_importjob_faults", args=[job.pk])).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(faults)).active["E1"].value == "失败原因"
    sent = b"".join(client.get(reverse("admin:sheets_importjob_sent", args=[job.pk])).streaming_content)
    assert sent.decode() == DAYS + "昨天,是,,1\n"
    clean = preview(DAYS)
    assert client.get(reverse("admin:sheets_importjob_faults", args=[clean.pk])).status_code == 404


def test_private_cells_are_given_out_to_their_sender_alone(client, staff, monkeypatch):
    monkeypatch.setattr(DaySheet, "columns", [*DaySheet.columns, Column("phone", "电话", private=True)])
    job = preview(DAYS + "昨天,是,,1\n", by=staff)
    files = [reverse(f"admin:sheets_importjob_{name}", args=[job.pk]) for name in ("sent", "faults")]
    files.append(f"/api/v1/imports/{job.pk}/errors/")
    assert [client.get(file).status_code for file in files] == [200, 200, 200]
    assert files[0] in client.get(page(job)).content.decode()

    client.force_login(StaffFactory(role="administrator"))
    assert [client.get(file).status_code for file in files] == [404, 404, 404]
    text = client.get(page(job)).content.decode()
    assert not [file for file in files if file in text]


def test_a_template_is_given_out(client, staff):
    answer = client.get(reverse("admin:sheets_importjob_template", args=["days"]))
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]["A1"].value == "日期"
    assert client.get(reverse("admin:sheets_importjob_template", args=["nonsense"])).status_code == 404


def test_who_may_not_import_is_offered_nothing_and_sees_nothing(client):
    job = preview(DAYS)
    client.force_login(StaffFactory(role="trainer"))
    assert client.get(UPLOAD).status_code == 403
    assert client.get(reverse("admin:sheets_importjob_template", args=["days"])).status_code == 404
    assert client.post(reverse("admin:sheets_importjob_confirm", args=[job.pk])).status_code in (302, 404)
    assert ImportJob.objects.get().state == job.State.PREVIEWED


def test_the_list_shows_imports(client, staff):
    preview(DAYS)
    text = client.get("/admin/sheets/importjob/").content.decode()
    assert "days.csv" in text
    assert "工作日" in text


def test_queries_of_the_page_do_not_follow_the_rows(client, staff, django_assert_max_num_queries):
    records.save(CalendarDay(day=dt.date(2026, 1, 1), worked=False), by=None, at=AT)
    job = preview("日期,备注\n" + "".join(f"2026-05-{day:02},x\n" for day in range(1, 31)))
    with django_assert_max_num_queries(12):
        client.get(page(job))
