"""Bring a service channel of each kind in."""

from django.core.management.base import BaseCommand

from aftersales.actions.service_channel import sync_channels
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the service channels of kinds that have none."

    def handle(self, *args, **options):
        sync_channels(at=clock.now())
