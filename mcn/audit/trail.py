"""Writing entries: the only way into the audit trail."""

import datetime
import decimal
import json

import structlog
from django.core.files import File
from django.db import models

from mcn.audit.models import Entry

CHANGED = "***"


def entry(obj, *, by, at, verb, changes=None, why=""):
    """An unsaved entry about one row; encrypted fields are told as changed, never in clear."""
    return Entry(
        at=at,
        by=by,
        verb=verb,
        model=obj._meta.label_lower,
        row=str(obj.pk),
        label=str(obj)[:200],
        changes=json.dumps(changes or {}, ensure_ascii=False, sort_keys=True, default=plain),
        why=why,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def note(obj, *, by, at, verb, changes=None, why=""):
    """Write one entry about one row."""
    made = entry(obj, by=by, at=at, verb=verb, changes=changes, why=why)
    made.save(force_insert=True)
    return made


def note_many(entries):
    """Write many entries in few statements."""
    return Entry.objects.bulk_create(entries, batch_size=2_000)


def history(obj):
    """The entries about one row, newest first."""
    return Entry.objects.filter(model=obj._meta.label_lower, row=str(obj.pk)).select_related("by")


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, (datetime.datetime, datetime.date, decimal.Decimal)):
        return str(value)
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, File):
        return value.name
    return str(value)
