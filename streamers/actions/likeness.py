"""Real people behind a virtual streamer: declared, their consent kept, revoked, used no more."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from streamers.actions.virtual import require_virtual


def add(consent, *, by, at):
    """Declare that a real person's likeness or voice is used; no show until they have consented."""
    moves.require_may(by, "add", consent)
    require_virtual(consent.streamer)
    return records.save(consent, by=by, at=at)


def give(consent, file, *, valid_from, valid_to, by, at, note=""):
    """Record the owner's consent with the signed file and its span."""
    if not file:
        raise ValidationError({"file": _("Attach the signed consent.")})
    if valid_to < valid_from:
        raise ValidationError({"valid_to": _("The last day cannot be before the first.")})
    with moves.move(consent, "give", by=by, at=at, note=note) as locked:
        locked.document = evidence.attach(locked, file, title=str(locked), by=by, at=at)
        locked.valid_from, locked.valid_to, locked.revoked_on = valid_from, valid_to, None
    return consent


def revoke(consent, *, by, at, note=""):
    """Record that the owner took the consent back: new shows are blocked at once."""
    with moves.move(consent, "revoke", by=by, at=at, note=note) as locked:
        locked.revoked_on = business_day(at)
    return consent


def drop(consent, *, by, at, note=""):
    """Note that the likeness or voice is used no more, so that nobody's consent to it is needed."""
    with moves.move(consent, "drop", by=by, at=at, note=note):
        pass
    return consent
