"""Records of civil capacity: that a minor lives mainly on their own labour, with the proof; withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused


def record(capacity, file, *, by, at, evidence_on=None):
    """Put on record that a minor lives mainly on their own labour; it counts only with its evidence."""
    moves.require_may(by, "add", capacity)
    if not file:
        raise ValidationError({"file": _("Attach the evidence: labour contract, payslips, bank statements.")})
    capacity.assessed_by = by
    with transaction.atomic():
        records.save(capacity, by=by, at=at)
        capacity.document = evidence.attach(
            capacity, file, title=str(capacity), by=by, at=at, evidence_on=evidence_on
        )
        return records.save(capacity, by=by, at=at, verb="attach")


def withdraw(capacity, *, by, at, note=""):
    """Let a record count no more from today on; its row and evidence stay."""
    with transaction.atomic():
        locked = moves.lock(capacity)
        moves.require_may(by, "withdraw", locked)
        if locked.ended_on is not None:
            raise Refused(_("This record was withdrawn already: make a new one."))
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="withdraw", why=note)
