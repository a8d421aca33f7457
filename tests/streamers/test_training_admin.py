"""Training in the back office: the lists, the session's verbs, the bank, corrections, the start page."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from streamers.actions.trainee import register
from streamers.actions.training_data import sync_courses
from streamers.admin.training_start import work
from streamers.models import (
    Attendance,
    Course,
    Material,
    PlanItem,
    Question,
    Trainee,
    TrainingPlan,
    TrainingRecord,
)
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import (
    AttemptFactory,
    AttendanceFactory,
    CourseFactory,
    MaterialFactory,
    PlanItemFactory,
    QuestionFactory,
    SessionFactory,
    TraineeFactory,
    TrainingPlanFactory,
    TrainingRecordFactory,
)

pytestmark = pytest.mark.django_db
PAGES = [
    "attempt",
    "attendance",
    "course",
    "material",
    "question",
    "trainee",
    "trainingplan",
    "trainingrecord",
    "trainingsession",
]


@pytest.fixture(autouse=True)
def now():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def trainer(client):
    user = StaffFactory(role="trainer")
    client.force_login(user)
    return client


def make(count):
    asked = PlanItemFactory(plan=TrainingPlanFactory())
    for kind in ["streamer", "staff", "service"] * count:
        line = TrainingRecordFactory(trainee=TraineeFactory(kind=kind), course=asked.course)
        AttendanceFactory(trainee=line.trainee, session=SessionFactory(course=asked.course))
        QuestionFactory(course=asked.course)
    MaterialFactory(course=asked.course)


def admin(name, *args):
    return reverse(f"admin:streamers_{name}", args=args)


@pytest.mark.parametrize("page", PAGES)
def test_a_longer_list_asks_no_more_queries(trainer, page):
    make(1)
    with CaptureQueriesContext(connection) as few:
        assert trainer.get(admin(f"{page}_changelist")).status_code == 200
    make(3)
    with CaptureQueriesContext(connection) as many:
        answer = trainer.get(admin(f"{page}_changelist"))

    assert answer.status_code == 200
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize("page", PAGES)
def test_every_row_has_a_page(trainer, page):
    make(1)
    AttemptFactory()
    row = next(
        model for model in [Trainee, Attendance, Course, Material, Question, TrainingPlan, TrainingRecord,
                            type(SessionFactory()), type(AttemptFactory())]
        if model._meta.model_name == page
    ).objects.first()  # fmt: skip

    assert trainer.get(admin(f"{page}_change", row.pk)).status_code == 200


def test_who_is_overdue_is_a_filter_away(trainer):
    asked = PlanItemFactory(plan=TrainingPlanFactory())
    late, done = TraineeFactory(), TrainingRecordFactory(course=asked.course).trainee
    Trainee.objects.update(started_on=DAY.replace(day=1))

    page = trainer.get(admin("trainee_changelist"), {"stands": "overdue"}).content.decode()

    assert str(late) in page
    assert str(done) not in page
    assert asked.course.name in page


def test_a_session_by_its_buttons(trainer):
    session = SessionFactory(course__needs_exam=False)
    streamer = StreamerFactory(trained=False)
    page = trainer.get(admin("trainingsession_change", session.pk)).content.decode()
    for verb in ["enrol", "mark", "close", "cancel"]:
        assert admin("trainingsession_verb", session.pk, verb) in page

    answer = trainer.post(
        admin("trainingsession_verb", session.pk, "enrol"), {"who": streamer.code}, follow=True
    )
    assert "新安排 1 人" in answer.content.decode()
    row = Attendance.objects.get()
    answer = trainer.post(admin("trainingsession_verb", session.pk, "mark"), {"came": [row.pk]}, follow=True)
    assert "到场 1 人" in answer.content.decode()

    assert Attendance.objects.get().state == "present"
    trainer.post(admin("trainingsession_verb", session.pk, "mark"), {"note": ""})
    assert Attendance.objects.get().state == "absent"


def test_what_was_typed_stays_when_somebody_is_not_known(trainer):
    session = SessionFactory()

    answer = trainer.post(admin("trainingsession_verb", session.pk, "enrol"), {"who": "S9999 nobody"})

    assert "S9999 nobody" in answer.content.decode()
    assert not session.attendances.exists()


def test_the_code_is_for_the_projector_and_changes(trainer, client):
    session = SessionFactory()

    answer = trainer.get(admin("trainingsession_code", session.pk))

    assert "data:image/svg+xml" in answer.content.decode()
    assert answer["Refresh"] == "45"
    client.force_login(StaffFactory(role="auditor"))
    assert client.get(admin("trainingsession_code", session.pk)).status_code == 404


def test_a_changed_question_is_its_next_version(trainer):
    question = QuestionFactory()
    given = {
        "kind": "multiple",
        "text": question.text,
        "options": "* 检测报告\n第一\n＊ 注册证书",
        "explanation": "",
        "clause": "",
        "opened_version": question.version,
    }

    assert trainer.post(admin("question_change", question.pk), given).status_code == 302

    made = Question.objects.get(superseded_at=None)
    assert (made.code, made.number) == (question.code, 2)
    assert made.options == [
        {"text": "检测报告", "right": True},
        {"text": "第一", "right": False},
        {"text": "注册证书", "right": True},
    ]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("single", "甲\n乙"),
        ("single", "*甲\n*乙"),
        ("multiple", "*甲\n乙"),
        ("single", "*甲"),
        ("single", "*甲\n甲"),
        ("true_false", "*对\n错\n不知道"),
    ],
)
def test_a_question_without_a_clear_answer_is_refused(trainer, kind, options):
    given = {"course": CourseFactory().pk, "kind": kind, "text": "能不能这样说？", "options": options}

    answer = trainer.post(admin("question_add"), given)

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode() or "error" in answer.content.decode()
    assert not Question.objects.exists()


def test_a_published_version_is_frozen(trainer):
    material = MaterialFactory()

    trainer.post(admin("material_change", material.pk), {"course": material.course_id, "text": "改了"})

    material.refresh_from_db()
    assert "改了" not in material.text


def test_the_next_version_takes_the_place_of_the_one_before(trainer):
    before = MaterialFactory()
    trainer.post(admin("material_add"), {"course": before.course_id, "text": "第二版", "changes": "新规"})
    after = Material.objects.get(number=2)

    trainer.post(admin("material_verb", after.pk, "publish"), {"note": ""})

    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state, len(after.sha256)) == ("retired", "published", 64)


def test_a_line_is_corrected_with_a_reason(trainer):
    line = TrainingRecordFactory()
    given = {"trained_on": "2026-03-15", "hours": "3", "score": "90", "result": "passed", "note": "日期录错"}

    trainer.post(admin("trainingrecord_verb", line.pk, "correct"), given)

    made = TrainingRecord.objects.get(superseded_at=None)
    assert (made.supersedes, made.hours, str(made.passed_on)) == (line, 3, "2026-03-15")
    assert str(made.valid_to) == "2027-03-14"


def test_the_auditor_reads_and_changes_nothing(client):
    client.force_login(StaffFactory(role="auditor"))
    session = SessionFactory()

    assert client.get(admin("trainingsession_change", session.pk)).status_code == 200
    assert client.get(admin("trainingsession_add")).status_code == 403
    answer = client.post(admin("trainingsession_verb", session.pk, "cancel"), {"note": "试试"})
    assert answer.status_code == 403


def test_the_start_page_tells_the_trainer_what_waits():
    asked = PlanItemFactory(plan=TrainingPlanFactory())
    TraineeFactory(started_on=DAY.replace(day=1))
    TrainingRecordFactory(course=asked.course)
    SessionFactory()

    found = list(work(StaffFactory(role="trainer"), DAY))

    piles = {str(pile.label): pile.count for pile in found[:-1]}
    assert piles == {"今天的培训": 1, "待结课的培训": 0, "培训已逾期的人": 1, "培训待完成或即将到期的人": 0}
    assert found[-1].values[-1] == 4
    assert list(work(StaffFactory(role="auditor"), DAY)) == []


@pytest.mark.clause("DB4401 5.4.3.2 b", "DB4401 5.4.3.2 c", "EJAS 5.2.2.1", "LSMS 7.1.3 a")
def test_an_empty_installation_can_train_its_first_streamer():
    sync_courses(at=AT)
    streamer = StreamerFactory(trained=False)
    register(at=AT)
    sync_courses(at=AT)

    assert set(Course.objects.values_list("topic", flat=True)) >= {"law", "marketing", "quality", "emergency"}
    assert all(course.questions.count() >= course.questions_drawn for course in Course.objects.all())
    assert Material.objects.filter(state="published").count() == Course.objects.count() == 7
    assert PlanItem.objects.filter(plan__audience="streamer").count() == 7
    assert streamer.trainee.started_on == DAY


def test_what_staff_changed_of_the_shipped_courses_stays():
    sync_courses(at=AT)
    Course.objects.filter(code="law").update(pass_mark=90, ended_on=DAY)

    sync_courses(at=AT)

    assert Course.objects.get(code="law").pass_mark == 90


def test_an_exam_shows_the_right_answers_when_it_is_handed_in(trainer):
    sat, handed_in = AttemptFactory(answers={"0": [0]}), AttemptFactory(failed=True)

    page = trainer.get(admin("attempt_change", sat.pk)).content.decode()
    assert "<strong>最</strong>" in page
    assert "✓" not in page
    assert "✓" in trainer.get(admin("attempt_change", handed_in.pk)).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *[(role, 200) for role in ["trainer", "compliance", "auditor", "administrator", "streamer_manager"]],
        *[(role, 403) for role in ["merchant_desk", "reviewer", "operator", "after_sales"]],
    ],
)
def test_who_only_sits_exams_does_not_read_the_bank(client, role, status):
    question = QuestionFactory()
    client.force_login(StaffFactory(role=role))

    assert client.get(admin("question_change", question.pk)).status_code == status
