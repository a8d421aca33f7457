"""Files go out only to people who may know of the row that they belong to."""

import pytest
from rest_framework.test import APIClient

from mcn.evidence.actions import attach
from mcn.evidence.models import type_of
from tests.factories import AT, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.merchants import MerchantFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def revision(merchant):
    file = pdf(name="营业执照 (2026).pdf", body=b"the page")
    return attach(merchant, file, title="营业执照", by=None, at=AT).latest


def paths(revision):
    return [f"/files/{revision.pk}/", f"/api/v1/files/{revision.pk}/"]


def answers(client, api_client, revision):
    page, api = paths(revision)
    return [client.get(page), api_client.get(api)]


def test_its_people_get_the_bytes_under_the_name_they_were_sent_with(client, merchant, revision):
    user = MerchantUserFactory(merchant=merchant)
    client.force_login(user)

    for answer in answers(client, client_of(user), revision):
        assert b"".join(answer.streaming_content) == b"%PDF-1.7\nthe page"
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%90%A5%E4%B8%9A")
        assert "no-cache" in answer["Cache-Control"]


def test_staff_who_see_the_row_get_it(client, revision):
    user = StaffFactory(role="auditor")
    client.force_login(user)

    assert [answer.status_code for answer in answers(client, client_of(user), revision)] == [200, 200]


@pytest.mark.parametrize("stranger", [UserFactory, MerchantUserFactory])
def test_a_strangers_file_is_404(client, revision, stranger):
    user = stranger()
    client.force_login(user)

    assert [answer.status_code for answer in answers(client, client_of(user), revision)] == [404, 404]


def test_nobody_gets_it_without_logging_in(client, revision):
    page, api = answers(client, APIClient(), revision)

    assert (page.status_code, api.status_code) == (302, 401)
    assert page["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_file_that_is_not_there_is_404(client, pk):
    user = StaffFactory(role="administrator")
    client.force_login(user)

    assert client.get(f"/files/{pk}/").status_code == 404
    assert client_of(user).get(f"/api/v1/files/{pk}/").status_code == 404


def test_a_file_whose_bytes_are_lost_is_404(client, revision):
    revision.file.storage.delete(revision.file.name)
    client.force_login(StaffFactory(role="auditor"))

    assert client.get(paths(revision)[0]).status_code == 404


def test_a_program_gets_it_whatever_it_accepts(revision):
    client = client_of(StaffFactory(role="auditor"))

    assert client.get(paths(revision)[1], HTTP_ACCEPT="application/pdf").status_code == 200


@pytest.mark.parametrize(
    ("form", "told"), [(b"WEBP", "image/webp"), (b"AVI ", None), (b"WAVE", None), (b"", None)]
)
def test_of_all_riff_files_a_picture_alone_is_accepted(form, told):
    assert type_of(b"RIFF\x24\x00\x00\x00" + form) == told


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("照片.JPEG", "照片.JPEG.pdf"),
        ("page.html", "page.html.pdf"),
        ("scan", "scan.pdf"),
        (f"{'长' * 240}.pdf", f"{'长' * 190}.pdf"),
    ],
)
def test_the_name_of_a_file_ends_as_its_bytes_say(merchant, sent, kept):
    assert attach(merchant, pdf(name=sent), title="营业执照", by=None, at=AT).latest.name == kept
