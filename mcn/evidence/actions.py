"""Taking files in: each upload is a revision that stays until the term of what it belongs to is over."""

from pathlib import PurePath

from django.db import transaction

from mcn.evidence.models import ENDINGS, Document, Revision, sha256_of, type_of, validate_upload
from mcn.kit import moves, records

# What stands in place of words that went after their term, where words have to stand.
EMPTIED = "（已到期清除）"


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
        kind = type_of(head)
        revision = Revision(
            document=document,
            number=(last.number if last else 0) + 1,
            file=file,
            name=_true_name(PurePath(file.name), kind),
            content_type=kind,
            size=file.size,
            sha256=digest,
            uploaded_by=by,
            uploaded_at=at,
        )
        return records.save(revision, by=by, at=at)


def _true_name(path, kind):
    """The name that the sender gave, with an ending that is true: what ends in .html is opened as a page."""
    ending = path.suffix.removeprefix(".")
    if ending.lower() in ENDINGS[kind]:
        return f"{path.stem[:190]}.{ending}"
    return f"{path.name[:190]}.{ENDINGS[kind][0]}"


def empty(documents, *, by, at):
    """Take the bytes and names of documents' files away after their term; size, type and digest stay.

    Retention alone calls it, having asked. What another revision still needs is left where it lies.
    """
    wanted = [document.pk for document in documents if document is not None]
    revisions = list(Revision.objects.filter(document__among=wanted, purged_at=None))
    for revision in revisions:
        revision.name, revision.purged_at = EMPTIED, at
    records.save_many(revisions, by=by, at=at, verb="purge")
    still = Revision.objects.filter(file__in=[one.file.name for one in revisions], purged_at=None)
    needed = set(still.values_list("file", flat=True))
    gone = [revision.file for revision in revisions if revision.file.name not in needed]
    transaction.on_commit(lambda: _delete(gone))


def _delete(files):
    for file in files:
        file.storage.delete(file.name)
