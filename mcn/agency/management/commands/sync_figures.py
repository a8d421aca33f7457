"""Bring the shipped figures of policy and platforms in."""

from django.core.management.base import BaseCommand

from mcn.agency.figures import sync_figures, sync_platforms
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped figures of policy and platforms that are not there."

    def handle(self, *args, **options):
        at = clock.now()
        sync_figures(at=at)
        sync_platforms(at=at)
