"""A streamer's papers: added, mended, verified by another, withdrawn; a renewed one is a new row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused


def add(paper, file, *, by, at, evidence_on=None):
    """Take in a paper with its file; it counts once somebody else has verified it."""
    moves.require_may(by, "add", paper)
    if not file:
        raise ValidationError({"file": _("Attach the paper itself: a scan or a photo.")})
    paper.submitted_by = by
    with transaction.atomic():
        records.save(paper, by=by, at=at)
        paper.document = evidence.attach(paper, file, title=str(paper), by=by, at=at, evidence_on=evidence_on)
        paper.file_sha256 = paper.document.latest.sha256
        return records.save(paper, by=by, at=at, verb="attach")


def change(paper, file=None, *, by, at, why=""):
    """Mend what is written of a paper, or give it a better file; it has to be verified anew then."""
    moves.require_may(by, "change", paper)
    _require_counting(paper)
    with transaction.atomic():
        if file:
            paper.file_sha256 = evidence.revise(paper.document, file, by=by, at=at).sha256
        if paper.digest != moves.lock(paper).digest:
            paper.submitted_by = by
        return records.save(paper, by=by, at=at, why=why)


def verify(paper, *, by, at, note=""):
    """Record that a paper was compared with its source and found good, by somebody else than who gave it."""
    with transaction.atomic():
        locked = moves.lock(paper)
        moves.require_may(by, "verify", locked)
        _require_counting(locked)
        moves.require_another(by, locked.submitted_by_id)
        if not locked.file_sha256:
            raise Refused(_("There is no file to verify: upload it first."))
        locked.verified_digest, locked.verified_by, locked.verified_on = locked.digest, by, business_day(at)
        records.save(locked, by=by, at=at, verb="verify", why=note)
    paper.refresh_from_db()
    return paper


def withdraw(paper, *, by, at, note=""):
    """Let a paper count no more from today on; its row and files stay."""
    with transaction.atomic():
        locked = moves.lock(paper)
        moves.require_may(by, "withdraw", locked)
        _require_counting(locked)
        locked.ended_on = business_day(at)
        records.save(locked, by=by, at=at, verb="withdraw", why=note)
    paper.refresh_from_db()
    return paper


def _require_counting(paper):
    if paper.ended_on is not None:
        raise Refused(_("This paper was withdrawn already: add a new one."))
