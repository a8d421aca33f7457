"""Fill an empty installation with a demo agency."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mcn.accounts.roles import ROLE_LABELS
from mcn.audit import chain
from mcn.kit import clock
from mcn.standards.tasks import inspect
from merchants.models import Category, Membership, Merchant
from products.demo import seed as demo
from products.models import CardVersion, Product

PASSWORD = "youju-demo-888"  # noqa: S105 - everybody may know it: it opens nothing but a demo


class Command(BaseCommand):
    """Made once, by the product's own verbs; a second run only tells the logins again."""

    help = "Fill an empty installation with a demo agency, and print its logins."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="Do it in production too.")

    def handle(self, *args, **options):
        if settings.PRODUCTION and not options["force"]:
            raise CommandError("everybody knows the demo's password: not in production, or with --force")
        if not Category.objects.exists():
            raise CommandError("run manage.py prepare first")
        if demo.is_there():
            self.stdout.write("演示数据已在，没有改动。")
        elif Merchant.objects.exists():
            self.stdout.write("这里已有自己的商家，不再放入演示数据。")
            return
        else:
            self._fill(clock.now())
        self._tell_logins()

    def _fill(self, now):
        with transaction.atomic():
            demo.seed(now=now, password=make_password(PASSWORD))
        for model in (Merchant, Product, CardVersion):
            self.stdout.write(f"{model._meta.verbose_name}：{model.objects.count()}")
        self.stdout.write(f"合规检查：{inspect()} 个对象")
        self.stdout.write(f"审计记录已封存：{chain.seal(at=clock.now())} 条")

    def _tell_logins(self):
        staff, members = demo.people()
        self.stdout.write(f"\n演示账号，密码都是 {PASSWORD}")
        for row in staff:
            self._line(row["username"], ROLE_LABELS[row["role"]], row["name"], row["sees"])
        roles = dict(Membership.Role.choices)
        for row in members:
            label = "、".join(dict.fromkeys(str(roles[role]) for _place, role in row["places"]))
            self._line(row["username"], label, row["name"], row["sees"])

    def _line(self, username, role, name, sees):
        self.stdout.write(f"  {username:<16} {name}  {role}：{sees}")
