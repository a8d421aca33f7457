"""Recording how the five items of a merchant were verified: append-only, a later one supersedes an earlier."""

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


def verify(merchant, *, item, outcome, method, by, at, note="", file=None):
    """Record one item as good or not, with what was looked at; good papers count from then on."""
    if not note.strip() and (outcome == Outcome.BAD or not file):
        raise ValidationError({"note": _("Say what was looked at, or what is to be mended.")})
    on = business_day(at)
    with transaction.atomic():
        locked = moves.lock(merchant)
        moves.require_may(by, "verify", locked)
        _require_open(locked)
        _supersede(locked, item, by=by, at=at)
        made = MerchantVerification(
            merchant=locked,
            item=item,
            outcome=outcome,
            method=method,
            note=note,
            verified_by=by,
            verified_on=on,
            next_due_on=add_months(on, figure(Figure.Key.MERCHANT_VERIFICATION_MONTHS, on)),
            digest=digest(locked, item),
        )
        records.save(made, by=by, at=at, verb="verify")
        if file:
            made.document = evidence.attach(made, file, title=str(made), by=by, at=at)
            records.save(made, by=by, at=at, verb="attach")
        _mark_papers(locked, item, good=outcome == Outcome.GOOD, by=by, at=at)
    return made


def _require_open(merchant):
    if merchant.state == Merchant.State.EXITED:
        raise WrongState(_("%(row)s has left: reopen it first.") % {"row": merchant})


def _supersede(merchant, item, *, by, at):
    old = list(merchant.verifications.filter(item=item, superseded_at=None))
    for row in old:
        row.superseded_at = at
    records.save_many(old, by=by, at=at, verb="supersede")


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
