"""Training: the default course has an exam, the default record was passed on ``DAY`` and is proven."""

import datetime

import factory

from mcn.kit import records
from streamers.models import (
    Attempt,
    Attendance,
    Course,
    Material,
    PlanItem,
    Question,
    Trainee,
    TrainingPlan,
    TrainingRecord,
    TrainingSession,
)
from streamers.models.training import good_until
from tests.factories import AT, DAY, RecordFactory

HOUR = datetime.timedelta(hours=1)
Topic = Course.Topic


class CourseFactory(RecordFactory):
    """The induction in law and standards: four hours, by self-study, good for a year."""

    class Meta:
        model = Course

    code = factory.Sequence(lambda count: f"law{count}")
    name = "主播岗前培训：法律法规与标准"
    topic = Topic.LAW
    hours = 4
    validity_months = 12
    is_induction = True
    self_study = True
    questions_drawn = 3


class MaterialFactory(RecordFactory):
    """The first version of a course's material, published."""

    class Meta:
        model = Material

    course = factory.SubFactory(CourseFactory)
    number = 1
    text = "直播营销不得虚假宣传，不得使用绝对化用语。"
    state = Material.State.PUBLISHED
    sha256 = "0" * 64
    published_at = AT


class QuestionFactory(RecordFactory):
    """A question with one right answer: ``QuestionFactory(right="BC")`` has several."""

    class Meta:
        model = Question

    class Params:
        right = "B"
        texts = ["最", "经检测机构检测", "国家级", "第一"]

    course = factory.SubFactory(CourseFactory)
    code = factory.Sequence(lambda count: f"q{count:03d}")
    kind = factory.LazyAttribute(lambda row: "multiple" if len(row.right) > 1 else "single")
    text = factory.Sequence(lambda count: f"下列哪种说法可以在直播间使用？（{count}）")
    explanation = "绝对化用语不得使用，检测结论应有依据。"

    @factory.lazy_attribute
    def options(self):
        return [
            {"text": text, "right": letter in self.right}
            for letter, text in zip("ABCD", self.texts, strict=False)
        ]


class TraineeFactory(RecordFactory):
    """A streamer in the log who was trained in nothing yet; ``kind="staff"`` or ``"service"`` for others."""

    class Meta:
        model = Trainee

    kind = "streamer"
    started_on = DAY
    streamer = factory.Maybe(
        factory.LazyAttribute(lambda row: row.kind == "streamer"),
        factory.SubFactory("tests.factories.streamers.StreamerFactory", trained=False),
    )
    user = factory.Maybe(
        factory.LazyAttribute(lambda row: row.kind == "staff"),
        factory.SubFactory("tests.factories.accounts.StaffFactory", role="operator"),
    )
    contact = factory.Maybe(
        factory.LazyAttribute(lambda row: row.kind == "service"),
        factory.SubFactory("tests.factories.merchants.ContactFactory", duty="after_sales"),
    )


class SessionFactory(RecordFactory):
    """A session on the morning of ``DAY``, still planned."""

    class Meta:
        model = TrainingSession

    course = factory.SubFactory(CourseFactory)
    starts_at = AT - HOUR
    ends_at = AT + HOUR
    place = "广州市天河区体育西路 1 号 12 楼培训室"


class AttendanceFactory(RecordFactory):
    """Somebody on the list of a session: ``came=True`` for one who came."""

    class Meta:
        model = Attendance

    class Params:
        came = factory.Trait(state=Attendance.State.PRESENT, way=Attendance.Way.TRAINER, came_at=AT)

    session = factory.SubFactory(SessionFactory)
    trainee = factory.SubFactory(TraineeFactory)


class AttemptFactory(RecordFactory):
    """An exam of one question that is being sat; ``failed=True`` for one handed in and not passed."""

    class Meta:
        model = Attempt

    class Params:
        failed = factory.Trait(state="submitted", score=0, passed=False, submitted_at=AT, answers={"0": [0]})

    trainee = factory.SubFactory(TraineeFactory)
    course = factory.SubFactory(CourseFactory)
    number = 1
    questions = factory.LazyAttribute(lambda row: [QuestionFactory.build(course=row.course).as_drawn()])
    pass_mark = 80
    started_at = AT


class TrainingRecordFactory(RecordFactory):
    """A line of the log: passed by an exam on ``DAY``, good for as long as the course says."""

    class Meta:
        model = TrainingRecord

    trainee = factory.SubFactory(TraineeFactory)
    course = factory.SubFactory(CourseFactory)
    trained_on = DAY
    hours = 4
    score = 90
    passed_on = factory.LazyAttribute(lambda row: row.trained_on)
    valid_to = factory.LazyAttribute(lambda row: good_until(row.course, row.passed_on))
    source = TrainingRecord.Source.EXAM
    attempt = factory.LazyAttribute(
        lambda row: AttemptFactory(
            trainee=row.trainee, course=row.course, state="submitted", score=90, passed=True, submitted_at=AT
        )
    )


class TrainingPlanFactory(RecordFactory):
    """What signed streamers owe from the first day of the year."""

    class Meta:
        model = TrainingPlan

    code = factory.Sequence(lambda count: f"plan{count}")
    name = "签约主播培训计划"
    audience = Trainee.Kind.STREAMER
    valid_from = datetime.date(2026, 1, 1)


class PlanItemFactory(RecordFactory):
    """That a plan asks for a course before the first duty."""

    class Meta:
        model = PlanItem

    plan = factory.SubFactory(TrainingPlanFactory)
    course = factory.SubFactory(CourseFactory)


BASICS = [
    ("basic-law", "主播岗前培训：法律法规与标准", Topic.LAW, True),
    ("basic-skill", "直播营销技能", Topic.MARKETING, False),
    ("basic-quality", "产品质量知识", Topic.QUALITY, False),
    ("basic-crisis", "直播应急处理与危机公关", Topic.EMERGENCY, False),
    ("basic-house", "本机构管理制度", Topic.HOUSE, False),
    ("basic-talk", "沟通协调、电脑操作与文字表达", Topic.SKILLS, False),
]


def train(streamer, *, on=DAY, evidence=True):
    """Have a streamer pass the basic courses on a day, with a session that proves it."""
    courses = {course.code: course for course in Course.objects.filter(code__startswith="basic-")}
    for code, name, topic, induction in BASICS:
        if code not in courses:
            courses[code] = CourseFactory(code=code, name=name, topic=topic, is_induction=induction)
    trainee = TraineeFactory(streamer=streamer)
    held = {session.course_id: session for session in TrainingSession.objects.filter(note="basics")}
    lines = []
    for course in courses.values():
        if evidence and course.pk not in held:
            held[course.pk] = SessionFactory(course=course, state="closed", note="basics")
        lines.append(
            TrainingRecord(
                trainee=trainee,
                course=course,
                session=held.get(course.pk) if evidence else None,
                trained_on=on,
                hours=course.hours,
                passed_on=on,
                valid_to=good_until(course, on),
                source=TrainingRecord.Source.SESSION,
            )
        )
    records.save_many(lines, by=None, at=AT)
    return trainee
