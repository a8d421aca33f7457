"""Training for programs: what every resource promises, the due list, and the verbs' own refusals."""

import pytest

from mcn.agency.figures import sync_figures
from streamers.models import Attendance, TrainingRecord
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.merchants import ContactFactory, MerchantFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import (
    AttendanceFactory,
    CourseFactory,
    MaterialFactory,
    PlanItemFactory,
    SessionFactory,
    TraineeFactory,
    TrainingPlanFactory,
    TrainingRecordFactory,
)
from tests.kit.api_suite import ResourceSuite, client_of


class TestCourseApi(ResourceSuite):
    path = "/api/v1/courses/"
    role = "trainer"
    change = {"name": "直播间合规"}
    wrong = {"topic": "nonsense", "pass_mark": "101"}

    def make(self):
        return CourseFactory()

    def fresh(self):
        return {"code": "api-course", "name": "平台规则", "topic": "platform", "hours": "2.0"}


class TestMaterialApi(ResourceSuite):
    path = "/api/v1/training-materials/"
    role = "trainer"

    def make(self):
        return MaterialFactory()


class TestTrainingSessionApi(ResourceSuite):
    path = "/api/v1/training-sessions/"
    role = "trainer"
    change = {"place": "线上会议"}
    wrong = {"place": ""}

    def make(self):
        return SessionFactory()

    def fresh(self):
        return {
            "course": CourseFactory().pk,
            "starts_at": "2026-04-01T02:00:00Z",
            "ends_at": "2026-04-01T04:00:00Z",
            "place": "12 楼培训室",
        }


class TestAttendanceApi(ResourceSuite):
    path = "/api/v1/attendances/"
    role = "trainer"

    def make(self):
        return AttendanceFactory()


class TestTrainingRecordApi(ResourceSuite):
    path = "/api/v1/training-records/"
    role = "trainer"

    def make(self):
        return TrainingRecordFactory()

    def fresh(self):
        return {
            "trainee": TraineeFactory().pk,
            "course": CourseFactory().pk,
            "trained_on": "2026-03-10",
            "hours": "4.0",
            "score": "92.00",
        }


class TestTraineeApi(ResourceSuite):
    path = "/api/v1/trainees/"
    role = "trainer"
    secrets = ["13900139000", "李经理"]

    def make(self):
        return TraineeFactory(kind="service")


pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return client_of(StaffFactory(role="trainer"))


def test_the_due_list_tells_who_owes_what(trainer):
    asked = PlanItemFactory(plan=TrainingPlanFactory(), within_days=0)
    late = TraineeFactory()
    TrainingRecordFactory(course=asked.course, valid_to=None)

    listed = trainer.get("/api/v1/trainees/?stands=overdue").json()["results"]
    due = trainer.get("/api/v1/trainees/due/?kind=streamer").json()
    own = trainer.get(f"/api/v1/trainees/{late.pk}/duties/").json()

    assert [row["id"] for row in listed] == [late.pk]
    assert [(row["trainee"], row["course"], row["status"]) for row in due] == [
        (late.pk, asked.course.pk, "overdue")
    ]
    assert own == due


def test_people_see_their_own_and_merchants_their_peoples():
    merchant = MerchantFactory(papers=False)
    own = TrainingRecordFactory(
        trainee=TraineeFactory(kind="service", contact=ContactFactory(merchant=merchant))
    )
    streamer = StreamerFactory(trained=False, user=UserFactory())
    hers = TrainingRecordFactory(trainee__streamer=streamer)

    for user, line in [(MerchantUserFactory(merchant=merchant), own), (streamer.user, hers)]:
        client = client_of(user)
        assert [row["id"] for row in client.get("/api/v1/training-records/").json()["results"]] == [line.pk]
        assert client.post("/api/v1/training-records/", {}, format="json").status_code in (400, 403)


def test_a_session_from_the_list_to_the_log(trainer):
    sync_figures(at=AT)
    session = SessionFactory(course__needs_exam=False)
    streamer = StreamerFactory(trained=False)
    url = f"/api/v1/training-sessions/{session.pk}/"

    assert trainer.post(f"{url}enrol/", {"who": [streamer.code]}, format="json").status_code == 200
    listed = Attendance.objects.get()
    assert trainer.post(f"{url}mark/", {"present": [listed.pk]}, format="json").status_code == 200
    answer = trainer.post(f"{url}close/", {}, format="json")

    assert (answer.status_code, answer.json()["state"]) == (200, "closed")
    assert TrainingRecord.objects.get().trainee.streamer == streamer


@pytest.mark.parametrize(("body", "status"), [({"who": ["nobody"]}, 400), ({}, 400), ({"who": "S1"}, 400)])
def test_wrong_people_are_refused_and_nothing_is_stored(trainer, body, status):
    session = SessionFactory()

    answer = trainer.post(f"/api/v1/training-sessions/{session.pk}/enrol/", body, format="json")

    assert answer.status_code == status
    assert not session.attendances.exists()


def test_a_line_is_corrected_by_a_new_one(trainer):
    line = TrainingRecordFactory()
    url = f"/api/v1/training-records/{line.pk}/correct/"

    answer = trainer.post(url, {"score": "55.00", "note": "录入错误"}, format="json")

    assert answer.status_code == 200
    made = TrainingRecord.objects.get(superseded_at=None)
    assert (made.supersedes, made.score, made.result, made.valid_to) == (line, 55, "failed", None)
    assert trainer.post(url, {"score": "60.00", "note": "再改"}, format="json").status_code == 409
    assert trainer.post(url, {"score": "60.00"}, format="json").status_code == 400
