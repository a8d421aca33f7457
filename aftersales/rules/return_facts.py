"""What an entitlement is asked of: the facts of a return or a repair, from its order and its records."""

from decimal import ROUND_HALF_UP

from aftersales.models import Reason, Remedy, Repair, ReturnRequest
from aftersales.rules.entitlement import CENT, Facts, RepairFact, entitlement
from aftersales.rules.guarantee import Catalogue
from mcn.agency.models import Figure, figure
from mcn.kit.clock import business_day
from merchants.models import Category

SevenDays = Category.SevenDayReturn
Kind = ReturnRequest.Kind
# Which remedies answer what a buyer asked for.
ANSWERS = {
    Kind.REFUND: [Remedy.REFUND],
    Kind.RETURN: [Remedy.RETURN, Remedy.DEPRECIATED, Remedy.REFUND],
    Kind.EXCHANGE: [Remedy.EXCHANGE],
}


def entitlement_of(request, on, *, catalogue=None):
    """What the buyer of a return's goods is entitled to on a day; the row need not be saved."""
    found = {name: getattr(request, name) for name in ("intact", "confirmed", "misuse", "same_model")}
    facts = facts_of(
        request.line,
        request.reason,
        on,
        price=share(request.line, request.quantity),
        catalogue=catalogue,
        **found,
    )
    return entitlement(facts, on)


def facts_of(line, reason, on, *, price=0, catalogue=None, **found):
    """The facts about goods of an order as they stand on a day."""
    order, category = line.order, category_of(line)
    seven = category.seven_day_return if category else SevenDays.YES
    return Facts(
        reason=reason,
        received_on=business_day(order.received_at) if order.received_at else None,
        shipped=order.shipped_at is not None,
        seven_days=figure(Figure.Key.NO_REASON_DAYS, on),
        exempt_by_law=seven == SevenDays.NO_BY_LAW,
        exempt_if_confirmed=seven == SevenDays.NO_IF_CONFIRMED,
        replaced_on=_replaced_on(line),
        terms=(catalogue or Catalogue(on)).terms(category),
        repairs=_repairs(line),
        price=price,
        **found,
    )


def category_of(line):
    """The category of what was ordered, where we know the product."""
    return line.product.category if line.product_id else None


def share(line, quantity):
    """What was paid for so many pieces of a line."""
    return (line.paid * quantity / line.quantity).quantize(CENT, ROUND_HALF_UP)


def _replaced_on(line):
    days = [row.replaced_on for row in line.returns.all() if row.state == ReturnRequest.State.EXCHANGED]
    return max(days, default=None)


def _repairs(line):
    """The repairs under guarantee, the oldest first."""
    rows = [row for row in line.repairs.all() if row.taken_in_on and row.free]
    kept = [row for row in rows if row.state != Repair.State.CANCELLED]
    kept.sort(key=lambda row: row.taken_in_on)
    return [RepairFact(row.taken_in_on, row.finished_on, row.delay_cause) for row in kept]


def is_due(kind, answer):
    """Whether the law gives what was asked for."""
    return any(remedy in ANSWERS[kind] for remedy in answer.remedies)


def amount_due(request, answer):
    """What has to be paid back: what was paid, less depreciation where the law takes any off."""
    return min(request.amount, share(request.line, request.quantity) - answer.depreciation)


def possible_reasons(line):
    """The reasons that the state of the order leaves open."""
    order = line.order
    if order.shipped_at is None:
        return [Reason.NO_REASON]
    if order.received_at is None:
        return [Reason.NO_REASON, Reason.NOT_RECEIVED]
    return [reason for reason in Reason if reason != Reason.NOT_RECEIVED]
