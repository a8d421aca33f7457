"""What happens in after-sales by the clock."""

import datetime

from celery import shared_task

from aftersales.actions import breach_sweep, clock_sweep, delivery_alert
from aftersales.actions import deadline_rule as rule_actions
from aftersales.actions import hold_rule as hold_rules
from aftersales.actions import opinion_alert as alert_actions
from aftersales.actions import order as order_actions
from aftersales.actions import score as score_actions
from aftersales.actions import service_figures as figures_actions
from mcn.kit import clock


@shared_task
def sweep_clocks():
    """Let every deadline that is due take its next step; run again, it finds nothing. Return how many."""
    return clock_sweep.sweep(at=clock.now())


@shared_task
def recompute_clocks():
    """Work out anew the open deadlines whose rule or calendar changed since; return how many moved."""
    return rule_actions.recompute(at=clock.now())


@shared_task
def score_merchants():
    """Score every merchant as of yesterday; run again, it adds nothing. Return how many were scored."""
    at = clock.now()
    return len(score_actions.score_all(clock.business_day(at) - datetime.timedelta(days=1), at=at))


@shared_task
def place_holds():
    """Place the holds that upheld complaints have made due; return how many."""
    return len(hold_rules.place_due(at=clock.now()))


@shared_task
def count_figures():
    """Count the figures of this week and the last anew, and tell what stands out; return how many did."""
    at = clock.now()
    figures_actions.count_weeks(at=at)
    return figures_actions.tell_outliers(at=at)


@shared_task
def watch_deliveries():
    """Raise what went wrong on the way to buyers and settle what came right; return how many of each."""
    raised, settled = delivery_alert.sweep(at=clock.now())
    return len(raised), settled


@shared_task
def find_breaches():
    """Open a breach for what was shipped late against a promise; run again, none. Return how many."""
    return len(breach_sweep.sweep(at=clock.now()))


@shared_task
def reckon_ship_deadlines():
    """Bring the deadlines of orders still to be shipped in step with calendar and plans; return how many."""
    return order_actions.reckon_again(at=clock.now())


@shared_task
def watch_opinion():
    """Raise what the rules for alerts find now; run again, it raises nothing. Return how many."""
    return len(alert_actions.watch(at=clock.now()))
