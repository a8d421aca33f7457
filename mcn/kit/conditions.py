"""Whether a row in hand meets a condition, as SQL would say: yes, no, or None where it cannot be told."""

import operator
from operator import attrgetter
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
    return judge(condition, type(obj))(obj)


def judge(condition, model):
    """The same question put once for many rows of a model: a function of the row."""
    try:
        return _of(condition, model)
    except Untold:
        return _untold


def _untold(obj):
    return None


def _of(condition, model):
    if not isinstance(condition, Q):
        name, wanted = condition
        return _leaf(name, wanted, model)
    parts = [judge(child, model) for child in condition.children]
    decisive = condition.connector == Q.OR

    def answer(obj):
        told = True
        for part in parts:
            said = part(obj)
            if said is decisive:
                return decisive != condition.negated
            told = told and said is not None
        return (not decisive) != condition.negated if told else None

    return answer


def _leaf(name, wanted, model):
    path, _dunder, lookup = name.partition("__")
    lookup = lookup or "exact"
    read = _column(path, model)
    if lookup == "isnull" or (lookup == "exact" and wanted is None):
        empty = wanted if lookup == "isnull" else True
        return lambda obj: (read(obj) is None) == empty
    if lookup not in COMPARES:
        raise Untold
    compare, other = COMPARES[lookup], _value(wanted, model)

    def answer(obj):
        value, wanted = read(obj), other(obj)
        return None if value is None or wanted is None else compare(value, wanted)

    return answer


def _value(expression: Any, model: Any) -> Any:
    """How the other side of a comparison is read from a row."""
    if isinstance(expression, F):
        return _column(expression.name, model)
    if isinstance(expression, Value):
        return lambda obj: expression.value
    if isinstance(expression, CombinedExpression) and expression.connector == "+":
        left, right = _value(expression.lhs, model), _value(expression.rhs, model)

        def added(obj):
            parts = [left(obj), right(obj)]
            return None if None in parts else parts[0] + parts[1]

        return added
    if hasattr(expression, "resolve_expression"):
        raise Untold
    return lambda obj: expression


def _column(name, model):
    try:
        return attrgetter(model._meta.get_field(name).attname)
    except FieldDoesNotExist as error:
        raise Untold from error
