"""Exams: drawn and frozen, scored at once, handed in once, tried again within limits."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mcn.audit.models import Entry
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import attempt as attempt_actions
from streamers.actions import question as question_actions
from streamers.models import Attempt, TrainingRecord
from streamers.rules import exam
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import (
    AttendanceFactory,
    CourseFactory,
    MaterialFactory,
    QuestionFactory,
    SessionFactory,
    TrainingRecordFactory,
)

pytestmark = pytest.mark.django_db
NEXT_DAY = AT + datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def course():
    made = MaterialFactory().course
    for right in ["B", "B", "AC", "D"]:
        QuestionFactory(course=made, right=right)
    return made


@pytest.fixture
def streamer():
    return StreamerFactory(trained=False, user=UserFactory())


def right_answers(attempt):
    return {
        place: [number for number, option in enumerate(question["options"]) if option["right"]]
        for place, question in enumerate(attempt.questions)
    }


def wrong_answers(attempt):
    return {place: [(chosen[0] + 1) % 4] for place, chosen in right_answers(attempt).items()}


def sit(course, streamer, at=AT, answers=right_answers):
    attempt = attempt_actions.start(course, by=streamer.user, at=at)
    attempt_actions.submit(attempt, answers=answers(attempt), by=streamer.user, at=at)
    return attempt


@pytest.mark.clause("DB4401 5.4.3.2 b", "EJAS 5.2.2.2", "LSMS 7.1.3 a")
def test_who_knows_it_passes_and_is_in_the_log(course, streamer):
    attempt = sit(course, streamer)

    line = TrainingRecord.objects.get()
    assert (attempt.score, attempt.passed) == (100, True)
    assert (line.trainee, line.attempt, line.result, line.score) == (streamer.trainee, attempt, "passed", 100)
    assert (line.passed_on, line.valid_to, line.hours) == (DAY, datetime.date(2027, 3, 15), 4)
    assert line.material == course.materials.get()


def test_who_does_not_know_it_is_not_in_the_log(course, streamer):
    attempt = sit(course, streamer, answers=wrong_answers)

    assert (attempt.score, attempt.passed) == (0, False)
    assert not TrainingRecord.objects.exists()


@pytest.mark.parametrize(("mark", "passed"), [("66.66", True), ("66.67", True), ("66.68", False)])
def test_the_pass_mark_is_reached_or_not(course, streamer, mark, passed):
    course.pass_mark = Decimal(mark)
    course.save()
    attempt = attempt_actions.start(course, by=streamer.user, at=AT)
    answers = right_answers(attempt)
    answers[0] = [(answers[0][0] + 1) % 4]

    attempt_actions.submit(attempt, answers=answers, by=streamer.user, at=AT)

    assert (attempt.score, attempt.passed) == (Decimal("66.67"), passed)


def test_some_of_several_right_answers_are_not_right():
    question = QuestionFactory.build(right="AC", course=None).as_drawn()

    assert exam.is_right(question, [0, 2])
    assert not exam.is_right(question, [0])
    assert not exam.is_right(question, [0, 1, 2])


def test_what_was_drawn_stays_when_the_bank_changes(course, streamer):
    attempt = attempt_actions.start(course, by=streamer.user, at=AT)
    drawn = attempt.questions
    for question in course.questions.all():
        question.text += "（改）"
        question_actions.revise(question, by=None, at=AT)

    attempt.refresh_from_db()
    assert attempt.questions == drawn
    assert len(drawn) == course.questions_drawn == 3
    assert attempt_actions.start(course, by=streamer.user, at=AT) == attempt


def test_handing_in_twice_counts_once(course, streamer):
    attempt = sit(course, streamer)

    with pytest.raises(WrongState):
        attempt_actions.submit(attempt, answers=wrong_answers(attempt), by=streamer.user, at=AT)
    assert Attempt.objects.get().score == 100
    assert TrainingRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "place"),
    [({}, "q0"), ({0: []}, "q0"), ({0: [9]}, "q0"), ({0: ["x"]}, "q0"), ({0: [0, 1, 2, 3]}, "q0")],
    ids=["nothing", "empty", "no such answer", "no number", "too many"],
)
def test_wrong_input_is_told_beside_the_question_and_nothing_is_stored(streamer, given, place):
    course = QuestionFactory().course
    attempt = attempt_actions.start(course, by=streamer.user, at=AT)

    with pytest.raises(ValidationError) as caught:
        attempt_actions.submit(attempt, answers=given, by=streamer.user, at=AT)

    assert list(caught.value.message_dict) == [place]
    attempt.refresh_from_db()
    assert (attempt.state, attempt.answers, attempt.score) == ("open", {}, None)


def test_nobody_sits_another_ones_exam(course, streamer):
    attempt = attempt_actions.start(course, by=streamer.user, at=AT)

    for stranger in [StaffFactory(role="streamer_manager"), StreamerFactory(user=UserFactory()).user]:
        with pytest.raises(Denied):
            attempt_actions.submit(attempt, answers=right_answers(attempt), by=stranger, at=AT)
    with pytest.raises(Denied):
        attempt_actions.start(course, by=MerchantUserFactory(), at=AT)


def test_staff_sit_their_own(course):
    colleague = StaffFactory(role="operator")
    attempt = attempt_actions.start(course, by=colleague, at=AT)
    attempt_actions.submit(attempt, answers=right_answers(attempt), by=colleague, at=AT)

    assert TrainingRecord.objects.get().trainee.user == colleague


def test_the_next_try_is_on_the_next_day(course, streamer):
    sit(course, streamer, answers=wrong_answers)

    with pytest.raises(Refused, match="2026-03-17"):
        attempt_actions.start(course, by=streamer.user, at=AT.replace(hour=23, minute=59))
    midnight = AT.replace(hour=0, minute=0) + datetime.timedelta(days=1)
    assert attempt_actions.start(course, by=streamer.user, at=midnight).number == 2


@pytest.mark.clause("EJAS 5.2.2.2")
def test_after_three_failures_the_course_is_taken_again(course, streamer):
    for days in range(3):
        sit(course, streamer, at=AT + days * (NEXT_DAY - AT), answers=wrong_answers)
    later = AT + 5 * (NEXT_DAY - AT)
    with pytest.raises(Refused, match="3"):
        attempt_actions.start(course, by=streamer.user, at=later)

    session = SessionFactory(course=course, starts_at=later, ends_at=later + MINUTE)
    AttendanceFactory(session=session, trainee=streamer.trainee, state="present", came_at=later)

    assert sit(course, streamer, at=later + MINUTE).passed


def test_a_course_without_self_study_is_attended_first(course, streamer):
    course.self_study = False
    course.save()
    with pytest.raises(Refused):
        attempt_actions.start(course, by=streamer.user, at=AT)
    attempt_actions.trainee_actions.trainee_of(streamer, by=None, at=AT)
    AttendanceFactory(session__course=course, trainee=streamer.trainee, came=True)

    assert sit(course, streamer).passed
    assert TrainingRecord.objects.get().hours == 0


def test_the_pass_goes_onto_the_line_that_waits_for_it(course, streamer):
    waiting = TrainingRecordFactory(
        trainee__streamer=streamer,
        course=course,
        session=SessionFactory(course=course),
        result="attended",
        passed_on=None,
        valid_to=None,
        score=None,
        attempt=None,
    )

    attempt = sit(course, streamer, at=NEXT_DAY)

    line = TrainingRecord.objects.get(superseded_at=None)
    assert (line.supersedes, line.session, line.attempt) == (waiting, waiting.session, attempt)
    assert (line.trained_on, line.passed_on) == (DAY, NEXT_DAY.date())


def test_passing_twice_on_one_day_leaves_the_later_line(course, streamer):
    sit(course, streamer)
    sit(course, streamer, at=AT + MINUTE)

    assert TrainingRecord.objects.filter(superseded_at=None).get().attempt.number == 2


@pytest.mark.parametrize(("minutes", "passed"), [(20, True), (21, True), (22, False)])
def test_who_is_late_does_not_pass(course, streamer, minutes, passed):
    course.minutes = 20
    course.save()
    attempt = attempt_actions.start(course, by=streamer.user, at=AT)
    at = AT + minutes * MINUTE

    attempt_actions.submit(attempt, answers=right_answers(attempt), by=streamer.user, at=at)

    assert (attempt.score, attempt.passed) == (100, passed)


def test_an_exam_left_lying_is_handed_in_as_it_is(course, streamer):
    course.minutes = 20
    course.save()
    left = attempt_actions.start(course, by=streamer.user, at=AT)

    with pytest.raises(Refused):
        attempt_actions.start(course, by=streamer.user, at=AT + 30 * MINUTE)

    again = attempt_actions.start(course, by=streamer.user, at=NEXT_DAY)
    left.refresh_from_db()
    assert (left.state, left.passed, again.number) == ("submitted", False, 2)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda course: course.questions.update(superseded_at=AT),
        lambda course: type(course).objects.filter(pk=course.pk).update(needs_exam=False),
        lambda course: type(course).objects.filter(pk=course.pk).update(ended_on=DAY),
    ],
    ids=["no questions", "no exam", "ended"],
)
def test_there_is_no_exam(course, streamer, spoil):
    spoil(course)
    course.refresh_from_db()

    with pytest.raises(Refused):
        attempt_actions.start(course, by=streamer.user, at=AT)
    assert not Attempt.objects.exists()


def test_a_course_that_is_not_there_has_no_questions():
    assert exam.draw(CourseFactory(), "any") == []


def test_the_trail_never_tells_the_right_answers(course, streamer):
    question = course.questions.first()
    question.explanation, question.options[0]["text"] = "见第三章", "以实物为准"
    question_actions.revise(question, by=None, at=AT)
    attempt_actions.start(course, by=streamer.user, at=AT)

    told = [
        row.changes for row in Entry.objects.filter(model__in=["streamers.question", "streamers.attempt"])
    ]
    assert [text for text in told if "right" in text or "见第三章" in text or "以实物为准" in text] == []
    assert sum('"questions":[null,"***"]' in text for text in told) == 1
