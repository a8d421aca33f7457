"""What a buyer is entitled to on a day, and why: each answer is a line with its clause, its days, its effect.

The question is asked of plain facts, so that a table of cases can ask it, and a page before a row exists.
Days are counted from the day after the goods were received: on day 7 the right of seven days still stands,
on day 8 it does not.
"""

import datetime
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from aftersales.models.guarantee import SELLERS_FAULT, Delay, Reason, Remedy
from aftersales.rules.reasoning import BARS, GIVES, TELLS, Entitlement, Line
from mcn.kit.clock import add_months

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Terms:
    """The days, times and months of a category's guarantee; ``months=0``: outside the three guarantees."""

    return_days: int = 7
    exchange_days: int = 15
    months: int = 12
    repairs: int = 2
    parts_days: int = 90
    repairer_days: int = 30
    depreciation: Decimal = Decimal(0)
    perishable: bool = False
    claim_days: int = 2


@dataclass(frozen=True)
class RepairFact:
    """One repair: taken in, given back or not yet, and why it takes long where that was noted."""

    taken_in_on: datetime.date
    finished_on: datetime.date | None = None
    delay: str = ""

    def days(self, on):
        """For how many days the goods have been away."""
        return ((self.finished_on or on) - self.taken_in_on).days


@dataclass(frozen=True)
class Facts:
    """All that an entitlement follows from."""

    reason: str
    received_on: datetime.date | None = None
    shipped: bool = True
    seven_days: int = 7
    exempt_by_law: bool = False
    exempt_if_confirmed: bool = False
    confirmed: bool = False
    intact: bool = True
    misuse: bool = False
    same_model: bool = True
    replaced_on: datetime.date | None = None
    terms: Terms = Terms(months=0)
    repairs: list[RepairFact] = field(default_factory=list)
    price: Decimal = Decimal(0)

    @property
    def began_on(self):
        """From when the guarantee runs: anew from an exchange."""
        return self.replaced_on or self.received_on

    @property
    def own_repairs(self):
        """The repairs of the piece in hand, not of one that was exchanged since."""
        return [one for one in self.repairs if one.taken_in_on >= self.began_on]


def entitlement(facts, on):
    """What a buyer is entitled to on a day by these facts."""
    lines = [*_lines(facts, on)]
    exchange_due = any(Remedy.EXCHANGE in line.remedies for line in lines)
    if exchange_due and not facts.same_model:
        lines.append(Line("no_same_model", "EJAS 6.5.2 -3", GIVES, [Remedy.RETURN]))
    return Entitlement(on, lines)


def _lines(facts, on):
    if not facts.shipped:
        yield Line("unshipped", "EJAS 6.3.2.2", GIVES, [Remedy.REFUND])
    elif facts.received_on is None:
        yield from _before_receipt(facts)
    elif facts.reason == Reason.NOT_RECEIVED:
        yield Line("was_received", "EJAS 6.3.3.1", BARS, values={"received": facts.received_on})
    else:
        yield from _without_reason(facts, on)
        if facts.reason in SELLERS_FAULT:
            yield from _sellers_fault(facts, on)
        elif facts.reason == Reason.FAULT:
            yield from _fault(facts, on)


def _before_receipt(facts):
    if facts.reason == Reason.NOT_RECEIVED:
        yield Line("never_arrived", "EJAS 6.3.1.2", GIVES, [Remedy.REFUND])
    elif _exempt(facts) and facts.reason == Reason.NO_REASON:
        yield _exempt(facts)
    else:
        yield Line("not_received", "EJAS 6.3.1.2", GIVES, [Remedy.RETURN])


def _exempt(facts):
    if facts.exempt_by_law:
        return Line("exempt_by_law", "LSMS 7.2.7", BARS)
    if facts.exempt_if_confirmed and facts.confirmed:
        return Line("exempt_confirmed", "LSMS 7.2.7", BARS)
    return None


def _days(start, length, on):
    """The day's number after a start, and the last good day of a span."""
    return {"day": (on - start).days, "last": start + datetime.timedelta(days=length)}


def _without_reason(facts, on):
    exempt = _exempt(facts)
    if exempt:
        yield exempt
        return
    values = _days(facts.received_on, facts.seven_days, on)
    if on > values["last"]:
        yield Line("seven_days_over", "LSMS 7.2.7", BARS, values=values)
        return
    if not facts.intact:
        yield Line("not_intact", "LSMS 7.2.7", BARS)
        return
    if facts.exempt_if_confirmed:
        yield Line("not_confirmed", "LSMS 7.2.7", TELLS)
    given = values | {"received": facts.received_on}
    yield Line("seven_days", "LSMS 7.2.7", GIVES, [Remedy.RETURN], given)


