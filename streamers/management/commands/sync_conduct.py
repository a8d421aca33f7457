"""Bring the shipped codes of violations, thresholds and tier rules in."""

from django.core.management.base import BaseCommand

from mcn.kit import clock
from streamers.actions.violation_code import sync_conduct


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped codes of violations, thresholds of points and first tier rules that are missing."

    def handle(self, *args, **options):
        sync_conduct(at=clock.now())
