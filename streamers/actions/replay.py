"""Authorities' requests for replays: taken in, kept by a legal hold, handed over piece by piece, answered."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.evidence import legal_holds
from mcn.evidence.models import LegalHold
from mcn.kit import moves, records
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from streamers.actions.recording import require_kept
from streamers.models import ReplayHandover, ReplayRequest

State = ReplayRequest.State


def receive(request, file=None, *, by, at):
    """Take a request in; from then on everything of its show is under a legal hold."""
    moves.require_may(by, "add", request)
    request.received_by = by
    if request.due_on and request.received_on and request.due_on < request.received_on:
        raise ValidationError({"due_on": _("This day lies before the request.")})
    with transaction.atomic():
        request.legal_hold = legal_holds.place_on(
            request.show,
            ground=LegalHold.Ground.AUTHORITY,
            reference=request.reference,
            reason=f"{request.authority}：{request.asked}",
            by=None,
            at=at,
        )
        records.save(request, by=by, at=at, verb="receive")
        if file:
            request.document = evidence.attach(request, file, title=str(request)[:200], by=by, at=at)
            records.save(request, by=by, at=at, verb="attach")
    return request


def hand_over(request, *, way, by, at, recording=None, sha256="", note=""):
    """Log that a film, or an evidence pack named by its hash, went to the authority."""
    with transaction.atomic():
        locked = moves.lock(request)
        moves.require_may(by, "hand_over", locked)
        if locked.state == State.DECLINED:
            raise WrongState(_("The request was declined: nothing is handed over."))
        if (recording is None) == (not sha256.strip()):
            raise ValidationError({"recording": _("Choose a film, or give the hash of an evidence pack.")})
        if recording is not None:
            if recording.show_id != locked.show_id:
                raise ValidationError({"recording": _("This is a recording of another show.")})
            sha256 = require_kept(recording).sha256
        handed = ReplayHandover(
            request=locked,
            recording=recording,
            sha256=sha256.strip().lower(),
            way=way,
            handed_at=at,
            handed_by=by,
            note=note,
        )
        return records.save(handed, by=by, at=at, verb="hand_over", why=note)


def reply(request, *, note, by, at):
    """Close a request with what was answered; something has to have been handed over."""
    with moves.move(request, "reply", by=by, at=at, note=said(note)) as locked:
        if not locked.handovers.exists():
            raise Refused(_("Nothing was handed over yet: log it first, or decline the request."))
        _close(locked, note, by=by, at=at)
    return request


def decline(request, *, note, by, at):
    """Close a request that is not answered, such as one from nobody competent, with the reason."""
    with moves.move(request, "decline", by=by, at=at, note=said(note)) as locked:
        _close(locked, note, by=by, at=at)
    return request


def _close(request, note, *, by, at):
    request.answer, request.answered_by, request.answered_at = note, by, at
