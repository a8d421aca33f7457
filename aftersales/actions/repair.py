"""Repairs: asked for, taken in by an admitted repairer, delays noted with the cause, given back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.models import DeadlineRule, Reason, Remedy, Repair, RepairProvider
from aftersales.rules.entitlement import entitlement
from aftersales.rules.return_facts import facts_of
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused

Step = DeadlineRule.Kind


def ask(repair, *, by, at):
    """Take a wish for a repair in, with what the guarantee gives."""
    moves.require_may(by, "add", repair)
    with transaction.atomic():
        line = moves.lock(repair.line)
        repair.line, repair.order, repair.merchant = line, line.order, line.order.merchant
        if line.order.received_at is None:
            raise Refused(_("The goods were not received yet: ask for a refund instead."))
        repair.asked_at = at
        repair.code = next_code(Repair, "W", 6)
        _weigh(repair, at)
        records.save(repair, by=by, at=at, verb="ask")
    return repair


def _weigh(repair, at):
    on = business_day(repair.asked_at or at)
    answer = entitlement(facts_of(repair.line, Reason.FAULT, on, misuse=repair.misuse), on)
    repair.entitlement = answer.as_dict()
    repair.free = Remedy.REPAIR in answer.remedies


def take_in(repair, *, provider, by, at, found="", misuse=False, price=None, note=""):
    """Give the goods to an admitted repairer; what no guarantee covers has its price agreed first."""
    with moves.move(repair, "take_in", by=by, at=at, note=note) as locked:
        on = business_day(at)
        if not RepairProvider.objects.open_for(locked.merchant_id, on).filter(pk=provider.pk).exists():
            raise ValidationError({"provider": _("This repairer is not admitted for these goods today.")})
        locked.provider, locked.found, locked.misuse = provider, found, misuse
        if misuse and not found.strip():
            raise ValidationError({"found": _("Say what shows that the buyer's own use caused it.")})
        _weigh(locked, at)
        locked.price = None if locked.free else price
        if not locked.free and price is None:
            raise ValidationError(
                {"price": _("The guarantee does not cover this: agree on a price with the buyer first.")}
            )
        locked.taken_in_on = on
        clocks.begin(locked, Step.REPAIR, by=by, at=at, merchant=locked.merchant)
    return repair


def delay(repair, *, cause, words, by, at, note=""):
    """Note in the record why a repair takes long; an exchange can be claimed by it."""
    with moves.move(repair, "delay", by=by, at=at, note=note) as locked:
        locked.delay_cause, locked.delay_note = cause, words
        locked.delay_noted_on = business_day(at)
        if not words.strip():
            raise ValidationError({"words": _("Say which part, since when, and what was ordered.")})
    return repair


def finish(repair, *, outcome, work_done, by, at, note=""):
    """End a repair with what was done and whether the goods work again."""
    with moves.move(repair, "finish", by=by, at=at, note=note) as locked:
        locked.outcome, locked.work_done = outcome, said(work_done)
        locked.finished_on = business_day(at)
        clocks.stop(locked, by=by, at=at)
    return repair


def hand_back(repair, *, by, at, note=""):
    """Give the goods back with the repair record."""
    with moves.move(repair, "hand_back", by=by, at=at, note=note) as locked:
        locked.handed_back_on = business_day(at)
    return repair


def cancel(repair, *, note, by, at):
    """Give a repair up, because the buyer wants it no more or the goods are exchanged instead."""
    with moves.move(repair, "cancel", by=by, at=at, note=said(note)) as locked:
        if locked.taken_in_on and locked.finished_on is None:
            locked.finished_on = business_day(at)
        clocks.stop(locked, by=by, at=at)
    return repair
