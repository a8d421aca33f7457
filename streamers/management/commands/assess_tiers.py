"""Propose the tiers of a month."""

import datetime

from django.core.management.base import BaseCommand, CommandError

from mcn.kit import clock
from mcn.kit.refusal import Refused
from streamers.actions.assessment import assess_month, month_before


class Command(BaseCommand):
    """Safe to run again: who was assessed for the month is left alone."""

    help = "Propose a tier for every streamer at work: for the last month, or the one given as 2026-02."

    def add_arguments(self, parser):
        parser.add_argument("--month", help="a month that is over, as 2026-02")

    def handle(self, *args, month=None, **options):
        try:
            asked = datetime.date.fromisoformat(f"{month}-01") if month else month_before(clock.today())
        except ValueError as error:
            raise CommandError("Give the month as 2026-02.") from error
        try:
            made = assess_month(asked, by=None, at=clock.now())
        except Refused as no:
            raise CommandError(str(no)) from no
        self.stdout.write(f"{asked:%Y-%m}: {len(made)}")
