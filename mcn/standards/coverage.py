"""How each clause stands: by the newest inspections, by what a person attested, by its records."""

from collections import Counter
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mcn.standards.models import Attestation, Inspection, StoredFinding

MET, NOT_MET, RECORDED, NO_EVIDENCE, NOT_BOUND = "met", "not_met", "recorded", "no_evidence", "not_applicable"
LABELS = {
    MET: _("met"),
    NOT_MET: _("not met"),
    RECORDED: _("on record"),
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
    records: list = field(default_factory=list)

    @property
    def label(self):
        return LABELS[self.status]

    @property
    def rulebooks(self):
        """The rulebooks with a check for the clause, each once."""
        return list({rulebook.name: rulebook for rulebook, _check in self.checks}.values())

    @property
    def lists(self):
        """``(name, address)`` of the lists in which its records lie."""
        metas = [model._meta for model in self.records]
        names = [f"admin:{meta.app_label}_{meta.model_name}_changelist" for meta in metas]
        return [(meta.verbose_name_plural, reverse(name)) for meta, name in zip(metas, names, strict=True)]


def rulebooks():
    """The rulebooks of all apps, named in the settings by string."""
    return [import_string(path) for path in settings.MCN_RULEBOOKS]


def newest_inspections():
    """``{rulebook: id}`` of the newest inspection of each rulebook that is still asked."""
    asked = Inspection.objects.filter(rulebook__in=[rulebook.name for rulebook in rulebooks()])
    return dict(asked.values("rulebook").annotate(newest=Max("id")).values_list("rulebook", "newest"))


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


def records_of(standard):
    """``{clause: [model]}`` of a standard: of what leaves records, the models that have some."""
    kept = {}
    for label, codes in settings.MCN_RECORDS.items():
        ours = [code for code in codes if code.startswith(f"{standard.code} ")]
        model = apps.get_model(label)
        if ours and model._base_manager.exists():
            for code in ours:
                kept.setdefault(code, []).append(model)
    return kept


def standings(standard, *, on):
    """How every clause of a standard stands on a day, in its order; as many queries for many clauses."""
    inspected = newest_inspections()
    found = {}
    ours = StoredFinding.objects.filter(clause__startswith=f"{standard.code} ")
    for row in ours.filter(inspection__in=inspected.values()):
        # A merchant at fault is found by its own rulebook and by that of its products: told once.
        found.setdefault(row.clause, {})[row.subject_model, row.subject_id, row.message] = row
    attested = {row.clause_id: row for row in _attestations(standard, on)}
    served, kept = checks_by_clause(), records_of(standard)
    return [
        _standing(clause, f"{standard.code} {clause.code}", served, inspected, found, attested, kept)
        for clause in standard.clauses.all()
    ]


def _attestations(standard, on):
    """The attestations that still count, oldest first, so that the newest wins."""
    counting = Attestation.objects.filter(clause__standard=standard, next_due_on__gt=on).order_by("id")
    return counting.select_related("attested_by", "document").prefetch_related("document__revisions")


def _standing(clause, code, served, inspected, found, attested, kept):
    shown = Standing(clause, NO_EVIDENCE, served.get(code, []), records=kept.get(code, []))
    shown.findings = list(found.get(code, {}).values())
    shown.attestation = attested.get(clause.id)
    if shown.findings:
        shown.status = NOT_MET
    elif shown.checks and all(rulebook.name in inspected for rulebook, _check in shown.checks):
        shown.status = MET
    elif shown.attestation:
        shown.status = shown.attestation.outcome
    elif shown.records:
        shown.status = RECORDED
    elif clause.binds_others and not shown.checks:
        shown.status = NOT_BOUND
    return shown


def counts(standing_list):
    """How many clauses stand how."""
    counter = Counter(standing.status for standing in standing_list)
    return {status: counter.get(status, 0) for status in LABELS}
