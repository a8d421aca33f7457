"""Penalties for false advertising: put on record, and taken off where the decision itself was revoked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from streamers.rules.ad_penalty import barred_to


def add(penalty, file=None, *, by, at):
    """Put a decision on record; whoever it is about is barred from now on, whichever row is theirs."""
    moves.require_may(by, "add", penalty)
    if penalty.decided_on is not None:
        if penalty.decided_on > business_day(at):
            raise ValidationError({"decided_on": _("A decision cannot lie in the future.")})
        penalty.barred_to = barred_to(penalty.decided_on)
    with transaction.atomic():
        records.save(penalty, by=by, at=at)
        if file:
            penalty.document = evidence.attach(
                penalty, file, title=str(penalty), by=by, at=at, evidence_on=penalty.decided_on
            )
            records.save(penalty, by=by, at=at, verb="attach")
    return penalty


def revoke(penalty, *, note, by, at):
    """Note that the authority or a court took the decision back; it stays on record and bars nobody."""
    with moves.move(penalty, "revoke", by=by, at=at, note=note) as locked:
        if not note.strip():
            raise ValidationError({"note": _("Say who revoked it, and by which document.")})
        locked.revoked_on = business_day(at)
        locked.comment = note.strip()
    return penalty
