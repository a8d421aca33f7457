"""A product's papers: added with their file, mended, renewed by a new row, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from products.actions.verification import mark_stale
from products.models import ProductCredential


def add(credential, file, *, by, at, evidence_on=None):
    """Take in a paper with its file; it counts from its first day on."""
    moves.require_may(by, "add", credential)
    if not file:
        raise ValidationError({"file": _("Attach the paper itself: a scan or a photo.")})
    with transaction.atomic():
        records.save(credential, by=by, at=at)
        credential.document = evidence.attach(
            credential, file, title=str(credential), by=by, at=at, evidence_on=evidence_on
        )
        credential.file_sha256 = credential.document.latest.sha256
        records.save(credential, by=by, at=at, verb="attach")
        mark_stale([credential.product], by=by, at=at)
    return credential


def add_to(product, *, file, by, at, **values):
    """Take in a paper about a product, from what a form says of it."""
    return add(ProductCredential(product=product, **values), file, by=by, at=at)


def change(credential, file=None, *, by, at, why=""):
    """Mend what is written of a paper, or give it a better file; what was verified by it is stale then."""
    moves.require_may(by, "change", credential)
    _require_counting(credential)
    with transaction.atomic():
        if file:
            credential.file_sha256 = evidence.revise(credential.document, file, by=by, at=at).sha256
        records.save(credential, by=by, at=at, why=why)
        mark_stale([credential.product], by=by, at=at)
    return credential


def withdraw(credential, *, by, at, note=""):
    """Let a paper count no more from today on; its row and files stay."""
    with transaction.atomic():
        locked = moves.lock(credential)
        moves.require_may(by, "withdraw", locked)
        _require_counting(locked)
        locked.ended_on = business_day(at)
        records.save(locked, by=by, at=at, verb="withdraw", why=note)
        mark_stale([locked.product], by=by, at=at)
    credential.refresh_from_db()
    return credential


def _require_counting(credential):
    if credential.ended_on is not None:
        raise Refused(_("This paper was withdrawn already: add a new one."))
