"""The nightly removal of what need not be kept any longer."""

from celery import shared_task

from mcn.evidence import retention
from mcn.kit import clock


@shared_task
def retain():
    """Remove what is past its term; return how many records went."""
    at = clock.now()
    report = retention.run(on=clock.business_day(at), by=None, at=at)
    return sum(kind["removed"] for kind in report["kinds"])
