"""Recording how items of a product were verified: append-only, a later answer supersedes the earlier."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import add_months, business_day
from mcn.kit.refusal import WrongState
from products.models import Product, ProductVerification
from products.rules.facts import digest, is_told, items_of
from products.rules.submission import for_submission

Outcome = ProductVerification.Outcome
OPEN = [Product.State.SUBMITTED, Product.State.VERIFIED]


@dataclass(frozen=True)
class Answer:
    """What a reviewer says of one item."""

    item: Any
    outcome: str = Outcome.GOOD
    method: str = ProductVerification.Method.DOCUMENT
    note: str = ""
    file: Any = None


def verify(product, *, answers, by, at):
    """Record answers on items of a product in one go; each remembers the facts it was given on."""
    on = business_day(at)
    with transaction.atomic():
        locked = moves.lock(product)
        moves.require_may(by, "verify", locked)
        moves.require_another(by, locked.submitted_by_id)
        if locked.state not in OPEN:
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        seen = for_submission(Product.objects.filter(pk=locked.pk)).get()
        _require_sound(seen, answers)
        _supersede(seen, {answer.item for answer in answers}, by=by, at=at)
        due = add_months(on, figure(Figure.Key.PRODUCT_VERIFICATION_MONTHS, on))
        made = [_made(seen, answer, by, on, due) for answer in answers]
        records.save_many(made, by=by, at=at, verb="verify")
        for row, answer in zip(made, answers, strict=True):
            if answer.file:
                row.document = evidence.attach(row, answer.file, title=str(row), by=by, at=at)
                records.save(row, by=by, at=at, verb="attach")
    return made


def verify_all(product, *, by, at, method=ProductVerification.Method.DOCUMENT, note=""):
    """Find every item good that the product needs and that the merchant has told something about."""
    seen = for_submission(Product.objects.filter(pk=product.pk)).get()
    answers = [Answer(item, method=method, note=note) for item in items_of(seen) if is_told(seen, item)]
    return verify(product, answers=answers, by=by, at=at)


def mark_stale(products, *, by, at):
    """Mark the verifications whose facts are no longer those that were seen, so that lists can count them."""
    standing = ProductVerification.objects.filter(product__in=products, superseded_at=None)
    rows = list(standing.select_related("product"))
    if not rows:
        return
    seen = for_submission(Product.objects.filter(pk__in={row.product_id for row in rows})).in_bulk()
    changed = [row for row in rows if _is_stale(seen[row.product_id], row) != (row.stale_at is not None)]
    for row in changed:
        row.stale_at = None if row.stale_at else at
    records.save_many(changed, by=by, at=at, verb="mark_stale")


def _is_stale(product, row):
    return row.digest != digest(product, row.item)


def _require_sound(product, answers):
    errors = {}
    needed = items_of(product)
    for answer in answers:
        if answer.item not in needed:
            errors[answer.item] = _("This product has no such item.")
        elif answer.outcome == Outcome.GOOD and not is_told(product, answer.item):
            errors[answer.item] = _("The merchant has said nothing about it, so it cannot be good.")
        elif answer.outcome == Outcome.BAD and not answer.note.strip():
            errors[answer.item] = _("Say what is not good, so that the merchant can mend it.")
    if not answers:
        raise ValidationError(_("Answer at least one item."))
    if errors:
        raise ValidationError(errors)


def _supersede(product, items, *, by, at):
    old = list(ProductVerification.objects.filter(product=product, superseded_at=None, item__in=items))
    for row in old:
        row.superseded_at = at
    records.save_many(old, by=by, at=at, verb="supersede")


def _made(product, answer, by, on, due):
    return ProductVerification(
        product=product,
        item=answer.item,
        outcome=answer.outcome,
        method=answer.method,
        note=answer.note,
        verified_by=by,
        verified_on=on,
        next_due_on=due,
        digest=digest(product, answer.item),
    )
