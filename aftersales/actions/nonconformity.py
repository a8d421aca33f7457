"""The verbs of a nonconformity: found, asked why, its root settled, closed when the effect is verified."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Nonconformity, Review, Why
from aftersales.models.nonconformity import MOST_WHYS
from aftersales.rules.improvement import CLOSING, SETTLING
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused


def find(row, *, by, at, reviews=()):
    """Put a shortfall on record; reviews that told of it lead to it from now on."""
    moves.require_may(by, "add", row)
    if row.found_on and row.found_on > business_day(at):
        raise ValidationError({"found_on": _("This lies in the future.")})
    with transaction.atomic():
        row.code = next_code(Nonconformity, "N", 5)
        records.save(row, by=by, at=at, verb="find")
        _link(reviews, row, by=by, at=at)
    return row


def _link(reviews, row, *, by, at):
    linked = list(Review.objects.filter(pk__in=[review.pk for review in reviews]))
    for review in linked:
        review.nonconformity = row
    records.save_many(linked, by=by, at=at, verb="link")


def change(row, *, by, at, why=""):
    """Change the words of a nonconformity whose cause is still being sought."""
    with transaction.atomic():
        moves.lock_words(row, by=by)
        return records.save(row, by=by, at=at, why=why)


def ask_why(row, *, question, answer, evidence, by, at):
    """Ask why once more; each answer is what the next question is about."""
    with _seeking(row, by=by) as locked:
        place = locked.whys.count() + 1
        if place > MOST_WHYS:
            raise Refused(_("Seven times why is enough."))
        why = Why(nonconformity=locked, place=place, question=question, answer=answer, evidence=evidence)
        return records.save(why, by=by, at=at)


def keep(part, *, by, at):
    """Save a why or a possible cause, new or mended, while the cause is still being sought."""
    with _seeking(part.nonconformity, by=by) as locked:
        if isinstance(part, Why) and part._state.adding:
            part.place = locked.whys.count() + 1
        return records.save(part, by=by, at=at)


def mark_root(cause, *, evidence, by, at):
    """Say that a possible cause is the root, by which fact; there may be more roots than one."""
    with _seeking(cause.nonconformity, by=by):
        locked = moves.lock(cause)
        locked.is_root, locked.evidence = True, evidence
        return records.save(locked, by=by, at=at, verb="mark")


@contextmanager
def _seeking(row, *, by):
    """The row, locked while its cause is sought; refused afterwards, and without permission."""
    with transaction.atomic():
        yield moves.lock_words(row, by=by)


def settle(row, *, root_cause, by, at):
    """Say what the root cause is, once it was sought by whys or on the fishbone; actions follow."""
    if not root_cause.strip():
        raise ValidationError({"root_cause": _("Say what the root cause is.")})
    with moves.move(row, "settle", by=by, at=at, note=root_cause[:200]) as locked:
        SETTLING.inspect(locked, on=business_day(at)).require()
        locked.root_cause, locked.settled_at, locked.settled_by = root_cause, at, by
    return row


def close(row, *, effect, by, at):
    """Close what is mended: every action was verified, and the effect as a whole is told."""
    if not effect.strip():
        raise ValidationError({"effect": _("Say what effect was found.")})
    with moves.move(row, "close", by=by, at=at, note=effect[:200]) as locked:
        CLOSING.inspect(locked, on=business_day(at)).require()
        locked.effect, locked.closed_at, locked.closed_by = effect, at, by
    return row


def reopen(row, *, note, by, at):
    """Seek the cause again, since it came back or the actions had no effect."""
    with moves.move(row, "reopen", by=by, at=at, note=said(note)) as locked:
        locked.closed_at = locked.closed_by = None
    return row
