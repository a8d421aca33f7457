"""The pictures of a streamer's identity papers: taken in, and replaced by better ones."""

from django.db import transaction

from mcn.evidence import actions as evidence
from mcn.evidence.models import validate_upload
from mcn.kit import moves, records
from streamers.actions.application import require_open
from streamers.models import IdentityPaper


def receive(streamer, kind, file, *, by, at):
    """Keep a picture of an identity paper; an earlier one of the kind stays as a revision."""
    validate_upload(file)
    with transaction.atomic():
        require_open(streamer, by)
        paper = IdentityPaper.objects.filter(streamer=streamer, kind=kind).first()
        paper = paper or IdentityPaper(streamer=streamer, kind=kind)
        moves.require_may(by, "add", paper)
        paper.received_at = at
        records.save(paper, by=by, at=at, verb="attach")
        if paper.document_id:
            evidence.revise(paper.document, file, by=by, at=at)
            return paper
        paper.document = evidence.attach(paper, file, title=f"{streamer.code} {paper}", by=by, at=at)
        return records.save(paper, by=by, at=at, verb="attach")
