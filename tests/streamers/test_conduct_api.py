"""Violations, figures and tiers for programs: what every resource promises, and the verbs' own refusals."""

import datetime

import pytest

from streamers.models import StreamerFigures
from tests.factories import DAY, pdf
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.conduct import (
    ConductMeasureFactory,
    CorrectionFactory,
    PlatformFactory,
    StreamerFiguresFactory,
    TierAssessmentFactory,
    TierRuleSetFactory,
    ViolationCodeFactory,
    ViolationFactory,
)
from tests.factories.streamers import StreamerFactory
from tests.kit.api_suite import ResourceSuite, client_of


class TestViolationApi(ResourceSuite):
    path = "/api/v1/violations/"
    role = "compliance"
    change = {"description": "口播称“三天见效”"}
    wrong = {"severity": "nonsense"}

    def make(self):
        return ViolationFactory()

    def fresh(self):
        return {
            "streamer": StreamerFactory().pk,
            "code": ViolationCodeFactory().pk,
            "happened_at": "2026-03-16T09:30:00+08:00",
            "description": "口播称“七天见效”",
        }


class TestCorrectionApi(ResourceSuite):
    path = "/api/v1/corrections/"
    role = "compliance"

    def make(self):
        return CorrectionFactory()


class TestConductMeasureApi(ResourceSuite):
    path = "/api/v1/conduct-measures/"
    role = "compliance"

    def make(self):
        return ConductMeasureFactory()


class TestStreamerFiguresApi(ResourceSuite):
    path = "/api/v1/streamer-figures/"
    role = "streamer_manager"
    change = {"followers": 7}
    wrong = {"followers": -1}

    def make(self):
        return StreamerFiguresFactory()

    def fresh(self):
        platform = PlatformFactory()
        return {
            "streamer": StreamerFactory().pk,
            "platform": platform.pk,
            "day": "2026-02-01",
            "sales": "1.50",
        }


class TestTierAssessmentApi(ResourceSuite):
    path = "/api/v1/tier-assessments/"
    role = "compliance"

    def make(self):
        return TierAssessmentFactory()


class TestTierRuleSetApi(ResourceSuite):
    path = "/api/v1/tier-rule-sets/"
    role = "compliance"
    days = iter(range(10_000))

    def make(self):
        return TierRuleSetFactory(parts=False, valid_from=DAY + datetime.timedelta(days=next(self.days)))


@pytest.fixture
def officer(db):
    return client_of(StaffFactory(role="compliance"))


def do(client, url, body=None, status=200, form="json"):
    answer = client.post(url, body or {}, format=form)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_report_by_a_program_and_its_way(officer):
    reporter = client_of(StaffFactory(role="operator"))
    body = TestViolationApi().fresh() | {"file": pdf()}
    made = do(reporter, "/api/v1/violations/", body, 201, "multipart")
    url = f"/api/v1/violations/{made['id']}/"

    assert (made["points"], made["severity"], made["clause"]) == (6, "serious", "DB4401 5.2.3.3 d")
    assert do(reporter, f"{url}confirm/", status=403)["code"] == "denied"
    assert do(officer, f"{url}confirm/", {"points": 1}, 400)["errors"].keys() == {"note"}
    assert do(officer, f"{url}confirm/")["state"] == "confirmed"
    assert do(officer, f"{url}confirm/", status=409)["code"] == "wrong_state"
    assert officer.get("/api/v1/violations/?state=confirmed&clause=DB4401 5.2.3.3 d").json()["results"]


def test_a_future_report_is_refused_under_its_field(officer):
    body = TestViolationApi().fresh() | {"happened_at": "2999-01-01T00:00:00+08:00"}
    assert do(officer, "/api/v1/violations/", body, 400)["errors"].keys() == {"happened_at"}


def test_a_streamer_sees_their_own_once_confirmed_and_appeals():
    user = UserFactory()
    streamer = StreamerFactory(user=user)
    own = ViolationFactory(streamer=streamer, confirmed=True, appeal_until=datetime.date(2999, 1, 1))
    reported = ViolationFactory(streamer=streamer)
    other = ViolationFactory(confirmed=True)
    client = client_of(user)

    shown = [row["id"] for row in client.get("/api/v1/violations/").json()["results"]]

    assert shown == [own.pk]
    for hidden in (reported, other):
        assert client.get(f"/api/v1/violations/{hidden.pk}/").status_code == 404
        do(client, f"/api/v1/violations/{hidden.pk}/appeal/", {"appeal": "x"}, 404)
    do(client, f"/api/v1/violations/{own.pk}/overturn/", {"note": "x"}, 403)
    assert do(client, f"/api/v1/violations/{own.pk}/appeal/", {"appeal": "有报告"})["state"] == "appealed"


def test_a_streamer_sees_decided_tiers_alone_and_no_measure():
    user = UserFactory()
    streamer = StreamerFactory(user=user)
    TierAssessmentFactory(streamer=streamer)
    decided = TierAssessmentFactory(
        streamer=streamer, month=datetime.date(2026, 1, 1), state="approved", grade="S", effective_on=DAY
    )
    ConductMeasureFactory(violation=ViolationFactory(streamer=streamer, confirmed=True))
    client = client_of(user)

    listed = client.get("/api/v1/tier-assessments/").json()["results"]
    assert [row["id"] for row in listed] == [decided.pk]
    assert client.get("/api/v1/conduct-measures/").json()["results"] == []
    assert listed[0]["lines"][0]["component"] == "followers"


def test_everybody_signed_in_reads_the_codes():
    code = ViolationCodeFactory()
    rows = client_of(UserFactory()).get("/api/v1/violation-codes/").json()["results"]
    assert [(row["clause"], row["name"]) for row in rows] == [(code.clause, code.name)]


def test_figures_from_a_program_say_so_and_its_tiers_are_decided(officer):
    manager = client_of(StaffFactory(role="streamer_manager"))
    do(manager, "/api/v1/streamer-figures/", TestStreamerFiguresApi().fresh(), 201)
    assessment = TierAssessmentFactory()
    url = f"/api/v1/tier-assessments/{assessment.pk}/"

    assert StreamerFigures.objects.get().source == "api"
    assert do(officer, f"{url}adjust/", {"grade": "X", "note": "x"}, 400)["errors"].keys() == {"grade"}
    assert do(officer, f"{url}adjust/", {"grade": "A"}, 400)["errors"].keys() == {"note"}
    assert do(officer, f"{url}adjust/", {"grade": "A", "note": "重点品类"})["grade"] == "A"
