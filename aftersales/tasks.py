"""What happens in after-sales by the clock."""

from celery import shared_task

from aftersales.actions import clock_sweep
from aftersales.actions import deadline_rule as rule_actions
from mcn.kit import clock


@shared_task
def sweep_clocks():
    """Let every deadline that is due take its next step; run again, it finds nothing. Return how many."""
    return clock_sweep.sweep(at=clock.now())


@shared_task
def recompute_clocks():
    """Work out anew the open deadlines whose rule or calendar changed since; return how many moved."""
    return rule_actions.recompute(at=clock.now())
