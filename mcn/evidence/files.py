"""Giving files out: only to people who may know of the row that a document belongs to."""

import tempfile

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mcn.audit import trail
from mcn.evidence.models import Revision
from mcn.kit import clock


@require_safe
@login_required
def download(request, pk):
    """One file of a document, under the name that its sender gave it."""
    return stream(pk, request.user)


def hand_out(write, name):
    """An evidence pack as an answer; ``write`` puts it into a file first, for films are large."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    write(out)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def stream(pk, user):
    """The bytes of a revision as an answer; a stranger's is 404, as one whose bytes are lost or went."""
    revision = get_object_or_404(Revision.objects.select_related("document"), pk=pk)
    owner = apps.get_model(revision.document.owner_model)
    # Some rows are told to people who may not open their files: papers that identify somebody.
    personal = hasattr(owner.objects, "files_visible_to")
    openable = owner.objects.files_visible_to(user) if personal else owner.objects.visible_to(user)
    row = openable.filter(pk=revision.document.owner_id).first()
    if row is None:
        raise Http404
    answer = give(revision)
    if personal:
        trail.note(row, by=user, at=clock.now(), verb="open", changes={"file": ["", revision.sha256]})
    return answer


def give(revision):
    """The bytes of a revision, which no browser shows as a page; 404 where they are lost or went."""
    if revision.purged_at:
        raise Http404
    try:
        file = revision.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(
        file, as_attachment=True, filename=revision.name, content_type=revision.content_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["ETag"] = f'"{revision.sha256}"'
    return answer
