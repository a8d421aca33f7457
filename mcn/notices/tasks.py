"""Sending by the clock."""

from celery import shared_task

from mcn.kit import clock
from mcn.notices import sending


@shared_task
def send_due():
    """Send the letters and webhooks that are due; return how many arrived."""
    return sending.send_due(at=clock.now())


@shared_task
def digest():
    """Make the daily letters whose hour has come; return how many."""
    return sending.digest(at=clock.now())
