"""Bring the shipped deadline rules in."""

from django.core.management.base import BaseCommand

from aftersales.actions.deadline_rule import sync_deadline_rules
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped deadline rules, with their ladders, of the steps that have none."

    def handle(self, *args, **options):
        sync_deadline_rules(at=clock.now())
