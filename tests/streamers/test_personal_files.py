"""Papers that identify people: opened by those who check or may reveal personal data, each opening noted."""

import pytest

from mcn.audit import trail
from mcn.evidence.actions import attach
from mcn.kit import records
from streamers.models import StreamerVerification
from tests.factories import AT, png
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    IdentityPaperFactory,
    StreamerFactory,
)
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db


def verification(streamer):
    row = streamer.verifications.get(item=StreamerVerification.Item.IDENTITY)
    row.document = attach(row, png(), title=str(row), by=None, at=AT)
    return records.save(row, by=None, at=AT)


ROWS = {
    "identity paper": lambda streamer: IdentityPaperFactory(streamer=streamer),
    "consent": lambda streamer: ConsentFactory(streamer=streamer),
    "capacity record": lambda streamer: CapacityRecordFactory(streamer=streamer),
    "verification": verification,
}


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory())


@pytest.fixture(params=ROWS)
def row(request, streamer):
    return ROWS[request.param](streamer)


def file_of(row):
    document = row.document or row.signature
    return document.latest


def opened(client, row):
    return client.get(f"/files/{file_of(row).pk}/").status_code


@pytest.mark.parametrize("role", ["streamer_manager", "compliance", "administrator"])
def test_each_opening_is_one_entry_on_the_row(client, row, role):
    user = StaffFactory(role=role)
    client.force_login(user)

    assert opened(client, row) == 200

    entry = trail.history(row).get(verb="open")
    assert (entry.by, entry.diff) == (user, {"file": ["", file_of(row).sha256]})
    assert client_of(user).get(f"/api/v1/files/{file_of(row).pk}/").status_code == 200
    assert trail.history(row).filter(verb="open").count() == 2


@pytest.mark.parametrize(
    "role", ["merchant_desk", "reviewer", "operator", "after_sales", "trainer", "auditor"]
)
def test_other_staff_find_no_file_and_leave_no_entry(client, row, role):
    client.force_login(StaffFactory(role=role))

    assert opened(client, row) == 404
    assert not trail.history(row).filter(verb="open").exists()


def test_the_streamer_does_not_open_them_again(client, streamer, row):
    client.force_login(streamer.user)

    assert opened(client, row) == 404


@pytest.mark.parametrize(("role", "linked"), [("streamer_manager", True), ("auditor", False)])
def test_a_page_links_only_to_files_that_open(client, row, role, linked):
    client.force_login(StaffFactory(role=role))

    shown = client.get(f"/admin/streamers/{row._meta.model_name}/{row.pk}/change/", follow=True)
    paper = client.get(f"/admin/streamers/streamer/{row.streamer_id}/change/").content.decode()

    link = f"/files/{file_of(row).pk}/"
    inline = row._meta.model_name == "identitypaper"
    assert (link in (paper if inline else shown.content.decode())) == linked
