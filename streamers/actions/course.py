"""Courses and their material: drafted, published and then frozen, replaced by the next version."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused, WrongState
from streamers.models import Material


def add(course, *, by, at):
    """Set up a course."""
    moves.require_may(by, "add", course)
    return records.save(course, by=by, at=at)


def change(course, *, by, at, why=""):
    """Change a course that is still held; what was logged keeps its hours and its last day."""
    moves.require_may(by, "change", course)
    _require_held(course)
    return records.save(course, by=by, at=at, why=why)


def end(course, *, by, at, note=""):
    """Hold a course no longer; what was passed counts on as long as it is good."""
    with transaction.atomic():
        locked = moves.lock(course)
        moves.require_may(by, "end", locked)
        _require_held(locked)
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="end", why=note)


def _require_held(course):
    if course.ended_on is not None:
        raise Refused(_("This course is no longer held: set up another."))


def draft(material, file=None, *, by, at):
    """Begin the next version of a course's material."""
    moves.require_may(by, "add", material)
    with transaction.atomic():
        course = moves.lock(material.course)
        _require_held(course)
        last = course.materials.order_by("-number").first()
        material.number = last.number + 1 if last else 1
        records.save(material, by=by, at=at)
        return _keep(material, file, by=by, at=at)


def revise(material, file=None, *, by, at, why=""):
    """Change a version that is not published yet."""
    moves.require_may(by, "change", material)
    with transaction.atomic():
        if moves.lock(material).state != Material.State.DRAFT:
            raise WrongState(_("A published version stays as it is: draft the next one."))
        records.save(material, by=by, at=at, why=why)
        return _keep(material, file, by=by, at=at)


def _keep(material, file, *, by, at):
    if not file:
        return material
    if material.document:
        evidence.revise(material.document, file, by=by, at=at)
        return material
    material.document = evidence.attach(material, file, title=str(material), by=by, at=at)
    return records.save(material, by=by, at=at, verb="attach")


def publish(material, *, by, at, note=""):
    """Let a version be taught from now on, frozen by its hash; the one before it retires."""
    with transaction.atomic():
        moves.lock(material.course)
        before = material.course.materials.filter(state=Material.State.PUBLISHED).first()
        if before and material.state == Material.State.DRAFT:
            retire(before, by=by, at=at, note=note)
        with moves.move(material, "publish", by=by, at=at, note=note) as locked:
            if not locked.text.strip() and locked.document is None:
                raise ValidationError(_("Write the text, or attach the file, before it is published."))
            locked.sha256 = fingerprint(locked)
            locked.published_at, locked.published_by = at, by
    return material


def retire(material, *, by, at, note=""):
    """Teach a version no more; the log still shows who learnt from it."""
    with moves.move(material, "retire", by=by, at=at, note=note):
        pass
    return material


def fingerprint(material):
    """SHA-256 of the text and of the newest file's own SHA-256."""
    latest = material.document.latest if material.document else None
    told = "\n".join([material.text, latest.sha256 if latest else ""])
    return hashlib.sha256(told.encode()).hexdigest()
