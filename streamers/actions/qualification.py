"""Qualifications reported to platforms, and the fields in which a streamer works."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from streamers.models import QualificationReport


def report(qualification, *, platform, reported_on, by, at, receipt="", file=None):
    """Record that a platform was told of a qualification; the day cannot lie ahead."""
    if reported_on > business_day(at):
        raise ValidationError({"reported_on": _("A report cannot be made in the future.")})
    with transaction.atomic():
        locked = moves.lock(qualification)
        moves.require_may(by, "report", locked)
        if locked.ended_on is not None:
            raise Refused(_("This paper was withdrawn already: add a new one."))
        made = QualificationReport(
            qualification=locked, platform=platform, reported_on=reported_on, receipt=receipt
        )
        records.save(made, by=by, at=at, verb="report")
        if file:
            made.document = evidence.attach(
                made, file, title=str(made), by=by, at=at, evidence_on=reported_on
            )
            records.save(made, by=by, at=at, verb="attach")
    return made


def declare(specialism, *, by, at):
    """Note that a streamer works in a field; from then on it asks for a qualification."""
    moves.require_may(by, "add", specialism)
    return records.save(specialism, by=by, at=at, verb="declare")


def give_up(specialism, *, by, at, note=""):
    """Note that a streamer no longer works in a field; the row stays."""
    with transaction.atomic():
        locked = moves.lock(specialism)
        moves.require_may(by, "give_up", locked)
        if locked.ended_on is not None:
            raise Refused(_("This field was given up already."))
        locked.ended_on = business_day(at)
        records.save(locked, by=by, at=at, verb="give_up", why=note)
    specialism.refresh_from_db()
    return specialism
