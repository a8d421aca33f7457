"""Check the hashes of an evidence pack, and whether this installation made it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mcn.audit.models import Entry
from mcn.evidence import pack


class Command(BaseCommand):
    """Names every file that was changed, lost or added."""

    help = "Check the hashes of an evidence pack."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the ZIP")

    def handle(self, *args, file, **options):
        if found := pack.faults(file):
            raise CommandError("\n".join(found))
        manifest, sha256 = pack.manifest_of(file)
        self.stdout.write(_("%(count)s files, all as in the manifest.") % {"count": len(manifest["files"])})
        made = Entry.objects.filter(verb="pack", changes__contains=sha256).order_by("id").first()
        if made:
            self.stdout.write(_("The audit trail has it: entry %(id)s.") % {"id": made.pk})
        else:
            self.stdout.write(_("The audit trail of this installation does not know it."))
