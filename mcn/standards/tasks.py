"""The nightly inspection."""

from celery import shared_task

from mcn.kit import clock
from mcn.standards.actions import store
from mcn.standards.coverage import rulebooks


@shared_task
def inspect():
    """Run every rulebook over its subjects and keep what it found; return how many subjects were seen."""
    at = clock.now()
    on = clock.business_day(at)
    return sum(store(book, book.subjects(), on=on, by=None, at=at).subjects for book in rulebooks())
