"""Storing what an inspection found, for the pages of the standards."""

from django.db import transaction

from mcn.kit import records
from mcn.standards.models import Inspection, StoredFinding


def store(rulebook, subjects, *, on, by, at):
    """Inspect a queryset of subjects and keep the findings; the newest inspection of a rulebook is what counts."""
    reports = rulebook.inspect_many(subjects, on=on)
    with transaction.atomic():
        inspection = Inspection(rulebook=rulebook.name, on=on, inspected_at=at, by=by, subjects=len(reports))
        records.save(inspection, by=by, at=at)
        found = [finding for report in reports.values() for finding in report.findings]
        records.save_many([_row(inspection, finding) for finding in found], by=by, at=at)
    return inspection


def _row(inspection, finding):
    return StoredFinding(
        inspection=inspection,
        clause=finding.clause,
        level=finding.level,
        subject_model=finding.subject._meta.label_lower,
        subject_id=finding.subject.pk,
        subject_label=str(finding.subject)[:200],
        message=str(finding.message),
        mend_url=finding.mend_url,
    )
