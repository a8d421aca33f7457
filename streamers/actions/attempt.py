"""Sitting an exam: begun, handed in, scored at once, and written into the log when passed."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Denied, Refused
from streamers.actions import trainee as trainee_actions
from streamers.actions import training as training_actions
from streamers.models import Attempt, Material, Question, Trainee, TrainingRecord
from streamers.models.training import good_until
from streamers.rules import exam

Result = TrainingRecord.Result
# What a slow network may cost after the time is over.
GRACE = datetime.timedelta(seconds=60)


def start(course, *, by, at):
    """Begin an exam as the person who is logged in, or go on with the one that they are sitting."""
    person = trainee_actions.of_login(by)
    if person is None:
        raise Denied(_("Only streamers and staff sit exams here."))
    _hand_in_what_was_left(course, by=by, at=at)
    with transaction.atomic():
        trainee = moves.lock(trainee_actions.trainee_of(person, by=by, at=at))
        open_one = trainee.attempts.filter(course=course, state=Attempt.State.OPEN).first()
        if open_one:
            return open_one
        refusal = exam.why_not(trainee, course, at)
        if refusal:
            raise Refused(refusal)
        return _draw(trainee, course, by=by, at=at)


def _hand_in_what_was_left(course, *, by, at):
    """An exam whose time is over counts as it is, even where the next one is then refused."""
    sitting = Attempt.objects.filter(
        trainee__in=Trainee.objects.of(by), course=course, state=Attempt.State.OPEN
    )
    for attempt in sitting.select_related("trainee__streamer"):
        if attempt.is_late(at - GRACE):
            submit(attempt, answers=_kept(attempt), by=by, at=at)


def _kept(attempt):
    return {int(place): chosen for place, chosen in attempt.answers.items()}


def _draw(trainee, course, *, by, at):
    number = trainee.attempts.filter(course=course).count() + 1
    made = Attempt(
        trainee=trainee,
        course=course,
        material=course.materials.filter(state=Material.State.PUBLISHED).first(),
        number=number,
        questions=exam.draw(course, f"{trainee.pk}-{course.pk}-{number}-{at.isoformat()}"),
        pass_mark=course.pass_mark,
        started_at=at,
        due_at=course.minutes and at + datetime.timedelta(minutes=course.minutes),
    )
    return records.save(made, by=by, at=at, verb="start")


def submit(attempt, *, answers, by, at):
    """Hand an exam in once: every question answered unless the time is over, and then it is not passed."""
    if by is not None and not attempt.trainee.is_person(by):
        raise Denied(_("Everybody sits their own exam."))
    with moves.move(attempt, "submit", by=by, at=at) as locked:
        late = locked.is_late(at - GRACE)
        locked.answers = _sound(locked.questions, answers, late=late)
        locked.score = exam.score(locked.questions, locked.answers)
        locked.passed = not late and locked.score >= locked.pass_mark
        locked.submitted_at = at
        if locked.passed:
            _log(locked, by=by, at=at)
    return attempt


def _sound(questions, answers, *, late):
    """The answers by the question's place, or what is wrong with them beside each."""
    given, errors = {}, {}
    for place, question in enumerate(questions):
        chosen = sorted(set(answers.get(place) or []))
        if any(choice not in range(len(question["options"])) for choice in chosen):
            errors[f"q{place}"] = _("There is no such answer.")
        elif not chosen and not late:
            errors[f"q{place}"] = _("Not answered yet.")
        elif len(chosen) > 1 and question["kind"] != Question.Kind.MULTIPLE:
            errors[f"q{place}"] = _("Choose one answer.")
        else:
            given[str(place)] = chosen
    if errors:
        raise ValidationError(errors)
    return given


def _log(attempt, *, by, at):
    """Put the pass onto the line of the session that waits for it, or onto a line of its own."""
    on = business_day(at)
    result = {
        "attempt": attempt,
        "score": attempt.score,
        "result": Result.PASSED,
        "passed_on": on,
        "valid_to": good_until(attempt.course, on),
    }
    waiting = attempt.trainee.trainingrecords.filter(
        course=attempt.course, superseded_at=None, result=Result.ATTENDED
    ).select_for_update(of=("self",))
    old = waiting.order_by("-trained_on", "-id").first()
    if old:
        training_actions.replace([(old, training_actions.copy(old, **result))], by=by, at=at, verb="pass")
        return
    own_day = attempt.trainee.trainingrecords.filter(
        course=attempt.course, superseded_at=None, session=None, trained_on=on
    ).select_for_update(of=("self",))
    made = TrainingRecord(
        trainee=attempt.trainee,
        course=attempt.course,
        material=attempt.material,
        trained_on=on,
        hours=attempt.course.hours if attempt.course.self_study else 0,
        source=TrainingRecord.Source.EXAM,
        **result,
    )
    same_day = own_day.first()
    if same_day:
        training_actions.replace([(same_day, made)], by=by, at=at, verb="pass")
    else:
        records.save(made, by=by, at=at, verb="pass")
