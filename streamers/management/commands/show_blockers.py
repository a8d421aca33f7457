"""Say what stands between a show and going live."""

import datetime
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from streamers.models import Show
from streamers.rules import go_live


class Command(BaseCommand):
    """Exit 1 where something blocks, 2 where there is no such show."""

    help = "Inspect a show at the go-live gate: what blocks, what warns, and where it is mended."

    def add_arguments(self, parser):
        parser.add_argument("show", help="number of the show, as L00001")
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="another day than its own")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, show, on=None, **options):
        found = Show.objects.filter(code=show).first()
        if found is None:
            raise CommandError(_("There is no show %(code)s.") % {"code": show}, returncode=2)
        report = go_live.GO_LIVE.inspect(found, on=on) if on else go_live.report(found)
        tell = self._as_json if options["json"] else self._in_words
        tell(found, report)
        if report.blockers:
            raise SystemExit(1)

    def _as_json(self, show, report):
        findings = [finding.as_dict() for finding in report.findings]
        told = {"show": show.code, "blocked": bool(report.blockers), "findings": findings}
        self.stdout.write(json.dumps(told, ensure_ascii=False))

    def _in_words(self, show, report):
        self.stdout.write(str(show))
        for finding in report.findings:
            mark = "✕" if finding.blocks else "-" if finding.waiver else "!"
            self.stdout.write(f"{mark} {finding.clause} {finding.label}：{finding.message}")
        if not report.findings:
            self.stdout.write(_("Nothing stands in the way."))
