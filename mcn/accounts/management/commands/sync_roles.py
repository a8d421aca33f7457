"""Bring the role groups in step."""

from django.core.management.base import BaseCommand

from mcn.accounts.roles import sync_roles


class Command(BaseCommand):
    """Each role has exactly its permissions afterwards."""

    help = "Make a group of every role with exactly its permissions."

    def handle(self, *args, **options):
        sync_roles()
