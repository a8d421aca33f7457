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
    columns = _columns([(obj, verb, changes or {})], by=by, at=at, why=why)
    return Entry.objects.create(**{name: value for name, (value,) in zip(COLUMNS, columns, strict=True)})


def note_many(noted, *, by, at, why=""):
    """Write an entry for each (row, verb, changes) by one statement."""
    if not noted:
        return
    table = Entry._meta.db_table
    if connection.vendor == "postgresql":
        copy(table, COLUMNS, (_columns(block, by=by, at=at, why=why) for block in cut(noted)))
        return
    columns = _columns(noted, by=by, at=at, why=why)
    columns[0] = [Entry._meta.get_field("at").get_db_prep_save(at, connection)] * len(noted)
    values = ", ".join(["%s"] * len(COLUMNS))
    insert = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({values})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(insert, [*zip(*columns, strict=True)])


def _columns(noted, *, by, at, why):
    """The columns of many entries; encrypted fields come told as changed, never in clear."""
    rows = [obj for obj, _verb, _changes in noted]
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    told = [
        [at] * len(noted),
        [by.pk if by else None] * len(noted),
        [verb for _obj, verb, _changes in noted],
        [_label_of(obj._meta.model) for obj in rows],
        [str(obj.pk) for obj in rows],
        [str(obj)[:200] for obj in rows],
        [_canonical(changes) for _obj, _verb, changes in noted],
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
