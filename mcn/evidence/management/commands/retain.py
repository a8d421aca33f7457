"""Remove what need not be kept any longer, or say what would go."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mcn.evidence import retention
from mcn.kit import clock


class Command(BaseCommand):
    """Nothing goes before its day or under a legal hold; each run but a dry one leaves a report."""

    help = "Remove records whose term is over and that are under no legal hold."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go and change nothing")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args, dry_run, **options):
        at = clock.now()
        report = retention.run(on=clock.business_day(at), by=None, at=at, dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        said = _("would be removed") if dry_run else _("removed")
        for kind in report["kinds"]:
            self.stdout.write(
                _("%(label)s: %(seen)s seen, %(kept)s kept, %(held)s under hold, %(removed)s %(said)s")
                % {**kind, "said": said}
            )
            for line in kind["rows"]["removed"]:
                self.stdout.write(f"  {line['label']} ({line['kept_until']})")
            for line in kind["rows"]["failed"]:
                self.stderr.write(f"  {line['label']}: {line['error']}")
