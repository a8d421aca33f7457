"""Give the role that the application runs as what it needs, and of the audit trail no more than that."""

import re

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from mcn.audit.models import Block, Entry, Sealed

TRAIL = [model._meta.db_table for model in (Entry, Block, Sealed)]
NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE ALL ON {trail} FROM {role};
GRANT SELECT, INSERT ON {trail} TO {role};
"""


class Command(BaseCommand):
    """Run by the owner of the tables after each migration; the role itself is made beforehand."""

    help = "Let a PostgreSQL role work on all tables, but only read and append the audit trail."

    def add_arguments(self, parser):
        parser.add_argument("role", help="The role that the application connects as, not the owner.")

    def handle(self, *args, **options):
        role = options["role"]
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        if not NAME.fullmatch(role):
            raise CommandError("A role's name is of small letters, digits and underscores.")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, pg_has_role(%s, tableowner, 'MEMBER') FROM pg_roles, pg_tables"
                " WHERE rolname = %s AND tablename = %s",
                [role, role, TRAIL[0]],
            )
            found = cursor.fetchone()
            if found is None:
                raise CommandError(f"There is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '...'")
            if any(found):
                raise CommandError(f"{role} owns the tables or is a superuser: nothing would hold it.")
            cursor.execute(GRANTS.format(role=role, trail=", ".join(TRAIL)))
        self.stdout.write(f"{role} may read and append the audit trail, and neither change nor remove it.")
