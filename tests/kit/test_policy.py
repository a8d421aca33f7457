"""Scripts come from our own files on every page; styles too, but where a library writes them in place."""

import datetime

import pytest

from mcn.agency.figures import sync_figures

AT = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
STRICT = {"script-src": ["'self'"], "style-src": ["'self'"]}
STYLED_IN_PLACE = {"script-src": ["'self'"], "style-src": ["'self'", "'unsafe-inline'"]}


def policy(response):
    """The policy of an answer by directive."""
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (directive.split(" ") for directive in directives)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/healthz"])
def test_pages_of_ours_are_strict(client, path):
    answer = policy(client.get(path))

    assert answer["default-src"] == ["'self'"]
    assert answer["frame-ancestors"] == ["'none'"]
    assert STRICT.items() <= answer.items()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/nowhere/", "/api/docs/"])
def test_libraries_may_style_in_place_but_not_script(admin_client, path):
    sync_figures(at=AT)  # the start page counts days by them
    assert STYLED_IN_PLACE.items() <= policy(admin_client.get(path, follow=True)).items()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/portal/help/a/K%00/", "/portal/help/ask/?about=%00", "/admin/?q=a%00"])
def test_an_address_that_no_database_can_look_for_is_refused(client, path):
    assert client.get(path).status_code == 400
