"""Fill an empty installation with a demo agency."""

import unicodedata

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.demo import seed as demo
from mcn.accounts.roles import ROLE_LABELS
from mcn.audit import chain
from mcn.kit import clock
from mcn.sheets.models import ImportJob
from mcn.standards.tasks import inspect
from merchants.models import Category, Membership, Merchant
from products.models import CardVersion, Product
from streamers.models import Streamer

PASSWORD = "youju-demo-888"  # noqa: S105 - everybody may know it: it opens nothing but a demo


class Command(BaseCommand):
    """Made once, by the product's own verbs; a second run only tells the logins again."""

    help = "Fill an empty installation with a demo agency, and print its logins."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="Do it in production too.")

    def handle(self, *args, **options):
        if settings.PRODUCTION and not options["force"]:
            raise CommandError(_("Everybody knows the demo's password: not in production, or with --force."))
        if not Category.objects.exists():
            raise CommandError(_("The catalogues are missing: run manage.py prepare first."))
        if demo.is_there():
            self.stdout.write(_("The demo is there already: nothing was changed."))
        elif Merchant.objects.exists():
            self.stdout.write(_("There are merchants already: no demo was added to them."))
            return
        else:
            self._fill()
        self._tell_logins()

    def _fill(self):
        with transaction.atomic():
            demo.seed(now=clock.now(), password=make_password(PASSWORD))
        for model in (Merchant, Product, CardVersion, ImportJob, Streamer):
            self.stdout.write(f"{model._meta.verbose_name}: {model.objects.count()}")
        self.stdout.write(_("inspected: %(count)s") % {"count": inspect()})
        self.stdout.write(_("audit entries sealed: %(count)s") % {"count": chain.seal(at=clock.now())})

    def _tell_logins(self):
        staff, members, streamers = demo.people()
        roles = dict(Membership.Role.choices)
        rows = [
            (row["username"], row["name"], str(ROLE_LABELS[row["role"]]), row["sees"]) for row in staff
        ] + [(row["username"], row["name"], str(roles[row["places"][0][1]]), row["sees"]) for row in members]
        rows += [(row["username"], row["name"], _("streamer"), row["sees"]) for row in streamers]
        self.stdout.write(
            "\n" + _("Logins of the demo; the password of all is %(password)s") % {"password": PASSWORD}
        )
        widths = [max(map(width, column)) for column in list(zip(*rows, strict=True))[:-1]]
        for *cells, sees in rows:
            padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True)]
            self.stdout.write(f"  {'  '.join(padded)}  {sees}")


def width(text):
    """How many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
