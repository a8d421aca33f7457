"""Many rows in few statements, by COPY on PostgreSQL and executemany on SQLite; the one write calls it."""

import gc
import json
import re
from contextlib import contextmanager
from functools import cache
from itertools import chain

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.models.base import ModelState
from django.db.models.fields import NOT_PROVIDED
from django.db.models.lookups import In

from mcn.audit.copying import copy, cut
from mcn.kit.columns import columns_of

CHUNK = 1_000
# Fields whose validated values the driver writes without their help, unless a subclass prepares them.
PLAIN = [
    models.BigAutoField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.PositiveIntegerField,
    models.TextField,
]
TEXTS = (models.CharField, models.TextField)
# Fields whose values are prepared by themselves alone, so that one that comes again is prepared once.
ALONE = [models.DateField, models.DateTimeField, models.DecimalField]
AS_THEY_STAND = {"postgresql": [*PLAIN, *ALONE], "sqlite": PLAIN}
QUOTING = re.compile(r'["\\]')
LISTED = "IN (SELECT value FROM json_each(%s))"
PREPARING = ["pre_save", "get_db_prep_save", "get_db_prep_value", "get_prep_value"]


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(In):
    """``__in`` with many values, given as one parameter and not as one each, which must be looked for."""

    lookup_name = "among"

    def get_prep_lookup(self):
        """The values prepared; a field that leaves all of them as they are is not asked about each."""
        return self.rhs if self._stand() else super().get_prep_lookup()

    def as_postgresql(self, compiler, connection):
        left, params, values = self._sides(compiler, connection)
        return f"{left} = ANY(%s)", [*params, _array(values)]

    def as_sqlite(self, compiler, connection):
        left, params, values = self._sides(compiler, connection)
        if not {*map(type, values)} <= {int, str}:
            return super().as_sql(compiler, connection)
        return f"{left} {LISTED}", [*params, json.dumps([*values])]

    def _sides(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        values = self.rhs if self._stand() else self.get_db_prep_lookup(self.rhs, connection)[1]
        return *self.process_lhs(compiler, connection), values

    def _stand(self):
        field = self.lhs.output_field
        kind = str if isinstance(getattr(field, "target_field", field), TEXTS) else int
        return _prepares_like(field, *PLAIN) and {*map(type, self.rhs)} == {kind}


def one_parameter(numbers, connection):
    """Numbers as the one parameter that ``among`` makes of them for this database."""
    return _array(numbers) if connection.vendor == "postgresql" else json.dumps([*numbers])


def _array(values):
    """An array as PostgreSQL reads it: psycopg would look into each value for itself."""
    kinds = {*map(type, values)}
    if kinds == {int}:
        return f"{{{','.join(map(str, values))}}}"
    if kinds != {str}:
        return [*values]
    if QUOTING.search("".join(values)):
        values = [value.replace("\\", r"\\").replace('"', r"\"") for value in values]
    return '{"' + '","'.join(values) + '"}'


@contextmanager
def without_collector():
    """Leave Python's collector of cycles alone meanwhile.

    It looks through all rows again and again while they are read, and finds nothing: all are in use. That
    takes a third of the time of an inspection of thousands.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def maker(model):
    """A function that makes new rows as the model itself does, at a third to an eighth of the cost."""
    plain, asked = {}, {}
    for field in model._meta.concrete_fields:
        varies = callable(field.default) and field.default is not NOT_PROVIDED
        if varies or field.db_default is not NOT_PROVIDED:
            asked[field.attname] = field.get_default
        else:
            plain[field.attname] = field.get_default()
    relations = {field.name: field for field in model._meta.concrete_fields if field.is_relation}

    def make(**given):
        row = model.__new__(model)
        columns = row.__dict__ = {"_state": ModelState(), **plain, **given}
        for name, default in asked.items():
            if name not in given:
                columns[name] = default()
        for name in given:
            if name in relations:
                related = columns.pop(name)
                columns[relations[name].attname] = related.pk
                relations[name].set_cached_value(row, related)
        return row

    return make


def loaded(queryset):
    """The stored rows of a queryset, without what it defers, in a third of the time that Django takes.

    What it joins or annotates is not loaded.
    """
    columns = stored_columns(queryset)
    return as_stored(queryset.model, columns, queryset.values_list(*columns), queryset.db)


def stored_columns(queryset):
    """The names of the columns that a queryset does not defer."""
    names, left_out = queryset.query.deferred_loading
    return [
        field.attname
        for field in queryset.model._meta.concrete_fields
        if field.primary_key or (field.name in names) != left_out
    ]


def as_stored(model, columns, tuples, alias):
    """Rows of a model as they stand in a database, of tuples with these columns."""
    rows = []
    for values in tuples:
        row = model.__new__(model)
        row.__dict__ = {"_state": ModelState(), **dict(zip(columns, values, strict=True))}
        row._state.adding, row._state.db = False, alias
        rows.append(row)
    return rows


def insert(model, objs):
    """Insert new rows and give each its number."""
    if len(objs) < CHUNK // 10:
        model._base_manager.bulk_create(objs, batch_size=CHUNK)
        return
    fields = model._meta.concrete_fields
    key = model._meta.pk.attname
    for obj, number in zip(objs, _numbers(model, len(objs)), strict=True):
        setattr(obj, key, number)
    put = _copy if connection.vendor == "postgresql" else _repeat
    put(model._meta.db_table, fields, _blocks(fields, objs, adding=True))
    alias = connection.alias
    for obj in objs:
        obj._state.adding, obj._state.db = False, alias


def update(model, objs, columns):
    """Write these columns of stored rows."""
    fields = [*(model._meta.get_field(name) for name in columns), model._meta.pk]
    if len(objs) < CHUNK // 10:
        # INSERT ... ON CONFLICT (id) DO UPDATE: bulk_update would build a CASE for every cell.
        model._base_manager.bulk_create(
            objs,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=columns,
        )
        return
    write = _update_staged if connection.vendor == "postgresql" else _update_each
    write(model._meta.db_table, fields, _blocks(fields, objs, adding=False))


# Only names of the model's own tables and columns are put together in these statements, never a value.


def _update_staged(name, fields, blocks):
    """Copy the rows beside their table and take them over by one statement; the last field is the key."""
    table, staged = _quoted(name), _quoted(f"changed_{name}")
    *names, key = [_quoted(field.column) for field in fields]
    assigned = ", ".join(f"{name} = staged.{name}" for name in names)
    stage = f"CREATE TEMPORARY TABLE {staged} AS SELECT {', '.join([*names, key])} FROM {table} WITH NO DATA"  # noqa: S608
    write = f"UPDATE {table} SET {assigned} FROM {staged} staged WHERE {table}.{key} = staged.{key}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(stage)
        _copy(f"changed_{name}", fields, blocks)
        cursor.execute(write)
        cursor.execute(f"DROP TABLE {staged}")


def _update_each(table, fields, blocks):
    """One prepared statement, a row after the other; the last field is the key."""
    *names, key = [_quoted(field.column) for field in fields]
    assigned = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_quoted(table)} SET {assigned} WHERE {key} = %s", _rows(blocks))  # noqa: S608


def _blocks(fields, objs, *, adding):
    """The columns of some rows after the other, as the database takes them; moments of writing are set."""
    for field in fields:
        if getattr(field, "auto_now", False) or (adding and getattr(field, "auto_now_add", False)):
            moment = field.pre_save(objs[0], adding)
            for obj in objs:
                setattr(obj, field.attname, moment)
    for block in cut(objs):
        yield _columns(fields, block, adding)


def _columns(fields, objs, adding):
    """The values of each field: as they stand, where the field would not change them, else prepared by it."""
    columns = columns_of(objs, [field.attname for field in fields])
    return [_prepared(field, values, objs, adding) for field, values in zip(fields, columns, strict=True)]


def _prepared(field, values, objs, adding):
    # The proxy would look for the thread's connection at every cell.
    database = connections[connection.alias]
    if _prepares_like(field, *AS_THEY_STAND[database.vendor]):
        return values
    if _prepares_like(field, *ALONE):
        known = {value: field.get_db_prep_save(value, database) for value in {*values}}
        return [known[value] for value in values]
    # A dict has no hash, but mostly all of them are empty.
    if _prepares_like(field, models.JSONField) and values.count({}) == len(values):
        return [field.get_db_prep_save({}, database)] * len(values)
    return [field.get_db_prep_save(field.pre_save(obj, adding), database) for obj in objs]


@cache
def _prepares_like(field, *bases):
    """Whether a field is of one of these kinds and prepares its values as Django's own does."""
    return any(
        isinstance(field, base)
        and all(getattr(type(field), name) is getattr(base, name) for name in PREPARING)
        for base in bases
    )


def _copy(table, fields, blocks):
    copy(table, [field.column for field in fields], blocks)


def _repeat(table, fields, blocks):
    columns = ", ".join(_quoted(field.column) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_quoted(table)} ({columns}) VALUES ({values})", _rows(blocks))  # noqa: S608


def _rows(blocks):
    return chain.from_iterable(zip(*columns, strict=True) for columns in blocks)


def _numbers(model, count):
    """As many new numbers from the table's own sequence."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            # Nobody else writes meanwhile: SQLite has one writer at a time.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            (last,) = cursor.fetchone() or (0,)
            return range(last + 1, last + 1 + count)
        # OFFSET 0: the sequence is looked up once, and not for each number.
        cursor.execute(
            "SELECT array_agg(nextval(sequence)) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) AS found",
            [count, _quoted(model._meta.db_table), model._meta.pk.column],
        )
        (numbers,) = cursor.fetchone()
        return numbers


def _quoted(name):
    return connection.ops.quote_name(name)
