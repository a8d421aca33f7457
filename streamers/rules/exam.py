"""Exams: what is drawn, what is right, and who may sit one when."""

import datetime
import random
from decimal import Decimal

from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.kit.clock import business_day
from streamers.models import Attempt, Attendance, Question, TrainingSession

Kind = Question.Kind


def draw(course, seed):
    """The questions of one exam, as they stand now: another seed, another choice and order."""
    standing = list(course.questions.filter(superseded_at=None).order_by("code"))
    # A fair choice, not a secret: the seed lets anybody draw the same again.
    chance = random.Random(seed)  # noqa: S311
    drawn = chance.sample(standing, min(course.questions_drawn, len(standing)))
    return [_mixed(question.as_drawn(), chance) for question in drawn]


def _mixed(drawn, chance):
    if drawn["kind"] != Kind.TRUE_FALSE:
        drawn["options"] = chance.sample(drawn["options"], len(drawn["options"]))
    return drawn


def is_right(question, chosen):
    """Whether exactly the right answers were chosen."""
    right = [place for place, option in enumerate(question["options"]) if option["right"]]
    return sorted(set(chosen)) == right


def score(questions, answers):
    """The share of right answers, of 100."""
    right = sum(is_right(question, answers.get(str(place), [])) for place, question in enumerate(questions))
    return (Decimal(100) * right / len(questions)).quantize(Decimal("0.01"))


def last_came_at(trainee, course):
    """When the person last came to a session of a course, or None."""
    came = Attendance.objects.filter(trainee=trainee, session__course=course, state=Attendance.State.PRESENT)
    came = came.exclude(session__state=TrainingSession.State.CANCELLED)
    return came.order_by("-came_at").values_list("came_at", flat=True).first()


def failed_since(trainee, course, moment):
    """The exams that were failed since the course was last taken or passed, the newest first."""
    sat = Attempt.objects.filter(trainee=trainee, course=course, state=Attempt.State.SUBMITTED)
    if moment:
        sat = sat.filter(started_at__gte=moment)
    failed = []
    for attempt in sat.order_by("-number"):
        if attempt.passed:
            break
        failed.append(attempt)
    return failed


def why_not(trainee, course, at):
    """Why a person (None for one who is not in the log yet) may not begin an exam now, or nothing."""
    on = business_day(at)
    if not course.needs_exam or course.ended_on is not None:
        return _("There is no exam of this course.")
    if not course.questions.filter(superseded_at=None).exists():
        return _("The exam is not ready yet: the course has no questions.")
    came = last_came_at(trainee, course) if trainee else None
    if came is None and not course.self_study:
        return _("Come to a session of this course first.")
    failed = failed_since(trainee, course, came) if trainee else []
    if len(failed) >= figure(Figure.Key.EXAM_ATTEMPTS, on):
        return _("Not passed %(count)s times: come to a session of this course, then try again.") % {
            "count": len(failed)
        }
    if failed:
        wait = datetime.timedelta(days=figure(Figure.Key.EXAM_WAIT_DAYS, on))
        again = business_day(_over_at(failed[0])) + wait
        if on < again:
            return _("Not passed: the next try is from %(day)s.") % {"day": f"{again:%Y-%m-%d}"}
    return ""


def _over_at(attempt):
    """When an exam was over: handed in, or left until its time ran out."""
    return min(attempt.submitted_at, attempt.due_at or attempt.submitted_at)
