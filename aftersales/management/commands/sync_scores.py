"""Bring the shipped rules of scores and holds in."""

from django.core.management.base import BaseCommand

from aftersales.actions.hold_rule import sync_hold_rules
from aftersales.actions.score_rule_set import sync_scores
from mcn.kit import clock


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the first rules of merchant scores and of holds by upheld complaints where there are none."

    def handle(self, *args, **options):
        at = clock.now()
        sync_scores(at=at)
        sync_hold_rules(at=at)
