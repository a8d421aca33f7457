"""Frozen records, films and replay requests at the API's door."""

import itertools

import pytest
from django.utils import timezone

from mcn.evidence.shipped_rules import sync_retention
from streamers.actions import replay as replay_actions
from streamers.actions import show_record
from streamers.models import ReplayHandover
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.films import EndedShowFactory, RecordingFactory, ReplayRequestFactory, film
from tests.factories.shows import EVENING
from tests.kit.api_suite import ResourceSuite, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def films(settings, tmp_path):
    sync_retention(at=AT)
    kind = "django.core.files.storage.FileSystemStorage"
    place = {"BACKEND": kind, "OPTIONS": {"location": tmp_path / "films"}}
    settings.STORAGES = {**settings.STORAGES, "recordings": place}


class BareShows:
    """Rows of shows with nothing on their run sheets."""

    @pytest.fixture(autouse=True)
    def show(self, db):
        self.shown = EndedShowFactory(items=0, cast=False, crew=False)


class TestShowRecordApi(ResourceSuite):
    path = "/api/v1/show-records/"
    role = "auditor"

    def make(self):
        show = EndedShowFactory(items=0, cast=False, crew=False)
        return show_record.freeze(show, by=None, at=EVENING)


class TestRecordingApi(BareShows, ResourceSuite):
    path = "/api/v1/recordings/"
    role = "operator"

    def make(self):
        return RecordingFactory(show=self.shown)


class TestReplayRequestApi(BareShows, ResourceSuite):
    path = "/api/v1/replay-requests/"
    role = "compliance"

    def make(self):
        return ReplayRequestFactory(show=self.shown)

    def fresh(self):
        days = {"received_on": "2026-03-16", "due_on": "2026-03-20"}
        asked = {"authority": "广州市市场监督管理局", "reference": "1号", "asked": "整场回看"}
        return {"show": self.shown.pk, **asked, **days}


class TestReplayHandoverApi(BareShows, ResourceSuite):
    path = "/api/v1/replay-handovers/"
    role = "auditor"

    def make(self):
        self.request = getattr(self, "request", None) or ReplayRequestFactory(show=self.shown)
        self.hashes = getattr(self, "hashes", None) or itertools.count(1)
        sha256 = f"{next(self.hashes):064x}"
        return replay_actions.hand_over(self.request, sha256=sha256, way="disk", by=None, at=timezone.now())


def test_a_film_is_sent_handed_over_and_packed():
    show = EndedShowFactory(items=0, cast=False, crew=False)
    record = show_record.freeze(show, by=None, at=EVENING)
    client = client_of(StaffFactory(role="compliance"))
    span = {"begins_at": EVENING.isoformat(), "ends_at": show.ended_at.isoformat()}

    no_film = client.post("/api/v1/recordings/", {"show": show.pk, **span, "file": film(body=b"MZ exe")})
    sent = client.post("/api/v1/recordings/", {"show": show.pk, **span, "file": film()})
    request = ReplayRequestFactory(show=show)
    handed = client.post(
        f"/api/v1/replay-requests/{request.pk}/hand_over/",
        {"recording": sent.json()["id"], "way": "disk"},
        format="json",
    )
    pack = client.get(f"/api/v1/show-records/{record.pk}/pack/")
    refused = client_of(StaffFactory(role="auditor")).get(f"/api/v1/show-records/{record.pk}/pack/")

    assert (no_film.status_code, list(no_film.json()["errors"])) == (400, ["file"])
    assert (sent.status_code, sent.json()["state"]) == (201, "kept")
    assert handed.status_code == 200
    assert ReplayHandover.objects.get().sha256 == sent.json()["sha256"]
    assert (pack.status_code, pack["Content-Type"], refused.status_code) == (200, "application/zip", 403)
