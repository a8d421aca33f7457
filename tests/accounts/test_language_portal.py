"""The language of the pages."""

import pytest

from mcn.audit import trail
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

URL = "/portal/language/"


def test_a_person_chooses_once_and_for_every_device(client):
    user = UserFactory()
    client.force_login(user)

    answer = client.post(URL, {"language": "en", "next": "/accounts/2fa/"})

    user.refresh_from_db()
    assert (answer.status_code, answer["Location"], user.language) == (302, "/accounts/2fa/", "en")
    assert trail.history(user).first().diff == {"language": ["zh-hans", "en"]}


def test_a_visitor_chooses_by_a_cookie(client):
    client.post(URL, {"language": "en", "next": "/accounts/login/"})

    assert client.get("/accounts/login/")["Content-Language"] == "en"


def test_the_browsers_header_decides_nothing(client):
    assert client.get("/accounts/login/", headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "javascript:alert(1)", "nowhere", "admin:index", ""]
)
def test_the_way_back_leads_nowhere_else(client, target):
    assert client.post(URL, {"language": "en", "next": target})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "de", "../en"])
def test_an_unknown_language_is_refused(client, language):
    assert client.post(URL, {"language": language}).status_code == 400
