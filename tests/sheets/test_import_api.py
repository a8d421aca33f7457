"""Programs bring files in and take rows out; strangers learn nothing."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.sheets.models import ImportJob
from tests.factories import AT
from tests.factories.accounts import StaffFactory, UserFactory
from tests.sheets.test_import_runs import DAYS, preview

pytestmark = pytest.mark.django_db
IMPORTS = "/api/v1/imports/"


@pytest.fixture
def api():
    client = APIClient()
    client.force_authenticate(StaffFactory(role="administrator"))
    return client


def send(api, content=DAYS, **given):
    file = SimpleUploadedFile("days.csv", content.encode())
    return api.post(IMPORTS, {"sheet": "days", "file": file, **given}, format="multipart")


@pytest.mark.django_db(transaction=True)
def test_a_file_is_sent_looked_at_and_confirmed(api):
    sent = send(api)
    assert sent.status_code == 201, sent.content
    url = sent.headers["Location"]
    seen = api.get(url).json()
    assert (seen["state"], seen["rows"], seen["created"], seen["price_sum"]) == ("previewed", 3, 3, "6.60")
    assert seen["open_moves"] == ["match", "confirm", "cancel"]
    answer = api.post(f"{url}confirm/", {"all_or_nothing": True}, format="json")
    assert answer.status_code == 200, answer.content
    assert api.get(url).json()["state"] == "done"
    assert CalendarDay.objects.count() == 3
    again = api.post(f"{url}confirm/", {}, format="json")
    assert again.status_code == 409


@pytest.mark.django_db(transaction=True)
def test_columns_are_matched(api):
    url = send(api, "时间,备注\n2026-01-01,元旦\n").headers["Location"]
    assert api.get(url).json()["state"] == "unmatched"
    wrong = api.post(f"{url}match/", {"names": ["day", "day"]}, format="json")
    assert (wrong.status_code, wrong.json()["errors"]) == (400, {"names": ["重复匹配：日期。"]})
    api.post(f"{url}match/", {"names": ["day", "note"]}, format="json")
    assert api.get(url).json()["state"] == "previewed"


def test_lines_come_by_outcome(api):
    job = preview(DAYS + "昨天,是,,1\n")
    found = api.get(f"{IMPORTS}{job.pk}/lines/", {"outcome": "refused"}).json()
    assert (found["count"], found["pages"]) == (1, 1)
    assert found["results"] == [
        {
            "row": 5,
            "outcome": "refused",
            "title": "",
            "changes": {},
            "problems": [
                {"column": "日期", "cell": "A5", "message": "“昨天”不是日期，请写成 2026-01-31 的格式。"}
            ],
        }
    ]


def test_the_error_workbook_comes(api):
    job = preview(DAYS + "昨天,是,,1\n")
    content = b"".join(api.get(f"{IMPORTS}{job.pk}/errors/").streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(content)).active["E1"].value == "失败原因"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"sheet": "nonsense"}, "sheet"), ({"scope": "M9999"}, "scope"), ({"file": ""}, "file")],
)
def test_a_wrong_upload_is_refused_by_field(api, given, field):
    answer = send(api, **given)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not ImportJob.objects.exists()


def test_sheets_are_described_with_their_columns(api):
    sheets = api.get("/api/v1/sheets/").json()
    assert [sheet["name"] for sheet in sheets] == ["days"]
    assert sheets[0]["columns"][0] == {
        "name": "day",
        "label": "日期",
        "kind": "date",
        "required": True,
        "help": "",
        "synonyms": ["day"],
    }


def test_templates_and_exports_are_given_out(api):
    records.save(CalendarDay(day=dt.date(2026, 1, 1), worked=False, note="元旦"), by=None, at=AT)
    template = api.get("/api/v1/sheets/days/template/")
    assert openpyxl.load_workbook(io.BytesIO(template.content)).worksheets[0]["A1"].value == "日期"
    text = b"".join(api.get("/api/v1/sheets/days/export/", {"kind": "csv"}).streaming_content)
    assert text.decode("utf-8-sig") == "日期,上班,备注\r\n2026-01-01,否,元旦\r\n"
    assert api.get("/api/v1/sheets/days/export/", {"kind": "exe"}).status_code == 404


def test_what_went_out_comes_in_again_without_a_change(api):
    for day in range(1, 4):
        note = ["-5℃", "+维生素C", "=1+1"][day - 1]
        records.save(CalendarDay(day=dt.date(2026, 1, day), worked=bool(day % 2), note=note), by=None, at=AT)
    for kind in ("csv", "xlsx"):
        content = b"".join(api.get("/api/v1/sheets/days/export/", {"kind": kind}).streaming_content)
        job = preview(content)
        assert (job.rows, job.unchanged) == (3, 3)


def test_a_person_without_permission_gets_nothing():
    job = preview(DAYS)
    client = APIClient()
    client.force_authenticate(UserFactory())
    assert client.get(f"{IMPORTS}{job.pk}/").status_code == 404
    assert client.get(IMPORTS).json()["results"] == []
    assert send(client).status_code == 403
    assert client.get("/api/v1/sheets/").json() == []
    assert client.get("/api/v1/sheets/days/template/").status_code == 404
    assert client.get("/api/v1/sheets/days/export/").status_code == 404
