"""How each clause stands: by what the newest inspections found, or by what a person attested."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mcn.standards.models import Attestation, Inspection, StoredFinding

MET, NOT_MET, NO_EVIDENCE, NOT_BOUND = "met", "not_met", "no_evidence", "not_applicable"
LABELS = {
    MET: _("met"),
    NOT_MET: _("not met"),
    NO_EVIDENCE: _("no evidence"),
    NOT_BOUND: _("does not bind us"),
}


@dataclass
class Standing:
    """One clause and how it stands on a day: by what, and what is at fault."""

    clause: object
    status: str
    checks: list = field(default_factory=list)
    findings: list = field(default_factory=list)
    attestation: Attestation | None = None

    @property
    def label(self):
        return LABELS[self.status]

    @property
    def rulebooks(self):
        """The rulebooks with a check for the clause, each once."""
        return list({rulebook.name: rulebook for rulebook, _check in self.checks}.values())


def rulebooks():
    """The rulebooks of all apps, named in the settings by string."""
    return [import_string(path) for path in settings.MCN_RULEBOOKS]


def checks_by_clause():
    """``{"DB4401 5.1.2.4": [(rulebook, check), ...]}`` over every rulebook, its parts counted once."""
    served, counted = {}, set()
    for rulebook in rulebooks():
        for check in rulebook.all_checks:
            codes = [] if check in counted else check.clauses
            counted.add(check)
            for code in codes:
                served.setdefault(code, []).append((rulebook, check))
    return served


def standings(standard, *, on):
    """How every clause of a standard stands on a day, in its order; four queries, however many clauses."""
    newest = (
        Inspection.objects.values("rulebook").annotate(newest=Max("id")).values_list("rulebook", "newest")
    )
    inspected = dict(newest)
    found = {}
    for row in StoredFinding.objects.filter(
        inspection__in=inspected.values(), clause__startswith=f"{standard.code} "
    ):
        # A merchant at fault is found by its own rulebook and by that of its products: told once.
        found.setdefault(row.clause, {})[row.subject_model, row.subject_id, row.message] = row
    attested = {row.clause_id: row for row in _attestations(standard, on)}
    served = checks_by_clause()
    return [
        _standing(clause, f"{standard.code} {clause.code}", served, inspected, found, attested)
        for clause in standard.clauses.all()
    ]


def _attestations(standard, on):
    """The attestations that still count, oldest first, so that the newest wins."""
    return Attestation.objects.filter(clause__standard=standard, next_due_on__gt=on).order_by("id")


def _standing(clause, code, served, inspected, found, attested):
    checks = served.get(code, [])
    attestation = attested.get(clause.id)
    if found.get(code):
        return Standing(clause, NOT_MET, checks, list(found[code].values()), attestation)
    if checks and all(rulebook.name in inspected for rulebook, _check in checks):
        return Standing(clause, MET, checks, [], attestation)
    if attestation:
        return Standing(clause, attestation.outcome, checks, [], attestation)
    return Standing(clause, NO_EVIDENCE, checks)


def counts(standing_list):
    """How many clauses stand how."""
    counter = Counter(standing.status for standing in standing_list)
    return {status: counter.get(status, 0) for status in LABELS}
