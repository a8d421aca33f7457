"""Bring the shipped outlets, words, rules for alerts and dimensions of reviews in."""

from django.core.management.base import BaseCommand

from aftersales.actions import outlet as outlet_actions
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped outlets, words, rules for alerts and dimensions of reviews that are not there."

    def handle(self, *args, **options):
        at = clock.now()
        outlet_actions.sync_outlets(at=at)
        outlet_actions.sync_lexicon(at=at)
        outlet_actions.sync_alert_rules(at=at)
        outlet_actions.sync_dimensions(at=at)
