"""Training and the camera: what is passed, proven and still good; and what each person owes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from merchants.models import Contact
from streamers.models import Streamer, Trainee, TrainingRecord
from streamers.rules.duty import Status, duties_for, duties_of, owing, standing_as, statuses
from streamers.rules.hosting import GRADUATION, for_inspection
from streamers.rules.training import (
    SERVICE,
    is_trained_in_the_trade,
    knows_the_agencys_rules,
    passed_the_induction,
    speaks_writes_and_uses_a_computer,
)
from streamers.rules.training_plan import SERVICE_PLANS
from tests.factories import AT, DAY
from tests.factories.merchants import ContactFactory, MerchantFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import (
    CourseFactory,
    PlanItemFactory,
    TraineeFactory,
    TrainingPlanFactory,
    TrainingRecordFactory,
    train,
)

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


def said(check, streamer, on=DAY):
    [loaded] = for_inspection(Streamer.objects.filter(pk=streamer.pk))
    return [str(message) for _row, message in check(loaded, on)]


@pytest.mark.clause("LSMS 7.1.1", "DB4401 5.4.3.2 b", "DB4401 5.2.1 e", "LSEC 41")
def test_a_trained_streamer_passes():
    assert said(passed_the_induction, StreamerFactory()) == []


@pytest.mark.clause("LSMS 7.1.1", "DB4401 5.4.3.2 b", "DB4401 5.2.1 e", "LSMS 7.1.3 a")
def test_a_streamer_who_was_never_trained_may_not_be_let_on():
    streamer = StreamerFactory(trained=False)

    report = GRADUATION.inspect(streamer, on=DAY)

    assert [row.clause for row in report.blockers] == ["LSMS 7.1.1"]
    trade = ["DB4401 5.4.3.2 c"] * 3
    assert [row.clause for row in report.warnings] == [*trade, "LSMS 7.1.3 b", "LSMS 7.1.3 c"]


@pytest.mark.clause("LSMS 7.1.1")
def test_training_that_nothing_proves_does_not_count():
    streamer = StreamerFactory(trained=False)
    train(streamer, evidence=False)

    assert len(said(passed_the_induction, streamer)) == 1


@pytest.mark.clause("DB4401 5.3.1 c", "LSMS 7.1.1")
@pytest.mark.parametrize(("days", "good"), [(-1, True), (0, True), (1, False)])
def test_the_induction_is_good_through_its_last_day(days, good):
    streamer = StreamerFactory()
    last = streamer.trainee.trainingrecords.filter(course__topic="law").get().valid_to

    assert last == datetime.date(2027, 3, 15)
    assert (said(passed_the_induction, streamer, last + days * ONE) == []) == good


@pytest.mark.parametrize(
    "changes",
    [
        {"result": "attended", "passed_on": None, "valid_to": None, "score": None},
        {"result": "failed", "passed_on": None, "valid_to": None, "score": 30},
        {"superseded_at": datetime.datetime(2026, 3, 16, tzinfo=datetime.UTC)},
        {"trained_on": DAY + ONE},
    ],
    ids=["exam to come", "failed", "corrected", "tomorrow"],
)
def test_what_was_not_passed_does_not_count(changes):
    streamer = StreamerFactory(trained=False)
    course = CourseFactory()
    TrainingRecordFactory(trainee=TraineeFactory(streamer=streamer), course=course, **changes)

    assert said(passed_the_induction, streamer) != []


def test_another_topic_is_no_induction():
    streamer = StreamerFactory(trained=False)
    course = CourseFactory(topic="ethics")
    TrainingRecordFactory(trainee=TraineeFactory(streamer=streamer), course=course)

    assert said(passed_the_induction, streamer) != []


@pytest.mark.clause("DB4401 5.4.3.2 c", "DB4401 5.3.1 a", "DB4401 5.3.1 b")
def test_skills_quality_and_emergencies_are_asked_for():
    streamer = StreamerFactory()
    assert said(is_trained_in_the_trade, streamer) == []

    line = streamer.trainee.trainingrecords.get(course__topic="quality")
    TrainingRecord.objects.filter(pk=line.pk).update(valid_to=DAY - ONE)

    assert len(said(is_trained_in_the_trade, streamer)) == 1


@pytest.mark.parametrize(
    ("check", "topic"),
    [
        pytest.param(knows_the_agencys_rules, "house", marks=pytest.mark.clause("LSMS 7.1.3 b")),
        pytest.param(
            speaks_writes_and_uses_a_computer,
            "skills",
            marks=pytest.mark.clause("LSMS 7.1.3 c", "DB4401 5.4.3.2 c"),
        ),
    ],
)
def test_the_agencys_rules_and_general_skills_are_asked_for(check, topic):
    streamer = StreamerFactory()
    assert said(check, streamer) == []

    line = streamer.trainee.trainingrecords.get(course__topic=topic)
    TrainingRecord.objects.filter(pk=line.pk).update(superseded_at=AT)

    assert len(said(check, streamer)) == 1


@pytest.mark.clause("DB4401 6.2.2 d", "EJAS 5.2.2.2")
def test_a_service_person_is_inducted_before_the_first_duty():
    merchant = MerchantFactory()
    person = ContactFactory(merchant=merchant, duty="after_sales", phone="13600136001")
    course = CourseFactory(topic="service")
    assert [row.clause for row in SERVICE.inspect(person, on=DAY).findings] == ["DB4401 6.2.2 d"]

    trainee = TraineeFactory(kind="service", contact=person)
    TrainingRecordFactory(trainee=trainee, course=course)

    assert SERVICE.inspect(person, on=DAY).findings == []
    assert person in Contact.objects.filter(pk__in=SERVICE.subjects())


def faults_of_plans(on=DAY):
    reports = SERVICE_PLANS.inspect_many(SERVICE_PLANS.subjects(), on=on)
    return sorted(finding.clause for report in reports.values() for finding in report.findings)


@pytest.mark.clause("EJAS 5.2.2.1", "EJAS 5.2.2.3", "EJAS 4.1.3 -2")
@pytest.mark.parametrize(
    ("plan", "asks", "found"),
    [
        ({}, True, []),
        ({}, False, ["EJAS 5.2.2.1"]),
        ({"budget_a_year": None}, True, ["EJAS 5.2.2.1"]),
        ({"sessions_a_year": 11}, True, ["EJAS 5.2.2.3"]),
        ({"sessions_a_year": 11, "valid_to": DAY - ONE}, True, []),
        ({"sessions_a_year": 0, "budget_a_year": None, "audience": "staff"}, False, []),
    ],
)
def test_the_plan_for_service_people_has_courses_money_and_twelve_sessions(plan, asks, found):
    made = TrainingPlanFactory(**{"audience": "service", "sessions_a_year": 12, "budget_a_year": 9000} | plan)
    if asks:
        PlanItemFactory(plan=made)

    assert faults_of_plans() == found


@pytest.mark.clause("EJAS 5.2.2.3")
def test_a_later_plan_of_the_same_code_counts_instead():
    TrainingPlanFactory(code="service", audience="service")
    later = TrainingPlanFactory(
        code="service", audience="service", sessions_a_year=12, budget_a_year=9000, valid_from=DAY
    )
    PlanItemFactory(plan=later)

    assert faults_of_plans() == []
    assert faults_of_plans(DAY - ONE) == ["EJAS 5.2.2.1", "EJAS 5.2.2.1", "EJAS 5.2.2.3"]


def item(**options):
    return PlanItemFactory(plan=TrainingPlanFactory(**options))


@pytest.mark.clause("DB4401 5.4.3.2 e", "EJAS 5.2.2.1")
@pytest.mark.parametrize(
    ("days", "status"), [(29, Status.SOON), (30, Status.SOON), (31, Status.OVERDUE), (-1, Status.OPEN)]
)
def test_a_course_is_due_within_its_days(days, status):
    asked = PlanItemFactory(plan=TrainingPlanFactory(), within_days=30)
    trainee = TraineeFactory()

    duty = duties_for(trainee, DAY + days * ONE)[0]

    assert (duty.course, duty.status, duty.due_on) == (asked.course, status, DAY + 30 * ONE)
    assert "即将到期" not in duty.told
    assert (duty.told == f"待完成 · 最迟 {duty.due_on:%Y-%m-%d}") is (status == Status.SOON)


@pytest.mark.parametrize(
    ("days", "status"), [(-31, Status.DONE), (-30, Status.SOON), (0, Status.SOON), (1, Status.OVERDUE)]
)
def test_what_runs_out_is_due_again(days, status):
    asked = item()
    line = TrainingRecordFactory(course=asked.course)

    duty = duties_for(line.trainee, line.valid_to + days * ONE)[0]

    assert (duty.status, duty.due_on, duty.record) == (status, line.valid_to, line)
    assert (duty.told == "即将到期") is (status == Status.SOON)


def test_a_topic_is_done_by_any_of_its_courses():
    asked = PlanItemFactory(course=None, topic="quality")
    line = TrainingRecordFactory(course=CourseFactory(topic="quality"))

    assert duties_for(line.trainee, DAY)[0].status == Status.DONE
    assert duties_for(line.trainee, DAY)[0].label == asked.get_topic_display()


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        ({"engagement": "signed"}, True),
        ({"engagement": "entrusted"}, False),
        ({"tier": "S"}, False),
        ({"audience": "staff"}, False),
        ({"valid_from": DAY + ONE}, False),
        ({"valid_to": DAY - ONE}, False),
        ({"valid_to": DAY}, True),
    ],
)
def test_a_plan_speaks_of_its_own_people_on_its_days(plan, asked):
    item(**plan)

    assert bool(duties_for(TraineeFactory(), DAY)) == asked


def test_a_plan_for_a_role_asks_those_who_have_it():
    item(audience="staff", role="operator")
    operator = TraineeFactory(kind="staff")

    assert duties_for(operator, DAY)
    operator.user.groups.clear()
    assert not duties_for(Trainee.objects.get(pk=operator.pk), DAY)


def test_of_one_plan_the_latest_counts():
    TrainingPlanFactory(code="year", hours_a_year=12)
    TrainingPlanFactory(code="year", hours_a_year=24, valid_from=datetime.date(2026, 3, 1))

    assert duties_for(TraineeFactory(), DAY)[0].progress == "0 / 24"
    assert duties_for(TraineeFactory(), datetime.date(2026, 2, 28))[0].progress == "0 / 12"


@pytest.mark.clause("EJAS 5.2.2.3")
@pytest.mark.parametrize(
    ("on", "status"),
    [
        (datetime.date(2026, 3, 31), Status.OPEN),
        (datetime.date(2026, 4, 1), Status.OPEN),
        (datetime.date(2026, 5, 1), Status.BEHIND),
    ],
)
def test_twelve_sessions_a_year_are_one_a_month(on, status):
    TrainingPlanFactory(audience="service", sessions_a_year=12)
    trainee = TraineeFactory(kind="service", started_on=DAY)
    TrainingRecordFactory(trainee=trainee, source="session", course=CourseFactory(topic="service"))

    duty = duties_for(trainee, on)[0]

    assert (duty.progress, duty.status, duty.due_on) == ("1 / 12", status, datetime.date(2026, 12, 31))


@pytest.mark.clause("EJAS 5.2.2.3")
def test_the_twelfth_session_does_it_and_last_years_do_not_count():
    TrainingPlanFactory(audience="service", sessions_a_year=2)
    trainee = TraineeFactory(kind="service", started_on=datetime.date(2025, 1, 1))
    for day in [datetime.date(2025, 12, 31), datetime.date(2026, 1, 1), DAY]:
        TrainingRecordFactory(trainee=trainee, source="session", trained_on=day)

    assert duties_for(trainee, DAY)[0].status == Status.DONE
    assert duties_for(trainee, datetime.date(2026, 1, 1))[0].progress == "1 / 2"


def test_thousands_are_asked_about_in_as_many_queries_as_one():
    asked = item()
    TraineeFactory()
    with CaptureQueriesContext(connection) as one:
        duties_of(Trainee.objects.all(), DAY)
    for kind in ["streamer", "staff", "service"] * 4:
        TraineeFactory(kind=kind)
    TrainingRecordFactory(course=asked.course)

    with CaptureQueriesContext(connection) as many:
        found = statuses(Trainee.objects.all(), DAY + ONE)

    assert len(many) <= len(one) + 1  # the roles of the staff
    assert len(found) == 14
    assert sorted(standing_as(Status.OVERDUE, DAY + ONE)) == sorted(
        pk for pk, status in found.items() if status == Status.OVERDUE
    )


def test_who_owes_a_course_is_found():
    asked = item()
    late, done = TraineeFactory(), TrainingRecordFactory(course=asked.course).trainee
    gone = TraineeFactory(streamer=StreamerFactory(state="ended", trained=False))

    found = owing(asked.course, DAY)

    assert late.pk in found
    assert {done.pk, gone.pk}.isdisjoint(found)


@pytest.mark.clause("LSMS 7.1.1")
def test_lacking_training_is_mended_on_the_persons_training_page_or_by_a_session():
    streamer = StreamerFactory(trained=False)
    assert {row.mend_url for row in GRADUATION.inspect(streamer, on=DAY).findings} == {
        "/admin/streamers/trainingsession/?state__exact=planned"
    }

    trainee = train(streamer, evidence=False)

    found = GRADUATION.inspect(streamer, on=DAY).findings
    assert {row.mend_url for row in found} == {f"/admin/streamers/trainee/{trainee.pk}/change/"}
