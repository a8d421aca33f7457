"""Recordings: added by upload, path or key, hashed, checked again, and removed after their term."""

import hashlib
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files.storage import InvalidStorageError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.identity import normalise
from mcn.kit.refusal import Refused, WrongState
from streamers.models import Recording, Show

State, Source = Recording.State, Recording.Source
CHUNK = 4 * 1024 * 1024


def add(recording, file=None, *, by, at):
    """Enter a film of a show that is or was on air; an uploaded one is stored and hashed at once."""
    moves.require_may(by, "add", recording)
    if recording.show.state not in (Show.State.LIVE, Show.State.ENDED):
        raise WrongState(_("%(show)s was not on air: there is nothing to record.") % {"show": recording.show})
    recording.added_by = by
    with transaction.atomic():
        if recording.source == Source.UPLOAD:
            _store(recording, file, at=at)
        else:
            _locate(recording)
        return records.save(recording, by=by, at=at)


def _store(recording, file, *, at):
    if not file:
        raise ValidationError({"file": _("Choose the film.")})
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    given, taken = recording.sha256.strip().lower(), digest.hexdigest()
    if given and given != taken:
        raise ValidationError({"sha256": _("The film does not have this hash: it was damaged on its way.")})
    recording.name = PurePosixPath(file.name).name[:200]
    recording.sha256, recording.size = taken, file.size
    recording.location = recording.storage.save(f"{recording.show.code}/{taken}", file)
    recording.state, recording.checked_at = State.KEPT, at


def _locate(recording):
    """The film is there already: its place is checked, its hash is taken later, for that takes its time."""
    recording.location = normalise(recording.location)
    recording.sha256 = recording.sha256.strip().lower()
    if not recording.location:
        raise ValidationError({"location": _("Say where the film lies.")})
    try:
        there = recording.storage.exists(recording.location)
        size = recording.storage.size(recording.location) if there else None
    except InvalidStorageError as error:
        raise ValidationError({"source": _("No S3 bucket is set up here.")}) from error
    except (SuspiciousOperation, OSError) as error:
        raise ValidationError({"location": _("This is not below the recordings folder.")}) from error
    if size is None:
        raise ValidationError({"location": _("No film lies there.")})
    recording.name, recording.size = PurePosixPath(recording.location).name[:200], size


def check(recording, *, by, at, note=""):
    """Read the film and take its hash, or compare it with the one on record; what does not fit is told."""
    moves.require_may(by, "check", recording)
    # Outside the lock: a film of many gigabytes is read for minutes.
    sha256, size, fault = _read(recording)
    with transaction.atomic():
        with moves.move(recording, "check", by=by, at=at, note=note) as locked:
            if not fault and locked.sha256 and locked.sha256 != sha256:
                fault = _("The film is not what was recorded: its hash is %(sha256)s.") % {"sha256": sha256}
            if not fault:
                locked.sha256, locked.size = sha256, size
            locked.fault, locked.checked_at = fault[:200], at
        if fault:
            recording.state = State.FAULTY
            records.save(recording, by=by, at=at, verb="fault", why=recording.fault)
    return recording


def _read(recording):
    digest, size = hashlib.sha256(), 0
    try:
        with recording.storage.open(recording.location) as film:
            while piece := film.read(CHUNK):
                digest.update(piece)
                size += len(piece)
    except (OSError, InvalidStorageError) as error:
        return "", 0, _("The film cannot be read: %(error)s.") % {"error": error.__class__.__name__}
    return digest.hexdigest(), size, ""


def check_waiting(*, at):
    """Take the hash of every film that waits for it; return how many."""
    waiting = list(Recording.objects.filter(state=State.WAITING).select_related("show").order_by("id")[:50])
    for recording in waiting:
        check(recording, by=None, at=at)
    return len(waiting)


def purge(recording, *, by, at):
    """Take a film away after its term; what is known of it stays. Retention alone calls it, having asked."""
    recording.state, recording.removed_at = State.REMOVED, at
    records.save(recording, by=by, at=at, verb="purge")
    storage, location = recording.storage, recording.location
    transaction.on_commit(lambda: storage.delete(location))
    return recording


def require_kept(recording):
    """Refuse what is there no more, or is not what was recorded."""
    if recording.state != State.KEPT:
        raise Refused(
            _("%(row)s cannot be used: it is %(state)s.")
            % {"row": recording, "state": recording.get_state_display()}
        )
    return recording
