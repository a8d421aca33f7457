"""What viewers of a room can read throughout: seen and kept with a picture, noted when it is gone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused


def add(notice, file=None, *, by, at):
    """Note that a notice was seen in a room today, with a picture of it or the link to it."""
    moves.require_may(by, "add", notice)
    if not file and not notice.link:
        raise ValidationError({"file": _("Attach a picture of it, or give the link.")})
    notice.seen_by, notice.seen_on = by, business_day(at)
    with transaction.atomic():
        records.save(notice, by=by, at=at)
        if file:
            notice.document = evidence.attach(notice, file, title=str(notice), by=by, at=at)
            records.save(notice, by=by, at=at, verb="attach")
    return notice


def withdraw(notice, *, by, at, note=""):
    """Note that a notice is shown no more from today on."""
    with transaction.atomic():
        locked = moves.lock(notice)
        moves.require_may(by, "withdraw", locked)
        if locked.ended_on is not None:
            raise Refused(_("It was noted already that this is shown no more."))
        locked.ended_on = business_day(at)
        records.save(locked, by=by, at=at, verb="withdraw", why=note)
    notice.refresh_from_db()
    return notice
