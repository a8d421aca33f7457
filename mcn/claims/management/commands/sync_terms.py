"""Bring the claim terms in step with the shipped file."""

from django.core.management.base import BaseCommand

from mcn.claims.actions import sync_terms
from mcn.kit import clock


class Command(BaseCommand):
    """A second run changes nothing."""

    help = "Load the claim terms from the shipped file; what staff have changed stays."

    def handle(self, *args, **options):
        sync_terms(at=clock.now())
