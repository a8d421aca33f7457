"""What became of a row, as its history page tells it: labels for codes, names for numbers of rows."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mcn.audit import trail


@dataclass(frozen=True)
class Line:
    """One changed field of an entry: its label, and its values before and after as people read them."""

    label: Any
    old: str
    new: str


def told(model, entries):
    """Pairs of an entry and its lines, with one query for each kind of row that the changes name."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    diffs = [(entry, entry.diff) for entry in entries]
    names = _names(fields, [diff for _entry, diff in diffs])
    return [
        (entry, [_line(fields.get(name), name, values, names) for name, values in diff.items()])
        for entry, diff in diffs
    ]


def _names(fields, diffs):
    """The rows that the changes point at, by field and key."""
    found = {}
    for name, field in fields.items():
        if not field.is_relation:
            continue
        keys = {value for diff in diffs for value in diff.get(name, []) if value is not None}
        if keys:
            found[name] = field.related_model._base_manager.in_bulk(keys)
    return found


def _line(field, name, values, names):
    if field is None:  # a column that the model no longer has
        return Line(name, *(str(value or "") for value in values))
    old, new = (_said(field, value, names.get(name, {})) for value in values)
    return Line(field.verbose_name, old, new)


def _said(field, value, rows):
    if value is None or value == "":
        return ""
    if value == trail.CHANGED:
        return _("not shown")
    if field.is_relation:
        return str(rows.get(value, value))
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "Y-m-d H:i:s")
    if isinstance(value, dict):
        return "；".join(f"{key}：{part}" for key, part in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))
