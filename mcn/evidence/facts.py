"""Rows as plain facts for records that outlive them: no personal data, no search columns, canonical JSON."""

from decimal import Decimal

import orjson

from mcn.evidence.models import Document, Revision

UNTOLD = {"created_at", "updated_at"}


def columns_of(model, leave_out=()):
    """The columns that a record may tell: encrypted ones and those that only searches read stay away."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if not getattr(field, "secret", False)
        and getattr(field, "audited", True)
        and field.name not in UNTOLD
        and field.name not in leave_out
    ]


def facts(rows, *, leave_out=()):
    """The rows of a queryset as dicts, oldest first, by one query."""
    return list(rows.order_by("pk").values(*columns_of(rows.model, leave_out)))


def documents_of(parts):
    """``{document: its files' numbers and hashes}`` of all that the rows of some parts point to.

    ``parts`` maps each model to its facts. A file's name stays away: people write names of people in it.
    """
    ids = {
        line[field.attname]
        for model, lines in parts.items()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Document
        for line in lines
        if line.get(field.attname)
    }
    found = {}
    columns = ["id", "document_id", "number", "sha256", "size", "uploaded_at"]
    for line in Revision.objects.filter(document__in=ids).order_by("pk").values(*columns):
        found.setdefault(str(line.pop("document_id")), []).append(line)
    return found


def canonical(value):
    """The one way to write a value as JSON: keys in order, moments in UTC, amounts as text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z).decode()


def _plain(value):
    if isinstance(value, Decimal):
        return str(value)
    # Lazy words and the like: as people would read them.
    return str(value)
