"""What people do with an import: upload it, match its columns, confirm or cancel. runs.py does the work."""

from contextlib import contextmanager
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence.models import sha256_of
from mcn.kit import moves, records
from mcn.kit.refusal import Denied, Refused, WrongState
from mcn.sheets.columns import Column
from mcn.sheets.models import ImportJob, Mapping
from mcn.sheets.sheet import all_sheets


def upload(sheet_name, file, *, by, at, scope=""):
    """Take a file in for a sheet, for a person who may import into the scope; nothing of it is opened yet."""
    sheet = all_sheets().get(sheet_name)
    if sheet is None:
        raise ValidationError({"sheet": _("There is no such sheet.")})
    scope = scope or _only_place(sheet, by)
    _require_scope(sheet, by, scope)
    limit = sheet.limits().file_bytes
    if file.size > limit:
        raise ValidationError({"file": _("The file is larger than %(limit)s MB.") % {"limit": limit >> 20}})
    if not file.size:
        raise ValidationError({"file": _("The file is empty.")})
    job = ImportJob(
        sheet=sheet.name,
        scope=scope,
        file=file,
        name=PurePath(file.name).name[:200],
        size=file.size,
        sha256=sha256_of(file),
        created_by=by,
    )
    return records.save(job, by=by, at=at)


def _only_place(sheet, by):
    """The one place into which somebody outside the agency may import, who then need not name it."""
    places = [] if by is None or by.is_staff else sheet.scopes(by)
    return places[0][0] if len(places) == 1 else ""


def _require_scope(sheet, by, scope):
    """A place that does not exist and a place of strangers get the same answer."""
    if scope and (sheet.place(scope) is None or (by and not sheet.may(by, "import", scope))):
        raise ValidationError({"scope": _("There is no such place to import into.")})
    if by and not sheet.may(by, "import", scope):
        raise Denied(_("You may not import here."))


def match(job, names, *, by, at, remember=True):
    """Check the file again with its columns as a person matched them, and keep that for the next such."""
    sheet = job.declared
    with _step(job, "check", by=by, at=at) as locked:
        locked.names = _known_names(sheet.columns, names, len(locked.titles))
        locked.matched_by_hand = True
        locked.attempt = 0
        if remember:
            _remember(locked, by=by, at=at)
    return job


def _known_names(columns: list[Column], names, width):
    known = {column.name for column in columns}
    taken = [name if name in known else "" for name in list(names)[:width]]
    chosen = [name for name in taken if name]
    twice = {name for name in chosen if chosen.count(name) > 1}
    if twice:
        labels = ", ".join(str(column.label) for column in columns if column.name in twice)
        raise ValidationError({"names": _("Matched more than once: %(columns)s.") % {"columns": labels}})
    return taken + [""] * (width - len(taken))


def _remember(job, *, by, at):
    found = Mapping.objects.filter(sheet=job.sheet, scope=job.scope, fingerprint=job.fingerprint).first()
    mapping = found or Mapping(sheet=job.sheet, scope=job.scope, fingerprint=job.fingerprint)
    mapping.titles, mapping.names = job.titles, job.names
    records.save(mapping, by=by, at=at)


def confirm(job, *, by, at, all_or_nothing=False):
    """Let the checked file into the data: its good rows, or all of it and else nothing."""
    with _step(job, "confirm", by=by, at=at) as locked:
        if all_or_nothing and locked.refused:
            raise Refused(_("Some rows are refused, so all or nothing would be nothing. Correct them first."))
        locked.all_or_nothing = all_or_nothing
        locked.confirmed_by, locked.confirmed_at = by, at
        locked.run += 1
        locked.attempt = locked.reached_row = 0
        for name in ("rows", "created", "updated", "unchanged", "refused", "price_sum", "price_sum_refused"):
            setattr(locked, name, 0)
    return job


def cancel(job, *, by, at):
    """Give the file up before anything of it was written."""
    with _step(job, "cancel", by=by, at=at) as locked:
        locked.finished_at = at
    return job


@contextmanager
def _step(job, verb, *, by, at):
    """Lock the job, ask whether the person may import there and whether the state allows it, then save it."""
    sources, target = ImportJob.MOVES.table[verb]
    with transaction.atomic():
        locked = moves.lock(job)
        if by is not None and not locked.declared.may(by, "import", locked.scope):
            raise Denied(_("You may not import here."))
        if locked.state not in sources:
            state = locked.get_state_display()
            raise WrongState(_("The import is %(state)s, so this cannot be done now.") % {"state": state})
        yield locked
        locked.state = target
        records.save(locked, by=by, at=at, verb=verb)
    job.refresh_from_db()
