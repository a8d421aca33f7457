"""Bring the shipped retention rules in."""

from django.core.management.base import BaseCommand

from mcn.evidence.shipped_rules import sync_retention
from mcn.kit import clock


class Command(BaseCommand):
    """What staff added stays."""

    help = "Add the shipped retention rules that are not there."

    def handle(self, *args, **options):
        sync_retention(at=clock.now())
