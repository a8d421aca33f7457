"""The question bank: a change of a question is its next version."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.refusal import Refused
from streamers.models import Question

ASKED = ["kind", "text", "options", "explanation", "clause"]


def add(question, *, by, at):
    """Put a new question into a course's bank, with the next code."""
    moves.require_may(by, "add", question)
    with transaction.atomic():
        course = moves.lock(question.course)
        question.code = question.code or _next_code(course)
        return records.save(question, by=by, at=at)


def _next_code(course):
    taken = set(course.questions.values_list("code", flat=True))
    numbers = (f"q{number:03d}" for number in range(1, len(taken) + 2))
    return next(code for code in numbers if code not in taken)


def revise(question, *, by, at, why=""):
    """Ask a question otherwise: the new version takes its place; exams that drew the old one keep it."""
    moves.require_may(by, "change", question)
    with transaction.atomic():
        locked = moves.lock(question)
        _require_standing(locked)
        if all(getattr(locked, name) == getattr(question, name) for name in ASKED):
            return locked
        asked = {name: getattr(question, name) for name in ASKED}
        made = Question(course_id=locked.course_id, code=locked.code, number=locked.number + 1, **asked)
        locked.superseded_at = at
        records.save(locked, by=by, at=at, verb="supersede", why=why)
        return records.save(made, by=by, at=at, verb="revise", why=why)


def end(question, *, by, at, note=""):
    """Take a question out of the bank; exams that drew it keep it."""
    with transaction.atomic():
        locked = moves.lock(question)
        moves.require_may(by, "end", locked)
        _require_standing(locked)
        locked.superseded_at = at
        return records.save(locked, by=by, at=at, verb="end", why=note)


def _require_standing(question):
    if question.superseded_at is not None:
        raise Refused(_("This is an older version of the question: change the one that stands."))
