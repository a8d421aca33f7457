"""Rules as clauses: a check is a generator that cites its clause, a rulebook is a tuple of checks and parts.

::

    @clause("DB4401 5.1.2.4")
    def holds_a_good_licence(merchant, on):
        \"\"\"A merchant holds a business licence that is good on the day.\"\"\"
        if not any(licence.covers(on) for licence in merchant.licences.all()):
            yield merchant, _("no business licence is good on %(day)s") % {"day": on}

    ADMISSION = Rulebook("admission", _("admission"), [holds_a_good_licence], prefetch=for_inspection)
    ADMISSION.inspect(merchant, on=day).require()
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mcn.kit.bulk import without_collector
from mcn.kit.gather import let_go
from mcn.kit.refusal import Blocked, Finding
from mcn.standards.catalogue import levels


def clause(*codes, level="", mend=None):
    """Mark a check with the clauses it answers for; the first is cited and, unless given, sets the level.

    A code that the catalogue does not know is refused at import. A law outside the catalogue is cited with a
    level. ``mend`` maps a row at fault to the page that mends it where the rulebook's own does not do. One
    that answers for a whole list of clauses yields, as a third, the one that is broken.
    """

    def mark(check):
        check.clauses = list(codes)
        check.level = level or levels()[codes[0]]
        check.mend = mend
        return check

    return mark


@dataclass(frozen=True)
class Report:
    """What an inspection of one subject found."""

    findings: list

    @property
    def blockers(self):
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self):
        return [finding for finding in self.findings if not finding.blocks and not finding.waiver]

    @property
    def waived(self):
        """The warnings that somebody set aside."""
        return [finding for finding in self.findings if finding.waiver]

    def require(self):
        """Raise ``Blocked`` with the blocking findings, if there are any."""
        if self.blockers:
            raise Blocked(self.blockers)
        return self


@dataclass(frozen=True)
class Rulebook:
    """Checks that a subject must pass, and other rulebooks for what hangs on it.

    ``prefetch`` takes a queryset of subjects and gives each with all that the checks read, of very many one
    after the other. ``parts`` pairs a function from a subject to its dependent rows with the rulebook that
    inspects them. ``mend`` maps a row at fault to the page that mends it. ``subjects`` gives the rows that
    the nightly inspection looks at; of what is asked at a verb, those that passed and still stand.
    """

    name: str
    label: Any
    checks: list
    prefetch: Callable
    parts: list = field(default_factory=list)
    mend: Callable = lambda row: ""
    subjects: Callable | None = None

    @property
    def all_checks(self):
        """Its own checks and those of its parts."""
        return [*self.checks, *[check for _rows, part in self.parts for check in part.all_checks]]

    def inspect(self, subject, *, on):
        """The report on one subject, read afresh from the database."""
        [fresh] = self.prefetch(type(subject)._base_manager.filter(pk=subject.pk))
        return Report(list(self.findings(fresh, on)))

    def inspect_many(self, subjects, *, on):
        """``{pk: Report}`` for a queryset of subjects, in as many queries as for one."""
        with without_collector():
            return {subject.pk: self._report(subject, on) for subject in self.prefetch(subjects)}

    def _report(self, subject, on):
        """The report on one of many; of whom nothing is told, nothing is kept."""
        report = Report(list(self.findings(subject, on)))
        if not report.findings:
            let_go(subject)
        return report

    def findings(self, subject, on):
        """The findings on a subject that ``prefetch`` has loaded."""
        for check in self.checks:
            for row, message, *cited in check(subject, on):
                mend = check.mend or self.mend
                yield Finding((cited or check.clauses)[0], check.level, row, message, mend(row), subject)
        for rows, part in self.parts:
            for row in rows(subject):
                yield from part.findings_once(row, on)

    def findings_once(self, row, on):
        """The findings on a row that many subjects share, as products do their merchant: asked once."""
        asked = row.__dict__.setdefault("_asked", {})
        if (self.name, on) not in asked:
            asked[self.name, on] = list(self.findings(row, on))
        return asked[self.name, on]
