"""Bring the shipped courses, questions and training plans in, and everybody who is to be trained."""

from django.core.management.base import BaseCommand

from mcn.kit import clock
from streamers.actions.trainee import register
from streamers.actions.training_data import sync_courses


class Command(BaseCommand):
    """What staff changed stays."""

    help = "Add the shipped courses and training plans that are not there, and who is to be trained by them."

    def handle(self, *args, **options):
        at = clock.now()
        sync_courses(at=at)
        register(at=at)
