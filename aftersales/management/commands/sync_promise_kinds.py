"""Bring the shipped kinds of promises in."""

from django.core.management.base import BaseCommand

from aftersales.actions.promise import sync_promise_kinds
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped kinds of service promises that are not there yet."

    def handle(self, *args, **options):
        sync_promise_kinds(at=clock.now())
