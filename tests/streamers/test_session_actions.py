"""Sessions: people put on the list, checked in by the code, entered by the trainer, closed into the log."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from mcn.agency.figures import sync_figures
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import session as session_actions
from streamers.actions import trainee as trainee_actions
from streamers.models import Attendance, Trainee, TrainingRecord, TrainingSession
from tests.factories import AT, DAY, pdf
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

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
AFTER = AT + 2 * HOUR
State = TrainingSession.State
Present = Attendance.State


@pytest.fixture
def trainer():
    return StaffFactory(role="trainer")


@pytest.fixture
def streamer():
    return StreamerFactory(trained=False, user=UserFactory())


def test_people_are_put_on_the_list_by_what_lists_call_them(trainer):
    streamer = StreamerFactory(trained=False)
    colleague = StaffFactory(role="operator")
    person = ContactFactory(merchant=MerchantFactory(papers=False), duty="after_sales", phone="13600136001")
    session = SessionFactory()

    words = f"{streamer.code.lower()}\n{colleague.username}  13600136001"
    session_actions.enrol(session, who=words, by=trainer, at=AT)

    people = {row.trainee for row in session.attendances.all()}
    assert people == {streamer.trainee, colleague.trainee, person.trainee}
    assert {row.state for row in session.attendances.all()} == {Present.ENROLLED}


def test_nobody_is_on_the_list_twice(trainer, streamer):
    session = SessionFactory()
    session_actions.enrol(session, people=[streamer], by=trainer, at=AT)
    session_actions.enrol(session, people=[streamer], by=trainer, at=AT)

    assert session.attendances.count() == Trainee.objects.count() == 1


def test_an_unknown_word_puts_nobody_on_the_list_and_is_not_said(trainer, streamer):
    session = SessionFactory()

    with pytest.raises(ValidationError) as caught:
        session_actions.enrol(session, who=f"{streamer.code} 13999999999", by=trainer, at=AT)

    assert "13999999999" not in str(caught.value)
    assert "2" in str(caught.value)
    assert not session.attendances.exists()


def test_everybody_who_owes_the_course_is_put_on_the_list(trainer):
    course = CourseFactory()
    PlanItemFactory(plan=TrainingPlanFactory(), course=course)
    owing = StreamerFactory(trained=False)
    passed = TrainingRecordFactory(course=course).trainee
    session = SessionFactory(course=course)

    session_actions.enrol(session, everybody_owing=True, by=trainer, at=AT)

    listed = {row.trainee_id for row in session.attendances.all()}
    assert owing.trainee.pk in listed
    assert passed.pk not in listed


def test_hundreds_are_put_on_the_list_in_as_many_queries_as_one(trainer):
    session = SessionFactory()
    several = StreamerFactory.create_batch(12, trained=False, contract=False, verified=False)
    with CaptureQueriesContext(connection) as one:
        session_actions.enrol(session, people=several[:1], by=trainer, at=AT)
    with CaptureQueriesContext(connection) as many:
        session_actions.enrol(session, people=several[1:], by=trainer, at=AT)

    assert len(many) <= len(one)


@pytest.mark.parametrize("verb", ["enrol", "mark", "close", "cancel"])
def test_who_may_not_train_is_refused(verb, streamer):
    session = SessionFactory()
    options = {"cancel": {"note": "改期"}, "enrol": {"people": [streamer]}}.get(verb, {})

    with pytest.raises(Denied):
        getattr(session_actions, verb)(session, by=StaffFactory(role="auditor"), at=AFTER, **options)


def test_a_streamer_checks_in_by_the_code(streamer):
    session = SessionFactory()
    code = session_actions.code_of(session, at=AT)

    row = session_actions.check_in(code, by=streamer.user, at=AT + 60 * SECOND)

    assert (row.trainee.streamer, row.state, row.way) == (streamer, Present.PRESENT, Attendance.Way.CODE)


def test_checking_in_twice_changes_nothing(streamer):
    session = SessionFactory()
    code = session_actions.code_of(session, at=AT)
    first = session_actions.check_in(code, by=streamer.user, at=AT)
    again = session_actions.check_in(code, by=streamer.user, at=AT + SECOND)

    assert (again.pk, again.came_at) == (first.pk, AT)


@pytest.mark.parametrize(("seconds", "good"), [(89, True), (90, True), (91, False)])
def test_a_code_is_good_for_its_seconds(streamer, seconds, good):
    session = SessionFactory()
    code = session_actions.code_of(session, at=AT)

    if good:
        assert session_actions.check_in(code, by=streamer.user, at=AT + seconds * SECOND)
    else:
        with pytest.raises(Refused, match="过期"):
            session_actions.check_in(code, by=streamer.user, at=AT + seconds * SECOND)
        assert not session.attendances.exists()


@pytest.mark.parametrize(
    ("minutes", "good"), [(-31, False), (-30, True), (0, True), (120, True), (150, True), (151, False)]
)
def test_checking_in_is_open_around_the_session(streamer, minutes, good):
    session = SessionFactory(starts_at=AT, ends_at=AT + 2 * HOUR)
    at = AT + datetime.timedelta(minutes=minutes)
    code = session_actions.code_of(session, at=at)

    if good:
        assert session_actions.check_in(code, by=streamer.user, at=at)
    else:
        with pytest.raises(Refused):
            session_actions.check_in(code, by=streamer.user, at=at)


def test_a_forged_code_and_a_stranger_are_refused(streamer):
    code = session_actions.code_of(SessionFactory(), at=AT)

    with pytest.raises(Refused):
        session_actions.check_in(code[:-2] + "xx", by=streamer.user, at=AT)
    with pytest.raises(Denied):
        session_actions.check_in(code, by=MerchantUserFactory(), at=AT)
    assert not Attendance.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is one connection's own")
@pytest.mark.django_db(transaction=True)
def test_two_people_check_in_at_once(streamer):
    sync_figures(at=AT)
    session = SessionFactory()
    people = [streamer.user, StaffFactory(role="operator"), StreamerFactory(user=UserFactory()).user]
    code = session_actions.code_of(session, at=AT)
    errors = []

    def come(user):
        try:
            session_actions.check_in(code, by=user, at=AT)
        except Exception as error:  # noqa: BLE001 - told by the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come, args=[user]) for user in [*people, people[0]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert session.attendances.filter(state=Present.PRESENT).count() == 3


def test_the_trainer_enters_who_came_and_takes_it_back(trainer):
    session = SessionFactory()
    came, stayed = AttendanceFactory(session=session), AttendanceFactory(session=session)

    session_actions.mark(session, present=[came], by=trainer, at=AT)
    assert Attendance.objects.get(pk=came.pk).state == Present.PRESENT
    assert Attendance.objects.get(pk=stayed.pk).state == Present.ENROLLED

    session_actions.mark(session, absent=[came], by=trainer, at=AT)
    assert Attendance.objects.get(pk=came.pk).came_at is None


def test_a_row_of_another_session_is_left_alone(trainer):
    other = AttendanceFactory()
    session = SessionFactory()

    assert session_actions.mark(session, present=[other], by=trainer, at=AT) == []
    assert Attendance.objects.get(pk=other.pk).state == Present.ENROLLED


def test_nobody_can_have_come_before_the_session(trainer):
    row = AttendanceFactory()

    with pytest.raises(Refused):
        session_actions.mark(row.session, present=[row], by=trainer, at=AT - 5 * HOUR)


@pytest.mark.clause("LSMS 7.1.1", "DB4401 5.4.3.2 b", "EJAS 5.2.2.3")
def test_closing_writes_the_log_and_counts_the_others_absent(trainer):
    material = MaterialFactory(course=CourseFactory(needs_exam=False))
    session = SessionFactory(course=material.course)
    came = AttendanceFactory(session=session, came=True)
    away = AttendanceFactory(session=session)

    session_actions.close(session, pdf("签到表.pdf"), by=trainer, at=AFTER)

    line = TrainingRecord.objects.get()
    assert (line.trainee, line.session, line.material) == (came.trainee, session, material)
    assert (line.result, line.passed_on, line.hours) == ("passed", DAY, 4)
    assert line.valid_to == datetime.date(2027, 3, 15)
    assert line.is_evidenced
    assert Attendance.objects.get(pk=away.pk).state == Present.ABSENT
    assert (session.state, session.document.latest.name) == (State.CLOSED, "签到表.pdf")


def test_with_an_exam_to_come_the_hours_count_and_nothing_is_passed(trainer):
    session = AttendanceFactory(came=True, session__course__needs_exam=True).session

    session_actions.close(session, by=trainer, at=AFTER)

    line = TrainingRecord.objects.get()
    assert (line.result, line.passed_on, line.valid_to, line.hours) == ("attended", None, None, 4)


def test_an_exam_passed_during_the_session_stays_one_line(trainer):
    session = SessionFactory()
    came = AttendanceFactory(session=session, came=True)
    passed = TrainingRecordFactory(trainee=came.trainee, course=session.course)

    session_actions.close(session, by=trainer, at=AFTER)

    line = TrainingRecord.objects.get(superseded_at=None)
    assert (line.supersedes, line.session, line.attempt, line.score) == (passed, session, passed.attempt, 90)


def test_a_session_is_closed_once_and_not_too_early(trainer):
    session = AttendanceFactory(came=True).session
    with pytest.raises(Refused):
        session_actions.close(session, by=trainer, at=session.ends_at - SECOND)
    session_actions.close(session, by=trainer, at=AFTER)

    with pytest.raises(WrongState):
        session_actions.close(session, by=trainer, at=AFTER)
    assert TrainingRecord.objects.count() == 1


def test_a_session_to_which_nobody_came_is_called_off(trainer):
    session = AttendanceFactory().session
    with pytest.raises(Refused):
        session_actions.close(session, by=trainer, at=AFTER)

    session_actions.cancel(session, note="讲师生病，改期", by=trainer, at=AFTER)

    assert session.state == State.CANCELLED
    assert not TrainingRecord.objects.exists()
    with pytest.raises(WrongState):
        session_actions.enrol(session, people=[StaffFactory()], by=trainer, at=AFTER)


def test_hundreds_are_logged_in_as_many_queries_as_one(trainer):
    def closing(count):
        session = SessionFactory()
        for _ in range(count):
            AttendanceFactory(session=session, came=True)
        with CaptureQueriesContext(connection) as asked:
            session_actions.close(session, by=trainer, at=AFTER)
        return len(asked)

    closing(1)
    assert closing(12) <= closing(1)


def test_a_code_is_read_in_the_kinds_of_people_we_know():
    assert trainee_actions.find_people(["nobody", ""]) == {"nobody": None, "": None}
    trainee = TraineeFactory(kind="service")
    word = trainee_actions.word_for(trainee)

    assert trainee_actions.find_people([word])[word] == trainee.contact
    assert trainee_actions.find_people([f"M9999-{trainee.contact_id}"]) == {
        f"M9999-{trainee.contact_id}": None
    }


def test_everybody_of_whom_plans_may_speak_is_put_in_once():
    StreamerFactory(trained=False)
    StreamerFactory(trained=False, state="draft")
    ContactFactory(merchant=MerchantFactory(), duty="after_sales", phone="13600136002")

    made = trainee_actions.register(at=AT)

    assert made >= 2
    assert trainee_actions.register(at=AT) == 0
    assert set(Trainee.objects.values_list("kind", flat=True)) >= {"streamer", "service"}


def test_nobody_marks_or_logs_themselves(trainer):
    session = SessionFactory(trainer=None)
    session_actions.enrol(session, people=[trainer], by=trainer, at=AT)
    own = session.attendances.get()

    with pytest.raises(Denied, match="同事"):
        session_actions.mark(session, present=[own], by=trainer, at=AT)
    session_actions.mark(session, present=[own], by=StaffFactory(role="trainer"), at=AT)
    with pytest.raises(Denied, match="同事"):
        session_actions.close(session, by=trainer, at=session.ends_at)
    session_actions.close(session, by=StaffFactory(role="trainer"), at=session.ends_at)
    assert session.records.get().trainee.user == trainer


def test_who_holds_a_session_is_not_trained_by_it(trainer):
    session = SessionFactory(trainer=trainer)
    with pytest.raises(Denied, match="讲师不作为学员"):
        session_actions.check_in(session_actions.code_of(session, at=AT), by=trainer, at=AT)
