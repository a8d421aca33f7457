"""Surveys of satisfaction: put on record with their report, once and for all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day


def record(survey, file, *, by, at):
    """Put a survey that was held on record; its report proves it."""
    moves.require_may(by, "add", survey)
    if not file:
        raise ValidationError({"file": _("Attach the report of the survey.")})
    if survey.held_to and survey.held_to > business_day(at):
        raise ValidationError({"held_to": _("The survey is not over yet.")})
    survey.recorded_by = by
    with transaction.atomic():
        records.save(survey, by=by, at=at)
        survey.document = evidence.attach(
            survey, file, title=str(survey), by=by, at=at, evidence_on=survey.held_to
        )
        return records.save(survey, by=by, at=at, verb="attach")
