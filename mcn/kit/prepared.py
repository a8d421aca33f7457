"""Queries that differ only in the keys they ask for: each is compiled once, and not every time.

An inspection asks some seventy of them for one show, and half of its time went into compiling.
"""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.db import connections

from mcn.kit.bulk import as_stored, one_parameter, stored_columns

# Stands where the keys go when a query is compiled; no row has this number.
MARK = -8_675_309
_prepared: WeakKeyDictionary = WeakKeyDictionary()


def loaded_among(queryset, column, keys):
    """The stored rows of a queryset whose column is among some numbers, as ``loaded`` gives them.

    The queryset is kept, and nothing is added to it: a second one that says the same is compiled anew.
    """
    if not keys:
        return []
    alias = queryset.db
    known = _prepared.setdefault(queryset, {})
    if (column, alias) not in known:
        known[column, alias] = Prepared.of(queryset, column, alias)
    query = known[column, alias]
    return as_stored(queryset.model, query.columns, query.ask(keys, connections[alias]), alias)


@dataclass(frozen=True)
class Prepared:
    """A compiled query: its parameters before and after the keys, the columns it reads and their readers."""

    sql: str
    before: tuple
    after: tuple
    columns: list
    converters: dict

    @classmethod
    def of(cls, queryset, column, alias):
        """Compile the query for the rows of a queryset whose column is among some numbers."""
        columns = stored_columns(queryset)
        narrowed = queryset.filter(**{f"{column}__among": [MARK]}).values_list(*columns)
        compiler = narrowed.query.get_compiler(alias)
        sql, params = compiler.as_sql()
        place = params.index(one_parameter([MARK], connections[alias]))
        selected = [expression for expression, *_sql in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(selected)
        return cls(sql, params[:place], params[place + 1 :], columns, converters)

    def ask(self, keys, connection):
        """The tuples that the database gives for some keys."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.before, one_parameter(keys, connection), *self.after])
            tuples = cursor.fetchall()
        return self._converted(tuples, connection) if self.converters else tuples

    def _converted(self, tuples, connection):
        rows = [list(values) for values in tuples]
        for place, (functions, expression) in self.converters.items():
            for values in rows:
                for function in functions:
                    values[place] = function(values[place], expression, connection)
        return rows
