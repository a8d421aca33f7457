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
    with_subjects = [rulebook for rulebook in rulebooks() if rulebook.subjects]
    return sum(
        store(rulebook, rulebook.subjects(), on=on, by=None, at=at).subjects for rulebook in with_subjects
    )
