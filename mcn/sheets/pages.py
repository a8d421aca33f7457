"""What became of each row, as it is kept and shown: pages of lines, and the problems of a pass in order."""

from mcn.kit import records
from mcn.sheets.engine import Tally
from mcn.sheets.models import ImportPage
from mcn.sheets.rows import Problem
from mcn.sheets.sheet import Outcome

SHOWN_CHANGES = 8
SHOWN_CHARACTERS = 80


def save_page(job, number, plans, *, at):
    sheet = job.declared
    shown = {column.name: (str(column.label), column.private) for column in sheet.columns}
    lines = [line_of(plan, sheet.title, shown) for plan in plans]
    page = ImportPage(job=job, run=job.run, number=number, lines=lines)
    tally = Tally()
    tally.add(plans)
    for outcome in Outcome:
        setattr(page, outcome, getattr(tally, outcome))
    records.save(page, by=job.confirmed_by or job.created_by, at=at)


def line_of(plan, title, shown):
    """One row as the preview shows it: its number, outcome, title, changes and problems."""
    values = plan.row.values
    words = " · ".join([str(values[name]) for name in title if values.get(name)])
    problems = [problem.as_dict() for problem in plan.row.problems]
    changes = _changes(plan, shown) if plan.outcome == Outcome.UPDATED else {}
    return [plan.row.number, plan.outcome, words[:SHOWN_CHARACTERS], changes, problems]


def _changes(plan, shown):
    told = {}
    for name, (old, new) in list(plan.changes.items())[:SHOWN_CHANGES]:
        label, private = shown.get(name, (name, False))
        told[label] = ["***", "***"] if private else [_short(old), _short(new)]
    return told


def _short(value):
    text = "" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


class FaultsInOrder:
    """The problems of a pass by row number, read page by page: asked in the order of the rows."""

    def __init__(self, job):
        self.lines = (
            line
            for page in job.pages.filter(run=job.run, refused__gt=0).order_by("number").iterator(chunk_size=1)
            for line in page.lines
            if line[1] == Outcome.REFUSED
        )
        self.next = next(self.lines, None)

    def get(self, number, default=()):
        """The problems of a row."""
        while self.next and self.next[0] < number:
            self.next = next(self.lines, None)
        if not self.next or self.next[0] != number:
            return default
        return [Problem(**said) for said in self.next[4]]
