"""The training log: lines are added, and corrected by new ones that supersede them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Denied, Refused
from streamers.models import Trainee, TrainingRecord
from streamers.models.training import good_until

Result = TrainingRecord.Result
Source = TrainingRecord.Source
KEPT = [
    "trainee",
    "course",
    "session",
    "material",
    "attempt",
    "trained_on",
    "hours",
    "score",
    "result",
    "passed_on",
    "valid_to",
    "document",
    "source",
    "note",
]


def enter(record, file=None, *, by, at):
    """Add a line by hand, such as of a training held elsewhere, with the file that proves it."""
    moves.require_may(by, "add", record)
    require_others([record], by)
    settle(record, on=business_day(at))
    record.entered_by = by
    with transaction.atomic():
        records.save(record, by=by, at=at, verb="enter")
        if file:
            record.document = evidence.attach(
                record, file, title=str(record), by=by, at=at, evidence_on=record.trained_on
            )
            records.save(record, by=by, at=at, verb="attach")
    return record


def enter_many(lines, *, by, at):
    """Add many lines that ``settle`` has brought in step, as one write."""
    require_others(lines, by)
    return records.save_many(lines, by=by, at=at, verb="enter")


def correct_many(pairs, *, by, at, why):
    """Put new lines in the place of wrong ones, with one reason for all."""
    require_others([new for _old, new in pairs], by)
    return replace(pairs, by=by, at=at, verb="correct", why=why)


def require_others(lines, by):
    """Refuse whoever would write into the log that they were trained themselves."""
    own = set(Trainee.objects.of(by).values_list("pk", flat=True)) if by is not None else set()
    if own & {line.trainee_id for line in lines}:
        raise Denied(_("Nobody enters their own training: ask a colleague."))


def settle(record, *, on):
    """Bring what follows from the rest in step: the result from the score, the last day from the course."""
    if record.trained_on and record.trained_on > on:
        raise ValidationError({"trained_on": _("What lies ahead has not been trained yet.")})
    course = record.course
    if record.score is not None:
        record.result = Result.PASSED if record.score >= course.pass_mark else Result.FAILED
    passed = record.result == Result.PASSED
    record.passed_on = (record.passed_on or record.trained_on) if passed else None
    if not passed:
        record.valid_to = None
    elif record.valid_to is None and record.passed_on:
        record.valid_to = good_until(course, record.passed_on)


def correct(record, file=None, *, by, at, note, **changes):
    """Put a new line in the place of a wrong one, with the reason; both stay."""
    if not note.strip():
        raise ValidationError({"note": _("Say why.")})
    with transaction.atomic():
        locked = moves.lock(record)
        moves.require_may(by, "correct", locked)
        require_others([locked], by)
        made = copy(locked, **changes)
        made.entered_by = by
        if "valid_to" not in changes and {"trained_on", "passed_on", "score", "result"} & changes.keys():
            made.valid_to = None
        if "trained_on" in changes and "passed_on" not in changes and locked.passed_on == locked.trained_on:
            made.passed_on = None
        settle(made, on=business_day(at))
        replace([(locked, made)], by=by, at=at, verb="correct", why=note)
        if file:
            made.document = evidence.attach(made, file, title=str(made), by=by, at=at)
            records.save(made, by=by, at=at, verb="attach")
    return made


def copy(record, **changes):
    """A new line with what a stored one says, but for some changes."""
    kept = [getattr(TrainingRecord, name).field.attname for name in KEPT if name != "course"]
    made = TrainingRecord(course=record.course, **{name: getattr(record, name) for name in kept})
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def replace(pairs, *, by, at, verb, why=""):
    """Supersede stored lines by new ones, many at once; the caller holds their locks and asked who may."""
    for old, new in pairs:
        if old.superseded_at is not None:
            raise Refused(_("This line was corrected already: correct the one that stands."))
        old.superseded_at = at
        new.supersedes = old
    records.save_many([old for old, _new in pairs], by=by, at=at, verb="supersede", why=why)
    return records.save_many([new for _old, new in pairs], by=by, at=at, verb=verb, why=why)
