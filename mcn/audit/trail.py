"""Writing entries: the only way into the audit trail."""

from decimal import Decimal
from functools import cache
from typing import Any

import orjson
import structlog
from django.core.files import File
from django.db import connection, models

from mcn.audit.models import Entry

CHANGED = "***"
COLUMNS = ["at", "by_id", "verb", "model", "row", "label", "changes", "why", "request_id"]


def note(obj, *, by, at, verb, changes=None, why=""):
    """Write one entry about one row."""
    (columns,) = _lines([(obj, verb, changes or {})], by=by, at=at, why=why)
    return Entry.objects.create(**dict(zip(COLUMNS, columns, strict=True)))


def note_many(noted, *, by, at, why=""):
    """Write an entry for each (row, verb, changes) by one statement."""
    if not noted:
        return
    copies = connection.vendor == "postgresql"
    moment = at if copies else Entry._meta.get_field("at").get_db_prep_save(at, connection)
    # Before the COPY begins: a row's name may ask the database, which answers nothing while rows stream in.
    lines = _lines(noted, by=by, at=moment, why=why)
    with connection.cursor() as cursor:
        if copies:
            with cursor.copy(f"COPY audit_entry ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                for columns in lines:
                    copy.write_row(columns)
        else:
            values = ", ".join(["%s"] * len(COLUMNS))
            insert = f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({values})"  # noqa: S608
            cursor.executemany(insert, lines)


def _lines(noted, *, by, at, why):
    """The columns of each entry; encrypted fields come told as changed, never in clear."""
    by_id = by.pk if by else None
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    names = [str(obj)[:200] for obj, _verb, _changes in noted]
    return (
        (
            at,
            by_id,
            verb,
            _label_of(obj._meta.model),
            str(obj.pk),
            name,
            orjson.dumps(changes, default=plain, option=orjson.OPT_SORT_KEYS).decode(),
            why,
            request_id,
        )
        for (obj, verb, changes), name in zip(noted, names, strict=True)
    )


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
