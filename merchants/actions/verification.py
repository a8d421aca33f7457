"""Recording how the five items of a merchant were verified: append-only, later ones supersede earlier."""

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
from merchants.models import Merchant, MerchantVerification
from merchants.rules.facts import digest

Item = MerchantVerification.Item
Outcome = MerchantVerification.Outcome


@dataclass(frozen=True)
class Answer:
    """What the desk found out about one item."""

    item: Any
    outcome: str = Outcome.GOOD
    method: str = MerchantVerification.Method.DOCUMENT
    note: str = ""
    file: Any = None


def verify(merchant, *, answers, by, at):
    """Record answers on items of a merchant in one go; papers found good count from then on."""
    _require_sound(answers)
    on = business_day(at)
    with transaction.atomic():
        locked = moves.lock(merchant)
        moves.require_may(by, "verify", locked)
        if locked.state == Merchant.State.EXITED:
            raise WrongState(_("%(row)s has left: reopen it first.") % {"row": locked})
        due = add_months(on, figure(Figure.Key.MERCHANT_VERIFICATION_MONTHS, on))
        _supersede(locked, [answer.item for answer in answers], by=by, at=at)
        return [_record(locked, answer, on, due, by=by, at=at) for answer in answers]


def _require_sound(answers):
    if not answers:
        raise ValidationError(_("Answer at least one item."))
    errors = {}
    for answer in answers:
        if not answer.note.strip() and (answer.outcome == Outcome.BAD or not answer.file):
            errors[answer.item] = _("Say what was looked at, or what is to be mended.")
    if errors:
        raise ValidationError(errors)


def _supersede(merchant, items, *, by, at):
    old = list(merchant.verifications.filter(item__in=items, superseded_at=None))
    for row in old:
        row.superseded_at = at
    records.save_many(old, by=by, at=at, verb="supersede")


def _record(merchant, answer, on, due, *, by, at):
    made = MerchantVerification(
        merchant=merchant,
        item=answer.item,
        outcome=answer.outcome,
        method=answer.method,
        note=answer.note,
        verified_by=by,
        verified_on=on,
        next_due_on=due,
        digest=digest(merchant, answer.item),
    )
    records.save(made, by=by, at=at, verb="verify")
    if answer.file:
        made.document = evidence.attach(made, answer.file, title=str(made), by=by, at=at)
        records.save(made, by=by, at=at, verb="attach")
    _mark_papers(merchant, answer.item, good=answer.outcome == Outcome.GOOD, by=by, at=at)
    return made


def _mark_papers(merchant, item, *, good, by, at):
    """The licence goes with its item, all other papers with the permits."""
    if item not in (Item.LICENCE, Item.PERMITS):
        return
    rows = merchant.credentials.filter(ended_on=None).exclude(document=None).select_related("kind")
    licence = merchant.licence_kind
    seen = [row for row in rows if (row.kind.code == licence) == (item == Item.LICENCE)]
    for row in seen:
        row.verified_digest = row.digest if good else ""
    records.save_many(seen, by=by, at=at, verb="verify")
