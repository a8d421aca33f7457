"""Training plans: dated, ended rather than deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused


def add(plan, *, by, at):
    """Lay down a plan with effect from a day; of one code the latest counts."""
    moves.require_may(by, "add", plan)
    return records.save(plan, by=by, at=at)


def change(plan, *, by, at, why=""):
    """Change a plan; one with other figures from a later day is a new plan of the same code."""
    moves.require_may(by, "change", plan)
    return records.save(plan, by=by, at=at, why=why)


def end(plan, *, by, at, note=""):
    """Ask for nothing by this plan after today."""
    with transaction.atomic():
        locked = moves.lock(plan)
        moves.require_may(by, "end", locked)
        if locked.valid_to is not None and locked.valid_to <= business_day(at):
            raise Refused(_("This plan has ended already."))
        locked.valid_to = max(business_day(at), locked.valid_from)
        return records.save(locked, by=by, at=at, verb="end", why=note)
