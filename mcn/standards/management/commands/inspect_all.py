"""Run the nightly inspection now."""

from django.core.management.base import BaseCommand

from mcn.standards.tasks import inspect


class Command(BaseCommand):
    """The pages of the standards show the new findings afterwards."""

    help = "Run every rulebook over its subjects and keep what it found."

    def handle(self, *args, **options):
        self.stdout.write(f"{inspect()} subjects inspected")
