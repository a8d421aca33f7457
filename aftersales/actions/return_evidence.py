"""Evidence about returned goods: given by either side or a testing institute, and never taken away."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import ReturnEvidence
from mcn.evidence import actions as evidence
from mcn.kit import moves, records

Kind, Side = ReturnEvidence.Kind, ReturnEvidence.Side
MOST_FILES = 9


def give(request, file, *, side, by, at, kind=Kind.IMAGE, note="", institute="", report_number=""):
    """Put a piece of evidence to a return; a picture or a test has a file."""
    row = ReturnEvidence(
        request=request,
        side=side,
        kind=kind,
        note=note,
        institute=institute,
        report_number=report_number,
        given_at=at,
        given_by=by,
    )
    moves.require_may(by, "add", row)
    if file is None and kind in (Kind.IMAGE, Kind.TEST):
        raise ValidationError({"file": _("Add the picture, the film or the report.")})
    with transaction.atomic():
        records.save(row, by=by, at=at, verb="give")
        if file is not None:
            row.document = evidence.attach(row, file, title=str(row), by=by, at=at)
            records.save(row, by=by, at=at, verb="attach")
    return row


def give_files(request, files, *, side, by, at):
    """Put several pictures to a return, as a buyer or a merchant sends them together."""
    if len(files) > MOST_FILES:
        raise ValidationError({"files": _("At most %(most)s files at once.") % {"most": MOST_FILES}})
    return [give(request, file, side=side, by=by, at=at) for file in files]
