"""Nothing that the log says of a request lets a reader of the log in."""

import pytest
from django.core import signing
from django.test import Client

from mcn.kit import logs

TOKEN = signing.dumps({"invitation": 1}, salt="tests")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/nowhere/***/", "/guardians/***/revoke/"])
def test_a_page_that_is_not_there_does_not_tell_the_links_token(client, caplog, address):
    path = address.replace("***", TOKEN)
    assert client.get(path).status_code in (404, 410)

    said = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert said == [f"{said[0].partition(':')[0]}: {address}"]


def test_nor_does_a_form_refused_for_its_origin(caplog):
    path = f"/accounts/login/?next=/portal/join/{TOKEN}/"
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post(path, secure=True, headers={"Referer": f"https://elsewhere.example/join/{TOKEN}/"})

    assert answer.status_code == 403
    said = [record.getMessage() for record in caplog.records if record.name == "django.security.csrf"]
    assert said
    assert TOKEN not in "".join(said)


def test_what_is_no_token_is_said_as_it_is():
    record = logs.logging.LogRecord(
        "django.request", 30, "", 0, "%s: %s (%d)", ("Not Found", "/portal/", 404), None
    )

    assert logs.TokenFilter().filter(record)
    assert record.getMessage() == "Not Found: /portal/ (404)"
