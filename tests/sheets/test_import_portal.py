"""The portal's pages of an import: one's own files, the same steps, nothing of strangers."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from mcn.agency.models import CalendarDay
from mcn.sheets.forms import UploadForm
from mcn.sheets.models import ImportJob
from tests.factories.accounts import UserFactory
from tests.factories.sheets import DaySheet
from tests.sheets.test_import_runs import DAYS, preview

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant(client, monkeypatch):
    """A merchant's user who may import into one place of their own."""
    user = UserFactory()
    monkeypatch.setattr(DaySheet, "scopes", lambda self, by: [("M0001", "绿茶坊")] if by == user else [])
    monkeypatch.setattr(DaySheet, "place", lambda self, scope: user if scope == "M0001" else None)
    monkeypatch.setattr(DaySheet, "may", lambda self, by, verb, scope="": by == user and scope == "M0001")
    client.force_login(user)
    return user


def send(client, **given):
    file = SimpleUploadedFile("days.csv", DAYS.encode())
    return client.post(
        "/portal/imports/", {"sheet": "days", "scope": "M0001", "file": file, **given}, follow=True
    )


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_from_upload_to_result(client, merchant):
    answer = send(client)
    job = ImportJob.objects.get()
    assert answer.redirect_chain == [(f"/portal/imports/{job.pk}/", 302)]
    assert "确认导入：新增 3 行，更新 0 行" in answer.content.decode()
    answer = client.post(f"/portal/imports/{job.pk}/confirm/", follow=True)
    assert "已导入" in answer.content.decode()
    assert CalendarDay.objects.count() == 3
    assert "days.csv" in client.get("/portal/imports/").content.decode()


def test_who_has_one_place_need_not_name_it(client, merchant, monkeypatch):
    other = [("M0001", "绿茶坊"), ("M0002", "红茶坊")]
    monkeypatch.setattr(UploadForm, "_chosen_scope", lambda form: forms.CharField(required=False))
    send(client, scope="")
    assert ImportJob.objects.get().scope == "M0001"
    monkeypatch.setattr(DaySheet, "scopes", lambda self, by: other)
    assert "您没有权限导入到这里" in send(client, scope="").content.decode()


@pytest.mark.parametrize("scope", ["M0002", "nonsense"])
def test_a_place_of_strangers_is_as_if_it_did_not_exist(client, merchant, scope):
    answer = send(client, scope=scope)
    assert answer.context["form"].errors == {"scope": ["没有这个导入位置。"]}
    assert not ImportJob.objects.exists()


def test_a_stranger_s_import_is_not_found(client, merchant):
    job = preview(DAYS)
    for address in ("", "progress/", "errors.xlsx"):
        assert client.get(f"/portal/imports/{job.pk}/{address}").status_code == 404
    for step in ("match", "confirm", "cancel", "nonsense"):
        assert client.post(f"/portal/imports/{job.pk}/{step}/").status_code == 404
    job.refresh_from_db()
    assert job.state == job.State.PREVIEWED


def test_who_may_import_nothing_has_no_such_page(client):
    client.force_login(UserFactory())
    assert client.get("/portal/imports/").status_code == 403
    assert client.get("/portal/sheets/days/template.xlsx").status_code == 404
    assert client.get("/portal/sheets/days/export.csv").status_code == 404


def test_template_and_export_are_given_out(client, merchant):
    assert client.get("/portal/sheets/days/template.xlsx").status_code == 200
    text = b"".join(client.get("/portal/sheets/days/export.csv").streaming_content)
    assert text.decode("utf-8-sig") == "日期,上班,备注\r\n"


def test_who_has_one_place_finds_it_chosen(client, merchant):
    chosen = client.get("/portal/imports/").context["form"].fields["scope"]

    assert chosen.choices == [("M0001", "绿茶坊")]