def _sellers_fault(facts, on):
    if facts.terms.perishable:
        yield _perishable(facts, on)
        return
    values = _days(facts.received_on, facts.terms.return_days, on)
    if on <= values["last"]:
        yield Line("seller_at_fault", "EJAS 6.3.1.2", GIVES, [Remedy.RETURN, Remedy.EXCHANGE], values)
    else:
        yield Line("seller_at_fault_late", "EJAS 6.3.3.1", BARS, values=values)


def _perishable(facts, on):
    values = _days(facts.received_on, facts.terms.claim_days, on)
    if on <= values["last"]:
        return Line("perishable", "EJAS 6.3.1.2", GIVES, [Remedy.REFUND], values)
    return Line("perishable_late", "EJAS 6.3.1.2", BARS, values=values)


def _fault(facts, on):
    terms = facts.terms
    if facts.misuse:
        yield Line("misuse", "EJAS 6.5.2", BARS)
        if terms.months:
            yield Line("paid_repair", "EJAS 6.5.2", GIVES, [Remedy.PAID_REPAIR])
    elif terms.perishable:
        yield _perishable(facts, on)
    elif not terms.months:
        yield from _plain_fault(facts, on)
    else:
        yield from _guarantees(facts, on)


def _plain_fault(facts, on):
    values = _days(facts.began_on, facts.terms.return_days, on)
    if on <= values["last"]:
        given = [Remedy.RETURN, Remedy.EXCHANGE, Remedy.REPAIR]
        yield Line("plain_fault", "EJAS 6.3.1.2", GIVES, given, values)
    else:
        given = [Remedy.EXCHANGE, Remedy.REPAIR]
        yield Line("plain_fault_late", "EJAS 6.3.1.2", GIVES, given, values)


def _guarantees(facts, on):
    terms = facts.terms
    days = _days(facts.began_on, terms.return_days, on)
    if on <= days["last"]:
        given = [Remedy.RETURN, Remedy.EXCHANGE, Remedy.REPAIR]
        yield Line("return_days", "EJAS 6.5.2 -1", GIVES, given, days)
    else:
        yield Line("return_days_over", "EJAS 6.5.2 -1", BARS, values=days)
        days = _days(facts.began_on, terms.exchange_days, on)
        if on <= days["last"]:
            yield Line("exchange_days", "EJAS 6.5.2 -2", GIVES, [Remedy.EXCHANGE, Remedy.REPAIR], days)
        else:
            yield Line("exchange_days_over", "EJAS 6.5.2 -2", BARS, values=days)
    last, paused = guaranteed_until(facts, on)
    values = {"last": last, "paused": paused}
    if on > last:
        yield Line("warranty_over", "EJAS 6.5.2", BARS, values=values)
        return
    yield Line("warranty", "EJAS 6.5.2", GIVES, [Remedy.REPAIR], values)
    yield from _after_repairs(facts, on)
    for repair in facts.own_repairs:
        if repair.finished_on is None:
            yield from _long_repair(terms, repair, on)


def guaranteed_until(facts, on):
    """The last day of the guarantee, and the days of repairs by which it is longer."""
    paused = sum(one.days(on) for one in facts.own_repairs)
    return add_months(facts.began_on, facts.terms.months) + datetime.timedelta(days=paused), paused


def _after_repairs(facts, on):
    terms = facts.terms
    count = sum(1 for one in facts.own_repairs if one.finished_on)
    values = {"count": count, "limit": terms.repairs}
    if not count:
        return
    if count < terms.repairs:
        yield Line("repairs_few", "EJAS 6.5.2 -3", TELLS, values=values)
        return
    yield Line("repairs_failed", "EJAS 6.5.2 -3", GIVES, [Remedy.EXCHANGE], values)
    _last, paused = guaranteed_until(facts, on)
    used = max((on - facts.began_on).days - paused, 0)
    cost = min(facts.price * terms.depreciation * used / 100, facts.price).quantize(CENT, ROUND_HALF_UP)
    told = {"used": used, "rate": terms.depreciation.normalize(), "cost": cost}
    yield Line("depreciated", "EJAS 6.5.2 -3", GIVES, [Remedy.DEPRECIATED], told)


def _long_repair(terms, repair, on):
    days = repair.days(on)
    parts = repair.delay == Delay.PARTS
    limit = terms.parts_days if parts else terms.repairer_days
    values = {"days": days, "limit": limit}
    kind = "parts" if parts else "repairer"
    if days <= limit:
        yield Line(f"{kind}_soon", "EJAS 6.5.2 -4", TELLS, values=values)
        return
    if not repair.delay:
        yield Line("cause_not_noted", "EJAS 6.5.2 -4", TELLS)
    yield Line(f"{kind}_late", "EJAS 6.5.2 -4", GIVES, [Remedy.EXCHANGE], values)
