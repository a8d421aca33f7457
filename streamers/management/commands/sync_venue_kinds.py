"""Bring the shipped kinds of places in."""

from django.core.management.base import BaseCommand

from mcn.kit import clock
from streamers.actions.venue_kind import sync_venue_kinds


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped kinds of places that are missing, with those from which no show may go out."

    def handle(self, *args, **options):
        sync_venue_kinds(at=clock.now())
