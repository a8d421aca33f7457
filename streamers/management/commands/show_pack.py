"""Make the evidence pack of a show."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mcn.kit import clock
from mcn.kit.refusal import Refused
from streamers.actions import show_pack
from streamers.models import Show


class Command(BaseCommand):
    """The file is there whole or not at all."""

    help = "Write the evidence pack of a show: one ZIP with a manifest of hashes and a summary in Chinese."

    def add_arguments(self, parser):
        parser.add_argument("show", help="the show's number")
        parser.add_argument("--out", required=True, help="where the ZIP is written")
        parser.add_argument("--with-recordings", action="store_true", help="put the films in as well")

    def handle(self, *args, show, out, with_recordings, **options):
        found = Show.objects.filter(code=show).first()
        if found is None:
            raise CommandError(f"there is no show {show}")
        begun = Path(f"{out}.part")
        try:
            with begun.open("wb") as file:
                sha256 = show_pack.pack(found, file, by=None, at=clock.now(), with_recordings=with_recordings)
        except Refused as no:
            begun.unlink()
            raise CommandError(str(no)) from no
        begun.replace(out)
        self.stdout.write(f"{out} manifest.json {sha256}")
