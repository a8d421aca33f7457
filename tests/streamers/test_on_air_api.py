"""Timelines and figures for programs: what every resource promises, and a key that is noted once."""

import datetime
import uuid

import pytest

from mcn.kit import clock
from streamers.models import ShowEvent
from tests.factories import DAY
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.on_air import (
    ItemMetricsFactory,
    LiveShowFactory,
    ShowEventFactory,
    ShowMetricsFactory,
    after,
)
from tests.factories.shows import ShowCastFactory
from tests.factories.streamers import StreamerFactory
from tests.kit.api_suite import ResourceSuite, client_of


class TestShowEventApi(ResourceSuite):
    path = "/api/v1/show-events/"
    role = "operator"

    @pytest.fixture(autouse=True)
    def show(self):
        self.live = LiveShowFactory(started_at=clock.now() - datetime.timedelta(minutes=10))
        return self.live

    def make(self):
        return ShowEventFactory(show=self.live)

    def fresh(self):
        return {"show": self.live.pk, "kind": "note", "text": "换了备用话筒"}

    def test_the_same_key_answers_with_the_first_event(self, staff):
        body = self.fresh() | {"key": str(uuid.uuid4())}
        first = staff.post(self.path, body, format="json")
        again = staff.post(self.path, body | {"text": "再发一次"}, format="json")

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == first.json()
        assert ShowEvent.objects.count() == 1

    def test_a_streamer_reads_the_timeline_of_their_own_show(self, show):
        event, other = self.make(), ShowEventFactory(show=LiveShowFactory())
        ShowCastFactory(show=show, streamer=StreamerFactory(user=UserFactory()), role="co_host")
        client = client_of(show.cast.get(role="co_host").streamer.user)

        rows = client.get(self.path).json()["results"]

        assert [row["id"] for row in rows] == [event.pk]
        assert client.get(self.url(other)).status_code == 404
        assert client.post(self.path, self.fresh(), format="json").status_code == 403


class TestShowMetricsApi(ResourceSuite):
    path = "/api/v1/show-metrics/"
    role = "operator"
    change = {"viewers": 53_000}
    wrong = {"viewers": -1}

    def make(self):
        return ShowMetricsFactory()

    def fresh(self):
        show = LiveShowFactory(ended_at=after(hours=2))
        return {"show": show.pk, "day": f"{DAY}", "viewers": 7}


class TestItemMetricsApi(ResourceSuite):
    path = "/api/v1/item-metrics/"
    role = "operator"
    change = {"clicks": 3_100}
    wrong = {"units": -1}

    def make(self):
        return ItemMetricsFactory()

    def fresh(self):
        show = LiveShowFactory(ended_at=after(hours=2))
        return {"item": show.items.get().pk, "day": f"{DAY}", "units": 7}


def test_a_program_marks_its_figures(db):
    made = ShowMetricsFactory()
    client = client_of(StaffFactory(role="operator"))
    url = f"/api/v1/show-metrics/{made.pk}/"

    assert client.patch(url, {"viewers": 1}, format="json", HTTP_IF_MATCH="*").json()["source"] == "api"
