"""Repairers: put forward, admitted by somebody else after an assessment, suspended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said


def put_forward(provider, file=None, *, by, at):
    """Enter a repairer, who waits for admission; the file shows its qualification."""
    moves.require_may(by, "add", provider)
    provider.submitted_by = by
    with transaction.atomic():
        records.save(provider, by=by, at=at)
        if file:
            provider.document = evidence.attach(provider, file, title=str(provider), by=by, at=at)
            records.save(provider, by=by, at=at, verb="attach")
    return provider


def change(provider, *, by, at):
    """Mend what a repairer says of itself while nobody has admitted it."""
    moves.lock_words(provider, by=by)
    return records.save(provider, by=by, at=at)


def admit(provider, *, assessment, by, at, note=""):
    """Let a repairer take goods in: its qualification, technical level and norms were looked at."""
    with moves.move(provider, "admit", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        open_items = [
            locked._meta.get_field(name).verbose_name
            for name in ("qualification", "skill", "norms")
            if not getattr(locked, name).strip()
        ]
        if open_items:
            told = "、".join(map(str, open_items))
            raise ValidationError(_("Not assessed yet: %(items)s") % {"items": told})
        if locked.qualified_to and locked.qualified_to < business_day(at):
            raise ValidationError(_("The qualification ran out on %(day)s.") % {"day": locked.qualified_to})
        locked.assessment, locked.assessed_by, locked.assessed_at = said(assessment), by, at
    return provider


def refuse(provider, *, note, by, at):
    """Do not admit a repairer, and say why."""
    with moves.move(provider, "refuse", by=by, at=at, note=said(note)) as locked:
        moves.require_another(by, locked.submitted_by_id)
        locked.assessment, locked.assessed_by, locked.assessed_at = note, by, at
    return provider


def resubmit(provider, *, by, at, note=""):
    """Put a refused repairer forward again, mended."""
    with moves.move(provider, "resubmit", by=by, at=at, note=note) as locked:
        locked.submitted_by = by
    return provider


def suspend(provider, *, note, by, at):
    """Let a repairer take nothing in for the time being; what it has, it finishes."""
    with moves.move(provider, "suspend", by=by, at=at, note=said(note)):
        pass
    return provider
