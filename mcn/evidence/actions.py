"""Taking files in: each upload is a revision that stays."""

from pathlib import PurePath

from django.db import transaction

from mcn.evidence.models import Document, Revision, sha256_of, type_of, validate_upload
from mcn.kit import moves, records


def attach(owner, file, *, title, by, at, evidence_on=None):
    """Make a document that belongs to a row, with its first file."""
    validate_upload(file)
    with transaction.atomic():
        document = Document(
            title=title, evidence_on=evidence_on, owner_model=owner._meta.label_lower, owner_id=owner.pk
        )
        records.save(document, by=by, at=at)
        revise(document, file, by=by, at=at)
    return document


def revise(document, file, *, by, at):
    """Add a file to a document as its next revision; the same bytes again add nothing."""
    validate_upload(file)
    digest = sha256_of(file)
    with transaction.atomic():
        document = moves.lock(document)
        last = document.revisions.last()
        if last and last.sha256 == digest:
            return last
        head = file.read(16)
        file.seek(0)
        revision = Revision(
            document=document,
            number=(last.number if last else 0) + 1,
            file=file,
            name=PurePath(file.name).name[:200],
            content_type=type_of(head),
            size=file.size,
            sha256=digest,
            uploaded_by=by,
            uploaded_at=at,
        )
        return records.save(revision, by=by, at=at)
