"""One pass over a file: its rows planned chunk by chunk, counted and reconciled; written if asked."""

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit.bulk import without_collector
from mcn.kit.refusal import Refused
from mcn.sheets import header, reading, values
from mcn.sheets.reading import Book, SpooledSheet, Unreadable
from mcn.sheets.rows import Problem, Row, RowReader, chunks, groups
from mcn.sheets.seen import Seen
from mcn.sheets.sheet import Outcome, Plan, Run, Sheet

ZERO = Decimal("0.00")
# How a write says that it will not take something.
REFUSALS = (ValidationError, Refused)


@dataclass
class Tally:
    """The reconciliation: every row counted once, every price added once."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    price_sum: Decimal = ZERO
    price_sum_refused: Decimal = ZERO

    def add(self, plans):
        """Count a chunk."""
        counts = Counter(plan.outcome for plan in plans)
        for outcome in Outcome:
            setattr(self, outcome, getattr(self, outcome) + counts[outcome])
        self.rows += len(plans)
        self.price_sum += sum((plan.row.amount or 0 for plan in plans), ZERO)
        refused = (plan.row.amount or 0 for plan in plans if plan.outcome == Outcome.REFUSED)
        self.price_sum_refused += sum(refused, ZERO)

    @property
    def reconciles(self):
        """Whether no row was lost or counted twice."""
        return self.rows == self.created + self.updated + self.unchanged + self.refused

    def in_cents(self):
        """The figures as they are kept: sums to the cent."""
        figures = asdict(self)
        return figures | {name: figures[name].quantize(values.CENT) for name in SUMS}

    @classmethod
    def of(cls, row):
        """The tally that a stored row carries."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})


SUMS = ["price_sum", "price_sum_refused"]


@dataclass(frozen=True)
class Source:
    """A file that was read: its sheet with the data, the header found in it, and what to tell about them."""

    book: Book
    sheet: SpooledSheet
    header: header.Header

    def warnings(self, columns):
        """What the user should know before confirming."""
        return [*self.book.warnings, *self.header.warnings(columns)]


def find(sheet: Sheet, book: Book, mapping=None, sheet_name="") -> Source:
    """Find the sheet and the header in a file that was read; a mapping by hand replaces the guessed one."""
    spooled, found = header.find(book, sheet.columns, sheet.needed, sheet_name)
    if mapping is not None:
        found = found.with_mapping(mapping, sheet.columns, sheet.needed)
    return Source(book, spooled, found)


@contextmanager
def source_of(sheet: Sheet, path, mapping=None, kept=None) -> Iterator[Source]:
    """Read a file for a sheet, for as long as the block lasts; or take what was kept of it."""
    with reading.opened(path, sheet.limits(), kept) as book, without_collector():
        yield find(sheet, book, mapping)


class Pass:
    """One walk over the rows of a source."""

    def __init__(self, sheet: Sheet, source: Source, *, by, at, scope=""):
        self.sheet = sheet
        self.source = source
        reader = RowReader(
            sheet.columns,
            source.header,
            leading=sheet.leading,
            price=sheet.price,
            from_1904=source.book.from_1904,
        )
        self.run = Run(by=by, at=at, scope=scope, reader=reader)
        self.seen = Seen()
        sheet.open(self.run)

    def chunks(self, after=0) -> Iterator[list[Row]]:
        """The rows in chunks; those up to the row `after` were done before and are only remembered."""
        for rows in chunks(self.run.reader.rows(self.source.sheet), self.sheet.chunk_rows):
            repeated = self._repeated(rows)
            if rows[-1].number <= after:
                continue
            for row, first in repeated:
                row.problems.append(
                    Problem("", "", _("The same as row %(row)s of this file.") % {"row": first})
                )
            yield rows
            # What refusals leave: an error of Django's points to itself, and by its traceback to every row.
            gc.collect(0)

    def _repeated(self, rows):
        found = []
        for row in rows:
            identity = self.sheet.identity(row, self.run)
            if identity is None:
                continue
            first = self.seen.first(identity, row.number)
            if first != row.number:
                found.append((row, first))
        return found

    def plan(self, rows: list[Row]) -> list[Plan]:
        """What would become of a chunk: the sheet's own plan, and refused whatever has a problem."""
        plans = self.sheet.plan(rows, self.run)
        for plan in plans:
            leader = plan.row.leader
            if leader is not plan.row and leader.problems and not plan.row.problems:
                message = _("It belongs to row %(row)s, which is refused.") % {"row": leader.number}
                plan.row.problems.append(Problem("", "", message))
            if plan.row.problems:
                plan.outcome = Outcome.REFUSED
        return plans

    def write(self, plans: list[Plan]):
        """Write what a chunk creates and updates."""
        changing = [plan for plan in plans if plan.outcome in {Outcome.CREATED, Outcome.UPDATED}]
        if changing:
            self.sheet.write(changing, self.run)

    def carry_out(self, rows: list[Row]) -> list[Plan]:
        """Plan a chunk and write it; what the write refuses is found out, and the rest written.

        First as if all were right; then with every row asked; then, for what only the write itself can tell,
        each row with those that continue it alone.
        """
        for trusting in (True, False):
            try:
                return self._carry_out(rows, trusting=trusting)
            except REFUSALS:
                continue
        return [plan for group in groups(rows) for plan in self._carry_out_alone(group)]

    def _carry_out_alone(self, rows):
        try:
            return self._carry_out(rows)
        except REFUSALS as no:
            messages = no.messages if isinstance(no, ValidationError) else [str(no)]
            for row in rows:
                row.problems += [Problem("", "", message) for message in messages]
            return [Plan(row, Outcome.REFUSED) for row in rows]

    def _carry_out(self, rows, *, trusting=False):
        """Plan rows and write them, or leave both rows and data as they were."""
        said = [len(row.problems) for row in rows]
        self.run.trusting = trusting
        try:
            with transaction.atomic():
                plans = self.plan(rows)
                self.write(plans)
        except REFUSALS:
            for row, count in zip(rows, said, strict=True):
                del row.problems[count:]
            raise
        finally:
            self.run.trusting = False
        return plans

    def rehearse(self) -> Iterator[list[Plan]]:
        """Plan every chunk and write nothing."""
        for rows in self.chunks():
            yield self.plan(rows)

    def require_rows(self, tally):
        """Refuse a file without a row of data."""
        if not tally.rows:
            raise Unreadable("no_rows", sheet=self.source.header.sheet)
