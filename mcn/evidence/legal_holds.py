"""Legal holds: placed on a show, merchant, product or streamer, and lifted by somebody else."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.evidence import retention
from mcn.evidence.models import LegalHold
from mcn.evidence.models.legal_hold import holdable
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.identity import normalise
from mcn.kit.moves import said


def subject_named(model_label, code):
    """The row that people name by a code, of a model on which holds can be placed."""
    field = holdable().get(model_label)
    if field is None:
        raise ValidationError({"subject_model": _("Legal holds are not placed on this.")})
    rows = apps.get_model(model_label)._base_manager.filter(**{field: normalise(code)})[:2]
    if not rows:
        raise ValidationError({"subject_code": _("Nothing has this number.")})
    if len(rows) > 1:
        raise ValidationError({"subject_code": _("Several have this number: place it on the merchant.")})
    return rows[0]


def place(hold, file=None, *, by, at):
    """Keep everything of the subject from today on; a removal that runs at the same moment comes after."""
    moves.require_may(by, "add", hold)
    subject = subject_named(hold.subject_model, hold.subject_code)
    hold.subject_id = subject.pk
    hold.subject_code = str(getattr(subject, holdable()[hold.subject_model]))
    hold.placed_by, hold.placed_on = by, business_day(at)
    with transaction.atomic():
        retention.gate()
        records.save(hold, by=by, at=at, verb="hold", why=hold.reason)
        if file:
            hold.document = evidence.attach(hold, file, title=str(hold)[:200], by=by, at=at)
            records.save(hold, by=by, at=at, verb="attach")
    return hold


def place_on(subject, *, ground, reference, reason, by, at):
    """Place a hold on a row that another verb is about."""
    label = subject._meta.label_lower
    hold = LegalHold(
        subject_model=label,
        subject_code=str(getattr(subject, holdable()[label])),
        ground=ground,
        reference=reference,
        reason=reason,
    )
    return place(hold, by=by, at=at)


def lift(hold, *, note, by, at):
    """End a hold with the reason; not by who placed it. The clock goes on from the next day."""
    with moves.move(hold, "lift", by=by, at=at, note=said(note)) as locked:
        moves.require_another(by, locked.placed_by_id)
        locked.lifted_by, locked.lifted_on = by, business_day(at)
    return hold
