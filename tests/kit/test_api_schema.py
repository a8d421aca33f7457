"""How the API describes itself, and the page to try it."""

import json

import pytest
from django.core.management import call_command
from openapi_spec_validator import OpenAPIV31SpecValidator
from rest_framework.test import APIClient

from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema(tmp_path_factory, django_db_setup, django_db_blocker):
    """The description as it is made without a warning, once: it takes seconds."""
    path = tmp_path_factory.mktemp("schema") / "schema.json"
    with django_db_blocker.unblock():
        call_command("spectacular", "--fail-on-warn", "--format=openapi-json", "--file", str(path))
    return json.loads(path.read_text())


def test_the_description_is_valid_openapi(schema):
    OpenAPIV31SpecValidator(schema).validate()
    assert schema["openapi"].startswith("3.1")


def test_it_is_served_as_it_is_made(schema):
    client = APIClient()
    client.force_authenticate(StaffFactory())

    served = client.get("/api/schema/?format=json").json()

    assert served["paths"].keys() == schema["paths"].keys()


def test_every_refusal_is_told(schema):
    row = schema["paths"]["/api/v1/figures/{id}/"]

    assert row["get"]["responses"].keys() == {"200", "401", "403", "404"}
    assert row["patch"]["responses"].keys() == {"200", "400", "401", "403", "404", "409", "412", "422", "428"}
    refusal = row["patch"]["responses"]["422"]["content"]["application/json"]["schema"]
    assert refusal == {"$ref": "#/components/schemas/Refusal"}


def test_the_preconditions_are_told(schema):
    row = schema["paths"]["/api/v1/figures/{id}/"]
    headers = {
        item["name"]: item["required"] for item in row["patch"]["parameters"] if item["in"] == "header"
    }

    assert headers == {"If-Match": True}
    assert "ETag" in row["get"]["responses"]["200"]["headers"]


def test_nothing_can_be_deleted(schema):
    deletes = [path for path, methods in schema["paths"].items() if "delete" in methods]
    assert deletes == []


def test_lists_tell_their_pages_filters_and_order(schema):
    asked = {item["name"] for item in schema["paths"]["/api/v1/figures/"]["get"]["parameters"]}

    assert asked == {
        "cursor",
        "page_size",
        "ordering",
        "key",
        "valid_from",
        "valid_from__gte",
        "valid_from__lte",
    }


def test_the_page_to_try_it_runs_under_the_strict_policy(client):
    client.force_login(StaffFactory())

    page = client.get("/api/docs/")

    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    assert b"<script>" not in page.content
