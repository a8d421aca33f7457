"""Bring the shipped figures of policy in."""

from django.core.management.base import BaseCommand

from mcn.agency.figures import sync_figures
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped figures of policy that are not there."

    def handle(self, *args, **options):
        sync_figures(at=clock.now())
