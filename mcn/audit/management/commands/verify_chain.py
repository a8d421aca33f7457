"""Verify the audit chain from the command line."""

import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from mcn.audit import chain


class Command(BaseCommand):
    """Exit 0 when nothing was altered, 1 with the first altered row named."""

    help = "Verify the audit chain; exit 1 and name the first altered row."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print the verdict as one JSON object.")

    def handle(self, *args, **options):
        verdict = chain.verify(at=timezone.now())
        self.stdout.write(json.dumps(verdict.as_dict()) if options["json"] else self._sentence(verdict))
        if not verdict.intact:
            raise SystemExit(1)

    def _sentence(self, verdict):
        if verdict.intact:
            counts = (
                f"{verdict.entries} entries in {verdict.blocks} blocks, {verdict.waiting} wait for a seal"
            )
            return f"intact: {counts}"
        return f"ALTERED: {verdict.fault} (block {verdict.block}, entry {verdict.entry})"
