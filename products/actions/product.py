"""The verbs of a product's life: added, changed, submitted, passed or sent back, delisted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from products.actions.sku import put_skus
from products.actions.verification import mark_stale
from products.rules.listing import REVIEW
from products.rules.submission import SUBMISSION


def add(product, skus=(), *, by, at):
    """Take a new product in as a draft, with its SKUs, for a person who may add to this merchant."""
    moves.require_may(by, "add", product)
    with transaction.atomic():
        records.save(product, by=by, at=at)
        if skus:
            put_skus(product, skus, by=by, at=at)
    return product


def change(product, skus=(), *, by, at, why=""):
    """Change a product's facts and SKUs; every item that covers what changed is stale from now on."""
    moves.require_may(by, "change", product)
    with transaction.atomic():
        records.save(product, by=by, at=at, why=why)
        if skus:
            put_skus(product, skus, by=by, at=at, why=why)
        else:
            mark_stale([product], by=by, at=at)
    return product


def picture(product, file, *, by, at):
    """Give a product its picture; an earlier one stays as a revision."""
    moves.require_may(by, "change", product)
    with transaction.atomic():
        if product.image:
            evidence.revise(product.image, file, by=by, at=at)
        else:
            product.image = evidence.attach(product, file, title=product.name, by=by, at=at)
            records.save(product, by=by, at=at)
    return product


def submit(product, *, by, at, note=""):
    """Hand a complete product to the reviewers."""
    with moves.move(product, "submit", by=by, at=at, note=note) as locked:
        SUBMISSION.inspect(locked, on=business_day(at)).require()
        locked.submitted_by, locked.submitted_at, locked.decision_note = by, at, ""
    return product


def withdraw(product, *, by, at, note=""):
    """Take a product back from the reviewers before they decided."""
    with moves.move(product, "withdraw", by=by, at=at, note=note):
        pass
    return product


def approve(product, *, by, at, note=""):
    """Pass a product: not by who submitted it, and only while no clause forbids it."""
    with moves.move(product, "approve", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        REVIEW.inspect(locked, on=business_day(at)).require()
        locked.decision_note = note
    return product


def send_back(product, *, by, at, note):
    """Return a product to its merchant with the reason."""
    with moves.move(product, "send_back", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        locked.decision_note = _reason(note)
    return product


def delist(product, *, by, at, note):
    """Take a product down with the reason; to come back it is submitted again."""
    with moves.move(product, "delist", by=by, at=at, note=note) as locked:
        locked.decision_note = _reason(note)
    return product


def _reason(note):
    if not note.strip():
        raise ValidationError({"note": _("Say why.")})
    return note
