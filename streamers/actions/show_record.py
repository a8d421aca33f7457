"""The frozen record of a show: made as it goes on air, packed for whoever may ask, emptied after its term."""

from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.kit.refusal import Refused
from streamers.models import ShowRecord
from streamers.models.show_record import sha256_of_text
from streamers.rules import go_live
from streamers.rules.show_record import content_of


def freeze(show, *, by, at, report=None):
    """Keep all that the show goes on air with, and what the gate found; once, inside ``start``."""
    report = report or go_live.report(show, at=at)
    content = content_of(show, report.findings, at=at)
    record = ShowRecord(
        show=show, frozen_at=at, frozen_by=by, content=content, sha256=sha256_of_text(content)
    )
    return records.save(record, by=by, at=at, verb="freeze")


def purge(record, *, by, at):
    """Empty a record after its term; its hash stays. Called by retention alone, which has asked."""
    record.content, record.purged_at = "", at
    return records.save(record, by=by, at=at, verb="purge")


def record_of(show):
    """The record of a show; refused where it never went on air, or where its content was tampered with."""
    record = ShowRecord.objects.filter(show=show).first()
    if record is None:
        raise Refused(_("%(show)s has no frozen record: it never went on air.") % {"show": show})
    if not record.is_intact:
        raise Refused(_("The frozen record of %(show)s is not what was hashed.") % {"show": show})
    return record
