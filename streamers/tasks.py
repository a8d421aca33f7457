"""What happens to streamers by the clock."""

from celery import shared_task

from mcn.kit import clock
from streamers.actions import measure as measure_actions
from streamers.actions import recording as recording_actions
from streamers.actions import show_event as event_actions
from streamers.actions import trainee as trainee_actions
from streamers.actions.assessment import assess_month, month_before


@shared_task
def assess_tiers():
    """Propose the tiers of the month before; run again, it adds nothing. Return how many were proposed."""
    at = clock.now()
    return len(assess_month(month_before(clock.business_day(at)), by=None, at=at))


@shared_task
def review_points():
    """Answer every streamer's points by the thresholds of the day; return how many measures came of it."""
    return measure_actions.review(at=clock.now())


@shared_task
def register_trainees():
    """Put whoever came since into the training log; return how many."""
    return trainee_actions.register(at=clock.now())


@shared_task
def check_recordings():
    """Take the hashes of films that wait for it; return how many."""
    return recording_actions.check_waiting(at=clock.now())


@shared_task
def watch_live_shows():
    """Raise an alert on every live show for what ran out, is held or was changed since; return how many."""
    return event_actions.watch(at=clock.now())
