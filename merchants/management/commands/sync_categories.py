"""Bring the shipped categories and kinds of credentials in."""

from django.core.management.base import BaseCommand

from mcn.kit import clock
from merchants.actions.category import sync_categories


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Bring categories, kinds of credentials and what they ask for in step with the shipped files."

    def handle(self, *args, **options):
        sync_categories(at=clock.now())
