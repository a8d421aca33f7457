"""Streamers for programs: what every resource promises, and the verbs' own refusals."""

import pytest

from streamers.models import Streamer
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    PlatformAccountFactory,
    SatisfactionSurveyFactory,
    StreamerFactory,
    StreamerHoldFactory,
    StreamerVerificationFactory,
    id_number,
    platform,
)
from tests.kit.api_suite import ResourceSuite, client_of
from tests.streamers.test_hosting_rules import MINOR

NUMBER = id_number(321)
SECRETS = ["林晓鹿", "体育西路", "13800138000", NUMBER, "19980520", "1998-05-20"]


class TestStreamerApi(ResourceSuite):
    path = "/api/v1/streamers/"
    role = "streamer_manager"
    change = {"stage_name": "小鹿姐姐"}
    wrong = {"engagement": "nonsense", "phone": "123", "id_number": "440106199805200011"}
    secrets = SECRETS

    def make(self):
        first = not Streamer.objects.filter(id_number_hash__gt="").exists()
        known = {"id_number": NUMBER, "phone": "13800138000"} if first else {}
        return StreamerFactory(verified=False, **known)

    def fresh(self):
        return {"stage_name": "新主播", "name": "陈新", "id_number": id_number(777), "phone": "13600136000"}


class TestPlatformAccountApi(ResourceSuite):
    path = "/api/v1/platform-accounts/"
    role = "streamer_manager"
    change = {"followers": 1200}
    wrong = {"account": ""}

    def make(self):
        return PlatformAccountFactory()

    def fresh(self):
        streamer = StreamerFactory(verified=False)
        return {"streamer": streamer.pk, "platform": platform("kuaishou", "快手").pk, "account": "xinzhubo"}


class TestStreamerVerificationApi(ResourceSuite):
    path = "/api/v1/streamer-verifications/"
    role = "streamer_manager"
    secrets = SECRETS

    def make(self):
        return StreamerVerificationFactory()


class TestConsentApi(ResourceSuite):
    path = "/api/v1/consents/"
    role = "streamer_manager"
    secrets = ["林大山", "13700137000", id_number(900)]

    def make(self):
        return ConsentFactory()


class TestCapacityRecordApi(ResourceSuite):
    path = "/api/v1/capacity-records/"
    role = "streamer_manager"

    def make(self):
        return CapacityRecordFactory()


class TestSatisfactionSurveyApi(ResourceSuite):
    path = "/api/v1/satisfaction-surveys/"
    role = "streamer_manager"

    def make(self):
        return SatisfactionSurveyFactory()


class TestStreamerHoldApi(ResourceSuite):
    path = "/api/v1/streamer-holds/"
    role = "compliance"

    def make(self):
        return StreamerHoldFactory()


@pytest.fixture
def manager():
    return client_of(StaffFactory(role="streamer_manager"))


def do(client, streamer, verb, body=None, status=200):
    answer = client.post(f"/api/v1/streamers/{streamer.pk}/{verb}/", body or {}, format="json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_the_verbs_of_a_streamer(manager, time_machine):
    time_machine.move_to(AT, tick=False)
    streamer = StreamerFactory(state=Streamer.State.TRAINED)
    assert do(manager, streamer, "suspend", {"note": "x"}, 409)["code"] == "wrong_state"
    answers = [{"item": "record", "outcome": "bad", "method": "register", "note": "列入黑名单"}]
    do(manager, streamer, "verify", {"answers": answers})

    refused = do(manager, streamer, "activate", status=422)
    assert refused["code"] == "blocked"
    assert "列入黑名单" in refused["findings"][0]["message"]

    answers[0] |= {"outcome": "good", "note": "已澄清"}
    do(manager, streamer, "verify", {"answers": answers})
    assert do(manager, streamer, "activate")["state"] == "active"
    assert do(manager, streamer, "suspend", {"note": "整改"})["comment"] == "整改"
    assert do(manager, streamer, "resume")["state"] == "active"
    do(manager, streamer, "hold", {"reason": "待查"})
    assert do(manager, streamer, "suspend", {}, 400)["errors"].keys() == {"note"}
    assert do(manager, streamer, "end", {"note": "期满"})["state"] == "ended"
    assert do(manager, streamer, "reopen")["state"] == "draft"


def test_the_real_name_is_asked_by_the_api(manager, settings):
    streamer = StreamerFactory(verified=False)
    assert do(manager, streamer, "check_real_name", status=503)["code"] == "real_name_unanswered"
    settings.MCN_REAL_NAME = {**settings.MCN_REAL_NAME, "provider": "recorded"}
    do(manager, streamer, "check_real_name")
    assert streamer.verifications.get().reference == "REC-20260316-0001"


def test_what_stands_in_the_way_is_told_without_the_offices_pages(manager, time_machine):
    time_machine.move_to(AT, tick=False)
    streamer = StreamerFactory(born_on=MINOR, user=UserFactory())
    url = f"/api/v1/streamers/{streamer.pk}/blockers/"

    told = manager.get(url).json()
    own = client_of(streamer.user).get(url).json()

    assert (told["on"], told["blocked"]) == (str(DAY), True)
    assert {row["clause"] for row in told["findings"]} == {"DB4401 5.2.1 b", "DB4401 5.1.4.4"}
    assert all(row["mend_url"] for row in told["findings"])
    assert [row["mend_url"] for row in own["findings"]] == ["", ""]
    assert client_of(UserFactory()).get(url).status_code == 404


@pytest.mark.parametrize("asked", [NUMBER, NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:]}"])
def test_a_streamer_is_found_by_the_whole_number(manager, asked):
    streamer = StreamerFactory(verified=False, id_number=NUMBER)
    StreamerFactory(verified=False)
    found = manager.get("/api/v1/streamers/", {"id_number": asked}).json()["results"]
    assert [row["id"] for row in found] == [streamer.pk]
    assert manager.get("/api/v1/streamers/", {"id_number": NUMBER[:10]}).json()["results"] == []


def test_an_odd_number_is_taken_with_a_warning(manager):
    body = {"stage_name": "港区主播", "id_number": "810000199805200010", "document_type": "resident_id"}
    answer = manager.post("/api/v1/streamers/", body, format="json")
    assert answer.status_code == 201, answer.content.decode()
    assert len(answer.json()["warnings"]) == 1


def test_a_record_of_capacity_comes_with_its_evidence(manager):
    streamer = StreamerFactory(verified=False, born_on=MINOR)
    body = {
        "streamer": streamer.pk,
        "grounds": "工资收入",
        "valid_from": "2026-03-16",
        "valid_to": "2026-12-31",
    }
    assert manager.post("/api/v1/capacity-records/", body, format="json").status_code == 400
    made = manager.post("/api/v1/capacity-records/", body | {"file": pdf()}, format="multipart")
    assert made.status_code == 201, made.content.decode()
    url = f"/api/v1/capacity-records/{made.json()['id']}/"
    assert manager.patch(url, {"grounds": "x"}, format="json", HTTP_IF_MATCH="*").status_code == 403
    assert manager.post(f"{url}withdraw/", {}, format="json").json()["ended_on"]


def test_a_streamer_sees_only_their_own(manager):
    own = StreamerFactory(verified=False, user=UserFactory())
    other = StreamerFactory(verified=False)
    client = client_of(own.user)
    assert [row["id"] for row in client.get("/api/v1/streamers/").json()["results"]] == [own.pk]
    assert client.get(f"/api/v1/streamers/{other.pk}/").status_code == 404
    assert client.get("/api/v1/streamer-verifications/").json()["results"] == []
