"""Writing into the file of a complaint: one entry after the other, each with the digest of the one before."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Complaint, ComplaintEntry
from aftersales.rules.complaint_file import digest_of, sha256_of
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.refusal import WrongState

Side = ComplaintEntry.Side
Turn = Complaint.Turn


def entry_of(complaint, kind, *, by, at, side="", text="", facts=None, document=None, shown=""):
    """The next entry of a complaint's file, not saved yet; the complaint's end of the file moves to it.

    ``shown`` holds an ``m`` where the merchant may read it and a ``c`` where the consumer may.
    """
    entry = ComplaintEntry(
        complaint=complaint,
        number=complaint.entries_count + 1,
        kind=kind,
        side=side or (Side.AGENCY if by else Side.SYSTEM),
        by=by,
        at=at,
        text=text,
        text_sha256=sha256_of(text),
        facts=facts or {},
        document=document,
        document_sha256=document.latest.sha256 if document else "",
        for_merchant="m" in shown,
        for_consumer="c" in shown,
        previous=complaint.head,
    )
    entry.digest = digest_of(entry, complaint.code)
    complaint.entries_count, complaint.head = entry.number, entry.digest
    return entry


def append(complaint, kind, *, by, at, file=None, **told):
    """Write an entry into the file of a complaint that is locked; whoever calls saves the complaint."""
    title = f"{complaint.code} {ComplaintEntry.Kind(kind).label}"
    document = evidence.attach(complaint, file, title=title, by=by, at=at) if file else None
    entry = entry_of(complaint, kind, by=by, at=at, document=document, **told)
    records.save(entry, by=by, at=at, verb="enter")
    if document:
        # Who may open the file are those who may read the entry, not all who know of the complaint.
        document.owner_model, document.owner_id = entry._meta.label_lower, entry.pk
        records.save(document, by=by, at=at)
    return entry


@contextmanager
def working(complaint, verb, *, by, at, states=Complaint.WORKED_ON):
    """Lock a complaint in one of some states for a step that leaves its state alone, then save it."""
    with transaction.atomic():
        locked = moves.lock(complaint)
        moves.require_may(by, verb, locked)
        if locked.state not in states:
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        yield locked
        records.save(locked, by=by, at=at, verb=verb)
    complaint.refresh_from_db()


def pass_to(complaint, turn, *, at):
    """Note whose turn it is from now on."""
    if complaint.turn != turn:
        complaint.turn, complaint.turn_since = turn, at if turn else None
