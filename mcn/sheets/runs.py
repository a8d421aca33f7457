"""The passes over an import's file: the preview, which writes nothing, and the confirm.

A worker may be killed at any moment. The preview starts over. The confirm writes chunk by chunk, each in
one transaction with its counts and the row it reached, and goes on behind that row; an import of all or
nothing is one transaction. Whoever starts a pass takes a new attempt number, and a pass whose number is no
longer the latest stops.
"""

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.refusal import Refused
from mcn.sheets import engine, faults, reading
from mcn.sheets.engine import Pass, Source, Tally
from mcn.sheets.models import ImportJob, Mapping
from mcn.sheets.pages import FaultsInOrder, save_page
from mcn.sheets.reading import Unreadable

MOST_ATTEMPTS = 3
PROGRESS_SECONDS = 60
SPOOL_SECONDS = 86_400
State = ImportJob.State


class Overtaken(Exception):
    """Another worker has taken the job, or a person cancelled it: this pass stops."""


def preview(job, *, at):
    """Read and check the file of an import; then it is checked, waits for its columns, or has failed."""
    job = _take(job, [State.UPLOADED, State.PREVIEWING], at=at)
    if job is None or job.state == State.FAILED:
        return
    with (
        _said_in_the_language_of(job.created_by),
        _failing(job, by=job.created_by, at=at),
        _file(job) as path,
    ):
        names = _mapping_for(job)
        with engine.source_of(job.declared, path, names, _spools(job)) as source:
            matched = _with_saved_mapping(job, source)
            _note(job, matched)
            if not job.declared.is_personal:
                reading.keep(source.book, _spools(job))
            if matched.header.missing or _asks_about_currency(job, matched):
                _move(job, "ask", at=at)
            else:
                _check_rows(job, matched, at=at)


def carry_out(job, *, at):
    """Let a confirmed file into the data; afterwards it is done or has failed."""
    job = _take(job, [State.CONFIRMING], at=at)
    if job is None or job.state == State.FAILED:
        return
    by = job.confirmed_by
    with (
        _said_in_the_language_of(by),
        _failing(job, by=by, at=at),
        _file(job) as path,
        engine.source_of(job.declared, path, job.names, _spools(job)) as source,
    ):
        if job.all_or_nothing:
            with transaction.atomic():
                _import_rows(job, source, at=at)
                _require_none_refused(job)
        else:
            _import_rows(job, source, at=at)
        job.finished_at = at
        with _with_faults(job, source):
            _move(job, "finish", at=at)
        reading.forget(_spools(job))


def progress(job):
    """How many rows of how many are done, as far as the worker has told; for showing only."""
    return cache.get(_key(job)) or {"done": job.rows, "total": job.rows}


def forget_spools(*, at):
    """Remove what was kept of files that nobody has confirmed for a day."""
    for folder in (settings.DATA_DIR / "spools").glob("*"):
        if at.timestamp() - folder.stat().st_mtime > SPOOL_SECONDS:
            reading.forget(folder)


def is_alive(job):
    """Whether a worker has told of its progress of late."""
    return cache.get(_key(job)) is not None


# --- the two passes -----------------------------------------------------------------------------------------


def _check_rows(job, source, *, at):
    walk = Pass(job.declared, source, by=job.created_by, at=at, scope=job.scope)
    tally = Tally()
    for number, plans in enumerate(walk.rehearse(), 1):
        tally.add(plans)
        with _mine(job):
            save_page(job, number, plans, at=at)
        _tell(job, tally, source)
    walk.require_rows(tally)
    _store(job, tally)
    with _with_faults(job, source):
        _move(job, "report", at=at)


def _import_rows(job, source, *, at):
    by = job.confirmed_by
    walk = Pass(job.declared, source, by=by, at=at, scope=job.scope)
    tally = Tally.of(job)
    number = job.pages.filter(run=job.run).count()
    for rows in walk.chunks(after=job.reached_row):
        number += 1
        with transaction.atomic(), _mine(job):
            plans = walk.carry_out(rows)
            tally.add(plans)
            _store(job, tally)
            job.reached_row = rows[-1].number
            save_page(job, number, plans, at=at)
            records.save(job, by=by, at=at, verb="import")
        _tell(job, tally, source)


def _require_none_refused(job):
    if job.refused:
        raise Refused(_("%(count)s rows are refused now, so nothing was imported.") % {"count": job.refused})


# --- the job ------------------------------------------------------------------------------------------------


