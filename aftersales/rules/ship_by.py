"""By when an order has to be shipped, and why then (DB4401 5.5.2.4, 6.4.3 b).

What was promised to the buyer goes before what the service plan of the show promises, and that before the
working days from the payment. Where the calendar of those days is not known, there is no deadline to be had,
and the order says so.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftersales.models import Order
from mcn.agency.models import CalendarDay, Figure, figure
from mcn.kit.clock import SHANGHAI, NoCalendar, add_working_days, business_day, is_working_day
from streamers.models import PlanLine, ServicePlan

Basis = Order.Basis
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """A day after the payment, whether it counts, and why."""

    day: datetime.date
    counts: bool | None
    why: str


class Deadlines:
    """The deadlines of many orders: calendar, figures and the plans of their shows are read once."""

    def __init__(self, orders):
        self.overrides = dict(CalendarDay.objects.values_list("day", "worked"))
        self.working_days = {}  # the figure in force, by the day of payment
        self.by_rule = {}  # the deadline, by the day of payment
        self.plans = _plans_of({order.show_id for order in orders} - {None})

    def of(self, order, skus=()):
        """The moment and its basis; ``skus`` are the ids of what was ordered, for goods on presale."""
        if order.promised_on:
            return end_of(order.promised_on), Basis.PROMISE
        plan = self.plans.get((order.show_id, order.merchant_id))
        if plan and (promised := plan.promised(order, skus)):
            return promised, Basis.PLAN
        return self._by_rule(business_day(order.paid_at))

    def _by_rule(self, paid_on):
        if paid_on not in self.by_rule:
            self.by_rule[paid_on] = self._reckoned(paid_on)
        return self.by_rule[paid_on]

    def _reckoned(self, paid_on):
        try:
            last = add_working_days(paid_on, self.count(paid_on), overrides=self.overrides)
        except NoCalendar:
            return None, Basis.UNKNOWN
        return end_of(last), Basis.RULE

    def count(self, paid_on):
        """Within how many working days a payment of a day is followed by the shipping."""
        if paid_on not in self.working_days:
            self.working_days[paid_on] = figure(Figure.Key.SHIP_WORKING_DAYS, paid_on)
        return self.working_days[paid_on]


@dataclass
class Promise:
    """What the agreed service plan of a show and merchant says of shipping."""

    hours: int | None
    presale: dict

    def promised(self, order, skus):
        """The moment that the plan promises for an order: its latest presale day, else so many hours."""
        days = [self.presale[sku] for sku in skus if sku in self.presale]
        if days:
            return end_of(max(days))
        return order.paid_at + datetime.timedelta(hours=self.hours) if self.hours else None


def _plans_of(shows):
    if not shows:
        return {}
    agreed = ServicePlan.objects.filter(show__in=shows, state=ServicePlan.State.AGREED)
    plans = {
        pk: (show, merchant, Promise(hours, {}))
        for pk, show, merchant, hours in agreed.values_list("pk", "show_id", "merchant_id", "ship_hours")
    }
    presale = PlanLine.objects.filter(plan__in=plans, spot=0, presale__gt=0, ships_on__isnull=False)
    for plan, sku, ships_on in presale.values_list("plan_id", "sku_id", "ships_on"):
        plans[plan][2].presale[sku] = ships_on
    return {(show, merchant): promise for show, merchant, promise in plans.values()}


def end_of(day):
    """The moment at which a day in Shanghai is over."""
    return datetime.datetime.combine(day + DAY, datetime.time(), SHANGHAI)


def due_soon(orders, at):
    """Those to ship whose deadline falls within the hours of warning."""
    hours = figure(Figure.Key.SHIP_WARNING_HOURS, business_day(at))
    return orders.filter(
        state=Order.State.PAID, ship_by__gte=at, ship_by__lt=at + datetime.timedelta(hours=hours)
    )


def explain(order):
    """The days from the payment to the deadline, each with whether it counts; of promises there are none."""
    if order.ship_by_basis not in (Basis.RULE, Basis.UNKNOWN):
        return []
    deadlines = Deadlines([])
    day = business_day(order.paid_at)
    left, steps = deadlines.count(day), [Step(day, counts=False, why=_("the day of the payment"))]
    while left:
        day += DAY
        step = _step(day, deadlines.overrides)
        steps.append(step)
        if step.counts is None:
            break
        left -= step.counts
    return steps


def _step(day, overrides):
    try:
        worked = is_working_day(day, overrides=overrides)
    except NoCalendar:
        said = _("the official calendar of %(year)s is not known yet: enter its days or wait")
        return Step(day, None, said % {"year": day.year})
    weekend = day.weekday() >= 5
    if day in overrides:
        return Step(day, worked, _("as the agency's own calendar says"))
    if worked:
        return Step(day, True, _("a working day made up for a holiday") if weekend else _("a working day"))
    return Step(day, False, _("a weekend") if weekend else _("a public holiday"))
