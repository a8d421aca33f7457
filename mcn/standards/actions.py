"""Inspecting and attesting: what is kept about how the clauses stand."""

from django.db import transaction

from mcn.evidence.actions import attach
from mcn.kit import clock, records
from mcn.kit.moves import require_may
from mcn.standards.models import Attestation, Inspection, StoredFinding


def store(rulebook, subjects, *, on, by, at):
    """Inspect a queryset of subjects and keep the findings; the newest inspection is what counts."""
    reports = rulebook.inspect_many(subjects, on=on)
    with transaction.atomic():
        inspection = Inspection(rulebook=rulebook.name, on=on, inspected_at=at, by=by, subjects=len(reports))
        records.save(inspection, by=by, at=at)
        # What many subjects share, as products do their merchant, is at fault once.
        found = dict.fromkeys(finding for report in reports.values() for finding in report.findings)
        records.save_many([_row(inspection, finding) for finding in found], by=by, at=at)
    return inspection


def attest(clause, *, by, at, outcome, statement, months=6, file=None):
    """Put on record how a clause stands by a person's word and a file, due again some months later."""
    require_may(by, "attest", clause)
    on = clock.business_day(at)
    made = Attestation(
        clause=clause,
        outcome=outcome,
        statement=statement,
        attested_by=by,
        attested_on=on,
        next_due_on=clock.add_months(on, months),
    )
    with transaction.atomic():
        records.save(made, by=by, at=at, verb="attest")
        if file:
            made.document = attach(made, file, title=str(clause), by=by, at=at, evidence_on=on)
            records.save(made, by=by, at=at, verb="attach")
    return made


def _row(inspection, finding):
    return StoredFinding(
        inspection=inspection,
        clause=finding.clause,
        level=finding.level,
        subject_model=finding.subject._meta.label_lower,
        subject_id=finding.subject.pk,
        subject_label=finding.label[:200],
        message=str(finding.message),
        mend_url=finding.mend_url,
    )
