"""Pages of long tables: no full count, and a last page as quick as the first."""

from django.core.paginator import Paginator
from django.db import connection
from django.utils.functional import cached_property

EXACT_UP_TO = 50_000


class EstimatedPaginator(Paginator):
    """Takes PostgreSQL's own estimate for a large unfiltered table, and reads the far half from the end."""

    @cached_property
    def count(self):
        told = self._told_by_the_database()
        return self.object_list.count() if told is None else told

    def page(self, number):
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        size = min(self.per_page, self.count - bottom)
        if bottom * 2 < self.count or not self.object_list.ordered:
            return self._get_page(self.object_list[bottom : bottom + self.per_page], number, self)
        above = self.count - bottom - size
        rows = list(self.object_list.reverse()[above : above + size])
        return self._get_page(rows[::-1], number, self)

    def _told_by_the_database(self):
        """In one query the estimate of a long table, the exact count of a short one; None if filtered."""
        query = self.object_list.query
        if connection.vendor != "postgresql" or query.where or query.distinct:
            return None
        table = connection.ops.quote_name(query.model._meta.db_table)
        # Only the model's own table is put in by name.
        count = f"SELECT count(*) FROM {table}"  # noqa: S608
        estimate = "SELECT CASE WHEN reltuples > %s THEN reltuples::bigint ELSE"
        asked = f"{estimate} ({count}) END FROM pg_class WHERE oid = %s::regclass"
        with connection.cursor() as cursor:
            cursor.execute(asked, [EXACT_UP_TO, table])
            return cursor.fetchone()[0]
