"""What an address may ask of a list: nothing that tells of a person, and no number that breaks the page."""

import pytest

from mcn.kit.filters import LARGEST_ID, beyond_any_id
from tests.factories.accounts import StaffFactory
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
LISTS = "/admin/streamers"
BEYOND = "9" * 23


@pytest.fixture
def auditor(client):
    client.force_login(StaffFactory(role="auditor"))
    return client


def test_personal_data_is_not_asked_out_bit_by_bit(auditor):
    asked = [
        "streamer/?born_on__gte=1998-01-01",
        "streamer/?id_number_hash__startswith=a",
        "streamer/?name__gt=a",
        "consent/?streamer__born_on=1998-05-20",
        "consent/?guardian_phone_hash=a",
    ]
    assert {path: auditor.get(f"{LISTS}/{path}").status_code for path in asked} == dict.fromkeys(asked, 400)
    assert auditor.get(f"{LISTS}/streamer/?stage_name__startswith=a").status_code == 200


def test_a_number_beyond_any_id_is_refused_not_broken(auditor):
    asked = ["streamer/?manager=", "streamer/?manager__id__exact=", "question/?course="]
    answers = {path: auditor.get(f"{LISTS}/{path}{BEYOND}").status_code for path in asked}
    assert answers == dict.fromkeys(asked, 400)
    assert auditor.get(f"{LISTS}/streamer/?manager=7").status_code == 200


def test_nor_does_it_break_the_api():
    api = client_of(StaffFactory(role="auditor"))
    for number in (BEYOND, f"-{BEYOND}", "9" * 5000):
        answer = api.get("/api/v1/streamers/", {"manager": number})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["manager"])
    assert api.get("/api/v1/streamers/", {"manager": LARGEST_ID}).json()["results"] == []


@pytest.mark.parametrize(
    ("value", "beyond"),
    [
        (LARGEST_ID, False),
        (LARGEST_ID + 1, True),
        ("9" * 5000, True),
        ("1," + BEYOND, True),
        ("-" + BEYOND, True),
        ("0" * 30 + "7", False),
        ("小鹿", False),
    ],
)
def test_what_lies_beyond_any_id(value, beyond):
    assert beyond_any_id(value) == beyond
