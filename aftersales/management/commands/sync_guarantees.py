"""Bring the shipped catalogue of three guarantees in."""

from django.core.management.base import BaseCommand

from aftersales.actions.guarantee import sync_guarantees
from mcn.kit import clock


class Command(BaseCommand):
    """What staff added stays."""

    help = "Add the shipped terms of the three guarantees whose category has none."

    def handle(self, *args, **options):
        sync_guarantees(at=clock.now())
