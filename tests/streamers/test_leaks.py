"""Five hundred known ID numbers come in by the real doors, and are then looked for wherever they could lie.

Nowhere in the database, the files, the log, the exports, the API's answers, the tasks' arguments or the trail
is one in clear; yet each person is found by the whole number.
"""

import re
from pathlib import Path

import pytest
from celery.signals import task_prerun
from django.conf import settings as product_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from mcn.audit.models import Entry
from mcn.kit import clock
from mcn.kit.privacy import keyed_hash
from mcn.sheets import actions as sheets
from mcn.sheets import runs
from mcn.sheets.resources import SafeCSV, SheetResource
from mcn.sheets.sheet import all_sheets
from mcn.standards.tasks import inspect
from streamers.models import Streamer, StreamerVerification
from streamers.tasks import register_trainees, review_points
from tests.factories import pdf
from tests.factories.accounts import StaffFactory
from tests.factories.streamers import ADULT, id_number
from tests.kit.api_suite import client_of
from tests.merchants.test_merchant_admin import form_of

NUMBERS = [id_number(number, born_on=ADULT.replace(day=1 + number // 100)) for number in range(500)]
BY_FORM, BY_API, BY_SHEET = NUMBERS[:20], NUMBERS[20:100], NUMBERS[100:]
SHEET = ["stage_name", "id_number", "name", "phone"]
LONG_NUMBER = re.compile(r"\d{17}[\dXx]")
TASKS = [inspect, review_points, register_trainees]


def leaked(text):
    """The known numbers that a text holds."""
    return {found.upper() for found in LONG_NUMBER.findall(text)} & set(NUMBERS)


def body(number):
    return {
        "stage_name": f"主播{number[6:17]}",
        "name": "林晓鹿",
        "document_type": "resident_id",
        "id_number": number,
        "phone": f"138{int(number[10:17]):08d}"[:11],
    }


@pytest.fixture
def staff():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def answers():
    """Everything that the doors answered."""
    return []


@pytest.fixture
def arguments():
    """What every task was started with."""
    told = []

    def note(task_id, task, args, kwargs, **_rest):
        told.append(f"{task.name} {args} {kwargs}")

    task_prerun.connect(note)
    yield told
    task_prerun.disconnect(note)


@pytest.fixture
def people(staff, answers, settings, caplog, capfd):
    """The five hundred, entered in the admin or by the API, their names checked by a provider or on paper."""
    settings.MCN_REAL_NAME = {**settings.MCN_REAL_NAME, "provider": "recorded"}
    _by_form(staff, answers)
    _by_api(client_of(staff), answers)
    _by_sheet(staff, answers)
    assert Streamer.objects.filter(id_number_hash__in=map(keyed_hash, NUMBERS)).count() == len(NUMBERS)
    assert StreamerVerification.objects.filter(item="identity").count() == len(BY_FORM + BY_API)


def _by_form(staff, answers):
    browser = Client()
    browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("admin:streamers_streamer_add")
    empty = form_of(browser.get(page))
    for number in BY_FORM:
        filled = empty | {"kind": "natural", "engagement": "signed"} | body(number)
        answer = browser.post(page, filled)
        assert answer.status_code == 302, answer.context["errors"]
        made = Streamer.objects.latest("id")
        verify = reverse("admin:streamers_streamer_verb", args=[made.pk, "verify"])
        seen = {"identity_outcome": "good", "identity_method": "document", "identity_file": pdf()}
        methods = {f"{item}_method": "document" for item in StreamerVerification.Item}
        assert browser.post(verify, methods | seen).status_code == 302
    own = browser.get(reverse("admin:streamers_streamer_change", args=[Streamer.objects.latest("id").pk]))
    history = browser.get(
        reverse("admin:streamers_streamer_history", args=[Streamer.objects.latest("id").pk])
    )
    answers += [page.content.decode() for page in (own, history, browser.get("/admin/streamers/streamer/"))]


def _by_api(client, answers):
    for number in BY_API:
        made = client.post("/api/v1/streamers/", body(number), format="json")
        assert made.status_code == 201, made.content.decode()
        checked = client.post(f"{made['Location']}check_real_name/", {}, format="json")
        assert checked.status_code == 200, checked.content.decode()
        answers += [made.content.decode(), checked.content.decode()]
    again = client.post("/api/v1/streamers/", body(BY_API[0]), format="json")
    assert again.status_code == 400
    answers += [again.content.decode(), client.get(f"{made['Location']}history/").content.decode()]
    url = "/api/v1/streamers/?page_size=200"
    while url:
        listed = client.get(url)
        answers.append(listed.content.decode())
        url = listed.json()["next"]


def _by_sheet(staff, answers):
    """One file with the other four hundred, and a row that is refused and goes back in the error workbook."""
    people = [",".join(body(number)[name] for name in SHEET) for number in BY_SHEET]
    wrong = f",{BY_FORM[0]},林晓鹿,13800138000"
    given = "\n".join(["艺名,身份证号,姓名,手机号", *people, wrong]).encode()
    file = SimpleUploadedFile("streamers.csv", given)
    job = sheets.upload("streamers", file, by=staff, at=clock.now())
    runs.preview(job, at=clock.now())
    job.refresh_from_db()
    assert (job.created, job.refused) == (len(BY_SHEET), 1), job.pages.first().lines[:3]
    sheets.confirm(job, by=staff, at=clock.now())
    runs.carry_out(job, at=clock.now())
    browser = Client()
    browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers.append(browser.get(reverse("admin:sheets_importjob_change", args=[job.pk])).content.decode())


def kept():
    """Every file that the product keeps: uploads, evidence, and what lies between two passes of an import."""
    folders = [Path(product_settings.MEDIA_ROOT), product_settings.DATA_DIR / "spools"]
    return [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]


def dump():
    """Every column of every row of every table, as text; on PostgreSQL as a backup writes it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {name} TO STDOUT") as rows:
                    yield table, b"".join(rows).decode()
            else:
                cursor.execute(f"SELECT * FROM {name}")
                yield table, "\n".join(str(row) for row in cursor.fetchall())


def look_up(staff, numbers):
    """Look for people by their whole numbers, in the admin and by the API: each is found, alone."""
    client, browser = client_of(staff), Client()
    browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    known = dict(Streamer.objects.values_list("id_number_hash", "pk"))
    for number in numbers:
        found = client.get("/api/v1/streamers/", {"id_number": number}).json()["results"]
        listed = browser.get("/admin/streamers/streamer/", {"q": number.lower()}).context["cl"].queryset
        assert [row["id"] for row in found] == [row.pk for row in listed] == [known[keyed_hash(number)]]


@pytest.mark.clause("LSEC 28", "LSEC 39")
def test_no_number_lies_anywhere_in_clear_and_everybody_is_found_by_it(
    people, staff, answers, arguments, settings, caplog, capfd
):
    look_up(staff, NUMBERS[::25])
    for task in TASKS:
        task.delay()
    exports = [
        SafeCSV().export_data(SheetResource(sheet, by=staff, at=clock.now()).export())
        for sheet in all_sheets().values()
        if sheet.may(staff, "export")
    ]
    printed = capfd.readouterr()
    files = kept()
    places = {
        **dict(dump()),
        "files": "\n".join(content.decode("latin-1") for content in files),
        "log": printed.out + printed.err + caplog.text,
        "exports": "\n".join(str(export) for export in exports),
        "answers": "\n".join(answers),
        "tasks": "\n".join(arguments),
        "trail": "\n".join(f"{row.changes} {row.why}" for row in Entry.objects.iterator()),
    }

    assert {place: len(found) for place, text in places.items() if (found := leaked(text))} == {}

    # What was looked through was there to be found in.
    assert len(files) >= len(BY_FORM)
    assert len(places["streamers_streamer"]) > 100 * len(NUMBERS)
    assert len(answers) > 2 * len(BY_API)
    assert len(arguments) == len(TASKS)
    assert places["log"].count("check_real_name") >= len(BY_API)
    assert Entry.objects.filter(model="streamers.streamer").count() >= len(NUMBERS)


def test_the_search_would_find_a_number_in_clear():
    assert leaked(f"a line with {NUMBERS[7]} in it, and {NUMBERS[8].lower()}") == {NUMBERS[7], NUMBERS[8]}
