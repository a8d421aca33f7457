"""Whether a row in hand meets a condition, as SQL would say: yes, no, or None where it cannot be told."""

import operator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression, Value

COMPARES = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, options: value in options,
}


class Untold(Exception):
    """The condition uses something that only the database can work out."""


def holds(condition, obj):
    """True, False or None for a ``Q`` of a check constraint about a row."""
    try:
        return _of(condition, obj)
    except Untold:
        return None


def _of(condition, obj):
    if not isinstance(condition, Q):
        name, wanted = condition
        return _leaf(name, wanted, obj)
    answers = [_of(child, obj) for child in condition.children]
    decisive = condition.connector == Q.OR
    if decisive in answers:
        answer = decisive
    elif None in answers:
        answer = None
    else:
        answer = not decisive
    return answer if not condition.negated or answer is None else not answer


def _leaf(name, wanted, obj):
    path, _dunder, lookup = name.partition("__")
    value, wanted = _column(path, obj), _value(wanted, obj)
    if lookup == "isnull" or (lookup in ("", "exact") and wanted is None):
        return (value is None) == (wanted if lookup == "isnull" else True)
    if (lookup or "exact") not in COMPARES:
        raise Untold
    return None if value is None or wanted is None else COMPARES[lookup or "exact"](value, wanted)


def _value(expression: Any, obj: Any) -> Any:
    if isinstance(expression, F):
        return _column(expression.name, obj)
    if isinstance(expression, Value):
        return expression.value
    if isinstance(expression, CombinedExpression) and expression.connector == "+":
        parts = [_value(part, obj) for part in (expression.lhs, expression.rhs)]
        return None if None in parts else parts[0] + parts[1]
    if hasattr(expression, "resolve_expression"):
        raise Untold
    return expression


def _column(name, obj):
    try:
        return getattr(obj, obj._meta.get_field(name).attname)
    except FieldDoesNotExist as error:
        raise Untold from error
