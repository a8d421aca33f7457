"""What a command needs to bring a sheet in or take it out; each app names its sheet in a command of its own.

::

    class Command(ImportCommand):
        sheet_name = "products"
        scope_option = "merchant"
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mcn.kit import clock
from mcn.kit.refusal import Refused
from mcn.sheets import straight, writing
from mcn.sheets.sheet import sheet_named

REFUSED_WHOLE = 2
SHOWN_ERRORS = 20


class ImportCommand(BaseCommand):
    """Import a spreadsheet; exit 0 for a file that was read, 2 for one that was refused whole."""

    sheet_name = ""
    scope_option = ""

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="write nothing if a row is refused")
        parser.add_argument("--json", action="store_true", dest="as_json", help="report as JSON")
        if self.scope_option:
            parser.add_argument(
                f"--{self.scope_option}", dest="scope", default="", help="import into this one"
            )

    def handle(self, *, file, dry_run, all_or_nothing, as_json, scope="", **options):
        sheet = sheet_named(self.sheet_name)
        given = {"by": None, "at": clock.now(), "scope": scope}
        try:
            if dry_run:
                report = straight.rehearse(sheet, file, **given)
            else:
                report = straight.import_now(sheet, file, all_or_nothing=all_or_nothing, **given)
        except Refused as no:
            raise CommandError(" ".join(str(no).split()), returncode=REFUSED_WHOLE) from no
        if as_json:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report):
        self.stdout.write(
            _(
                "%(rows)s rows = %(created)s new + %(updated)s changed"
                " + %(unchanged)s unchanged + %(refused)s refused; sum of prices ¥%(price_sum)s"
            )
            % report.tally.in_cents()
        )
        for warning in report.warnings:
            self.stdout.write(warning)
        for error in report.errors[:SHOWN_ERRORS]:
            self.stdout.write("{row} {column} {message}".format(**error))


class ExportCommand(BaseCommand):
    """Export a sheet's rows; the ending of the file's name says the format."""

    sheet_name = ""

    def add_arguments(self, parser):
        parser.add_argument("--out", required=True, help="the file to write, .xlsx or .csv")

    def handle(self, *, out, **options):
        sheet = sheet_named(self.sheet_name)
        path = Path(out)
        kind = path.suffix.lower().lstrip(".")
        if kind not in writing.CONTENT_TYPES:
            raise CommandError(_("The file's name has to end in .xlsx or .csv."), returncode=REFUSED_WHOLE)
        lines = sheet.lines(sheet.export_queryset(None, {}))
        with path.open("wb") as target:
            for part in writing.export(kind, sheet.export_columns(), lines, name=str(sheet.label)):
                target.write(part)
        self.stdout.write(str(path))
