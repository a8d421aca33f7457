"""Writing entries: the only way into the audit trail."""

from decimal import Decimal
from functools import cache
from typing import Any

import orjson
import structlog
from django.core.files import File
from django.db import connection, models

from mcn.audit.copying import copy, cut
from mcn.audit.mark import MARKED, mark_many
from mcn.audit.models import Entry

CHANGED = "***"
COLUMNS = [*MARKED, "mark"]


def note(obj, *, by, at, verb, changes=None, why=""):
    """Write one entry about one row."""
    columns = _columns(_named([(obj, verb, changes or {})]), by=by, at=at, why=why)
    return Entry.objects.create(**{name: value for name, (value,) in zip(COLUMNS, columns, strict=True)})


def note_many(noted, *, by, at, why=""):
    """Write an entry for each (row, verb, changes) by one statement."""
    if not noted:
        return
    noted, table = _named(noted), Entry._meta.db_table
    if connection.vendor == "postgresql":
        copy(table, COLUMNS, (_columns(block, by=by, at=at, why=why) for block in cut(noted)))
        return
    columns = _columns(noted, by=by, at=at, why=why)
    columns[0] = [Entry._meta.get_field("at").get_db_prep_save(at, connection)] * len(noted)
    values = ", ".join(["%s"] * len(COLUMNS))
    insert = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({values})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(insert, [*zip(*columns, strict=True)])


def _named(noted):
    """Each with the name of its row: to make one may take a query, and none is answered during COPY."""
    return [(obj, str(obj)[:200], verb, changes) for obj, verb, changes in noted]


def _columns(noted, *, by, at, why):
    """The columns of many entries; encrypted fields come told as changed, never in clear."""
    rows, names, verbs, changes = zip(*noted, strict=True)
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    told = [
        [at] * len(noted),
        [by.pk if by else None] * len(noted),
        [*verbs],
        [_label_of(obj._meta.model) for obj in rows],
        [str(obj.pk) for obj in rows],
        [*names],
        [_canonical(changed) for changed in changes],
        [why] * len(noted),
        [request_id] * len(noted),
    ]
    return [*told, mark_many([*zip(*told, strict=True)])]


def _canonical(changes):
    return orjson.dumps(changes, default=plain, option=orjson.OPT_SORT_KEYS).decode()


@cache
def _label_of(model: Any):
    return model._meta.label_lower


def history(obj):
    """The entries about one row, newest first."""
    return Entry.objects.filter(model=obj._meta.label_lower, row=str(obj.pk)).select_related("by")


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, File):
        return value.name
    return str(value)
