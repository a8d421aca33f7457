"""Bring the shipped priorities of complaints in."""

from django.core.management.base import BaseCommand

from aftersales.actions.priority_rule import sync_priorities
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped priorities of complaints that are not there."

    def handle(self, *args, **options):
        sync_priorities(at=clock.now())