def _take(job, states, *, at):
    """Take the job for this pass, or None where there is nothing to do; the third crash ends it."""
    with transaction.atomic():
        locked = ImportJob.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=job.pk).first()
        if locked is None or locked.state not in states or is_alive(locked):
            return None
        cache.set(_key(job), {"done": 0, "total": 0}, locked.declared.limits().seconds + PROGRESS_SECONDS)
        locked.attempt += 1
        if locked.attempt > MOST_ATTEMPTS:
            locked.state, locked.finished_at = State.FAILED, at
            locked.reason = _("The work on this file broke off %(count)s times.") % {"count": MOST_ATTEMPTS}
        elif locked.state != State.CONFIRMING:
            locked.state = State.PREVIEWING
            locked.run += 1
        return records.save(locked, by=locked.confirmed_by or locked.created_by, at=at, verb="check")


@contextmanager
def _mine(job):
    """Hold the job's row while something of it is written; a job that another has taken is left alone."""
    with transaction.atomic():
        latest = moves.lock(job)
        if (latest.attempt, latest.state) != (job.attempt, job.state):
            raise Overtaken
        yield


@contextmanager
def _failing(job, *, by, at):
    """Turn a refusal of the whole file into the job's failure, told in its reason."""
    try:
        yield
    except Overtaken:
        return
    except Refused as no:
        failed = ImportJob.objects.get(pk=job.pk)
        failed.state, failed.reason, failed.finished_at = State.FAILED, str(no), at
        records.save(failed, by=by, at=at, verb="fail")
    cache.delete_many([_key(job)])


def _move(job, verb, *, at):
    with _mine(job):
        job.state = ImportJob.MOVES.target(verb)
        records.save(job, by=job.confirmed_by or job.created_by, at=at, verb=verb)


def _mapping_for(job):
    return job.names if job.matched_by_hand else None


def _with_saved_mapping(job, source):
    """Use the mapping that was saved for the same titles, unless a person has just matched them."""
    if job.matched_by_hand:
        return source
    known = Mapping.objects.filter(sheet=job.sheet, scope=job.scope, fingerprint=source.header.fingerprint)
    saved = known.values_list("names", flat=True).first()
    if saved is None:
        return source
    job.matched_by_hand = True
    sheet = job.declared
    return Source(source.book, source.sheet, source.header.with_mapping(saved, sheet.columns, sheet.needed))


def _asks_about_currency(job, source):
    return not job.matched_by_hand and source.header.foreign_prices(job.declared.columns)


def _note(job, source):
    """Keep what was found in the file."""
    found = source.header
    job.format, job.sheet_title, job.header_row = source.book.format, found.sheet[:200], found.row
    job.titles, job.names, job.fingerprint = found.titles, found.names, found.fingerprint
    job.skipped, job.warnings = found.skipped, source.warnings(job.declared.columns)
    _store(job, Tally())


def _store(job, tally):
    for name, figure in tally.in_cents().items():
        setattr(job, name, figure)


@contextmanager
def _file(job):
    """The uploaded file as a path of its own, its bytes proved to be those that were sent."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="mcn-import-") as folder:
        path = Path(folder, "upload")
        try:
            with job.file.open("rb") as sent, path.open("wb") as copy:
                while chunk := sent.read(1 << 20):
                    digest.update(chunk)
                    copy.write(chunk)
        except FileNotFoundError as error:
            raise Unreadable("missing") from error
        if digest.hexdigest() != job.sha256:
            raise Unreadable("truncated")
        yield path


@contextmanager
def _said_in_the_language_of(user):
    with translation.override(user.language if user else settings.LANGUAGE_CODE):
        yield


@contextmanager
def _with_faults(job, source):
    """Give the job an error workbook where rows were refused, for as long as it takes to save it."""
    if not job.refused:
        yield
        return
    with tempfile.TemporaryFile() as workbook:
        for part in faults.error_workbook(source.sheet, source.header, FaultsInOrder(job)):
            workbook.write(part)
        workbook.seek(0)
        job.faults = File(workbook, name="errors.xlsx")
        yield


def _tell(job, tally, source):
    """Say that this pass is alive and how far it is."""
    below = source.sheet.rows - 1 - len(source.header.skipped)
    cache.set(_key(job), {"done": tally.rows, "total": max(below, tally.rows)}, PROGRESS_SECONDS)


def _spools(job):
    """Where the parsed rows of a checked file lie until it is confirmed; without them it is parsed again."""
    return settings.DATA_DIR / "spools" / f"{job.pk}-{job.sha256}"


def _key(job):
    return f"import-{job.pk}-progress"
