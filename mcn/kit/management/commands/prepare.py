"""Bring an installation in step with the code: tables, roles and shipped catalogues."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

STEPS = [
    "migrate",
    "sync_roles",
    "sync_figures",
    "sync_retention",
    "sync_catalogue",
    "sync_terms",
    "sync_categories",
    "sync_guarantees",
    "sync_conduct",
    "sync_venue_kinds",
    "sync_courses",
    "sync_deadlines",
    "sync_priorities",
    "sync_scores",
    "sync_promise_kinds",
    "sync_channels",
    "sync_opinion",
]


class Command(BaseCommand):
    """Safe to run at every start: what is in step already is left alone."""

    help = "Migrate, then bring roles and shipped catalogues in step."

    def handle(self, *args, **options):
        for step in STEPS:
            call_command(step, verbosity=options["verbosity"])
