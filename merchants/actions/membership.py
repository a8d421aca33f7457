"""Who works for a merchant: their role changed, their membership ended."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from merchants.models import Membership

Role = Membership.Role


def join(user, merchant, *, role, by, at):
    """Make a person a member of a merchant from today on; who may do so was asked before."""
    made = Membership(user=user, merchant=merchant, role=role, started_on=business_day(at))
    return records.save(made, by=by, at=at, verb="join")


def add(membership, *, by, at):
    """Make a person who logs in already a member of a merchant, for staff."""
    moves.require_may(by, "add", membership)
    return records.save(membership, by=by, at=at, verb="join")


def change(membership, *, role, by, at, note=""):
    """Give a member another role; a merchant keeps at least one owner."""
    with transaction.atomic():
        locked = _standing(membership, by, "change")
        if role != Role.OWNER:
            _require_another_owner(locked)
        locked.role = role
        return records.save(locked, by=by, at=at, why=note)


def end(membership, *, by, at, note=""):
    """End a membership today; the person's name stays on what they did."""
    with transaction.atomic():
        locked = _standing(membership, by, "end")
        _require_another_owner(locked)
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="leave", why=note)


def _standing(membership, by, verb):
    # The merchant's row is locked first, so that its last two owners cannot leave at the same moment.
    moves.lock(membership.merchant)
    locked = moves.lock(membership)
    moves.require_may(by, verb, locked)
    if locked.ended_on is not None:
        raise Refused(_("This membership has ended already."))
    return locked


def _require_another_owner(membership):
    if membership.role != Role.OWNER:
        return
    owners = Membership.objects.filter(merchant=membership.merchant_id, role=Role.OWNER, ended_on=None)
    if not owners.exclude(pk=membership.pk).exists():
        raise Refused(_("A merchant keeps at least one owner: make a colleague owner first."))
