"""Bring the clause catalogue in step with the shipped files."""

from django.core.management.base import BaseCommand

from mcn.kit import clock
from mcn.standards.catalogue import sync_catalogue


class Command(BaseCommand):
    """A second run changes nothing."""

    help = "Load the standards and their clauses from the shipped files."

    def handle(self, *args, **options):
        sync_catalogue(at=clock.now())
