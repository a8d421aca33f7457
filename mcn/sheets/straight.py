"""An import without a person before a page: straight through for commands, or rehearsed without a trace."""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from mcn.kit.refusal import Refused
from mcn.sheets import actions, engine, runs
from mcn.sheets.engine import SUMS, Pass, Tally
from mcn.sheets.header import spoken
from mcn.sheets.models import ImportJob
from mcn.sheets.reading import Unreadable
from mcn.sheets.sheet import Sheet

State = ImportJob.State


@dataclass
class Report:
    """The reconciliation of one file, with what was wrong in it."""

    tally: Tally
    errors: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self):
        """The report as a program reads it."""
        figures = {
            name: float(figure) if name in SUMS else figure for name, figure in self.tally.in_cents().items()
        }
        return figures | {"errors": self.errors, "warnings": self.warnings}


def rehearse(sheet: Sheet, path, *, by, at, scope="") -> Report:
    """Say what importing a file would do; nothing is written, not even that it was asked."""
    _require_place(sheet, scope)
    with engine.source_of(sheet, path) as source:
        _require_columns(sheet, source.header.missing)
        walk = Pass(sheet, source, by=by, at=at, scope=scope)
        report = Report(Tally(), warnings=source.warnings(sheet.columns))
        for plans in walk.rehearse():
            report.tally.add(plans)
            for plan in plans:
                report.errors += [_error(plan.row.number, said.as_dict()) for said in plan.row.problems]
        walk.require_rows(report.tally)
        return report


def import_now(sheet: Sheet, path, *, by, at, scope="", all_or_nothing=False) -> Report:
    """Import a file and keep its reconciliation; raises ``Refused`` where it is refused whole."""
    _require_place(sheet, scope)
    job = _uploaded(sheet, Path(path), by=by, at=at, scope=scope)
    runs.preview(job, at=at)
    job.refresh_from_db()
    if job.state == State.UNMATCHED:
        chosen = set(job.names)
        _require_columns(sheet, [group for group in sheet.needed if not set(group) & chosen])
        # Only the currency was in question: a command takes the numbers as they are and says so.
        actions.match(job, job.names, by=by, at=at, remember=False)
        runs.preview(job, at=at)
        job.refresh_from_db()
    if job.state == State.PREVIEWED:
        actions.confirm(job, by=by, at=at, all_or_nothing=all_or_nothing)
        runs.carry_out(job, at=at)
        job.refresh_from_db()
    if job.state != State.DONE:
        raise Refused(job.reason)
    return Report(Tally.of(job), errors=list(_errors(job)), warnings=job.warnings)


def _uploaded(sheet, path, *, by, at, scope):
    if not path.is_file():
        raise Unreadable("missing")
    with path.open("rb") as file:
        try:
            return actions.upload(sheet.name, File(file, name=path.name), by=by, at=at, scope=scope)
        except ValidationError as error:
            raise Refused("; ".join(error.messages)) from error


def _require_place(sheet, scope):
    if scope and sheet.place(scope) is None:
        raise Refused(_("There is no such place to import into."))


def _require_columns(sheet, missing):
    if missing:
        raise Unreadable("no_header", columns=spoken(missing, sheet.columns))


def _errors(job):
    for page in job.pages.filter(run=job.run, refused__gt=0).order_by("number").iterator(chunk_size=1):
        for number, _outcome, _title, _changes, problems in page.lines:
            yield from (_error(number, problem) for problem in problems)


def _error(number, problem):
    return {
        "row": number,
        "column": problem["column"],
        "cell": problem["cell"],
        "message": problem["message"],
    }
