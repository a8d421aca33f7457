"""A streamer's accounts on platforms: named, corrected, given up."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from streamers.actions.application import require_open


def add(account, *, by, at):
    """Name an account that a streamer has."""
    moves.require_may(by, "add", account)
    with transaction.atomic():
        require_open(account.streamer, by)
        _require_real_name_kept(account, None, by)
        return records.save(account, by=by, at=at)


def change(account, *, by, at, why=""):
    """Correct an account that was not given up."""
    moves.require_may(by, "change", account)
    with transaction.atomic():
        require_open(account.streamer, by)
        stored = moves.lock(account)
        _require_standing(stored)
        _require_real_name_kept(account, stored.real_name_on, by)
        return records.save(account, by=by, at=at, why=why)


def end(account, *, by, at, note=""):
    """Note that an account was given up; the row stays."""
    with transaction.atomic():
        require_open(account.streamer, by)
        locked = moves.lock(account)
        moves.require_may(by, "end", locked)
        _require_standing(locked)
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="end", why=note)


def _require_real_name_kept(account, known, by):
    """Refuse an applicant's own word that the platform knows who stands behind the account."""
    if by is not None and not by.is_staff and account.real_name_on != known:
        raise ValidationError({"real_name_on": _("Only the agency's staff change this.")})


def _require_standing(account):
    if account.ended_on is not None:
        raise Refused(_("This account was given up already."))
