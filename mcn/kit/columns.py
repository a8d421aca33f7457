"""Many rows by column: the values of one, and whether they are all plainly right, asked at once."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from itertools import repeat
from operator import attrgetter, is_, itemgetter
from types import NoneType
from typing import Any

from django.core.validators import DecimalValidator, MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

CLEANING = ["clean", "run_validators", "to_python", "validate"]


def values_of(objs, attname):
    """One column of many rows."""
    try:
        # A foreign key's own getter costs over three times as much.
        return [*map(itemgetter(attname), map(vars, objs))]
    except KeyError:
        return [*map(attrgetter(attname), objs)]


def columns_of(objs, attnames):
    """Several columns of many rows: each row is looked at once, not once for each column."""
    try:
        rows = [*map(itemgetter(*attnames), map(vars, objs))]
    except KeyError:
        rows = [*map(attrgetter(*attnames), objs)]
    return zip(*rows, strict=True) if len(attnames) > 1 else [rows]


def plainly_right(field):
    """A test of a list of values: true only where ``field.clean`` would give each of them back unchanged."""
    judge = _judge(field)

    def right(values):
        if all(map(is_, values, repeat(values[0]))):
            # The model's default in every row, most often.
            values = values[:1]
        kinds = {*map(type, values)}
        if field.blank and NoneType in kinds:
            kinds.discard(NoneType)
            values = [value for value in values if value is not None]
        return not values or judge(kinds, values)

    return right


def _judge(field):
    if hasattr(field, "plainly_right"):
        return field.plainly_right
    for base, understood, judge in JUDGES:
        if _cleans_like(field, base) and understood.issuperset(map(type, field.validators)):
            return judge(field)
    return lambda kinds, values: False


def _cleans_like(field, base):
    """Whether a field is of this kind and cleans its values as Django's own does."""
    cleaning = (getattr(type(field), name, None) is getattr(base, name) for name in CLEANING)
    return isinstance(field, base) and all(cleaning)


def _text(field):
    if field.choices:
        allowed = {value for value, _label in field.flatchoices} - {"" if not field.blank else None}
        return lambda kinds, values: (
            all(issubclass(kind, str) for kind in kinds) and allowed.issuperset(values)
        )
    longest = _bound(field, MaxLengthValidator, min, float("inf"))
    return lambda kinds, values: (
        kinds == {str} and (field.blank or all(values)) and max(map(len, values)) <= longest
    )


def _integer(field):
    if field.choices:
        allowed = {value for value, _label in field.flatchoices}
        return lambda kinds, values: kinds == {int} and allowed.issuperset(values)
    within = _within(field)
    return lambda kinds, values: kinds == {int} and within(values)


def _decimal(field):
    cent = Decimal(1).scaleb(-field.decimal_places)
    beyond = Decimal(10) ** (field.max_digits - field.decimal_places)
    within = _within(field)
    return lambda kinds, values: (
        kinds == {Decimal}
        and all(map(cent.same_quantum, values))
        and -beyond < min(values)
        and max(values) < beyond
        and within(values)
    )


def _within(field):
    lowest = _bound(field, MinValueValidator, max, float("-inf"))
    highest = _bound(field, MaxValueValidator, min, float("inf"))
    return lambda values: lowest <= min(values) and max(values) <= highest


def _bound(field, kind, tightest, otherwise):
    limits = [validator.limit_value for validator in field.validators if type(validator) is kind]
    return tightest((limit() if callable(limit) else limit for limit in limits), default=otherwise)


def _moment(field):
    return lambda kinds, values: kinds == {datetime.datetime} and all(value.tzinfo for value in values)


def _day(field):
    return lambda kinds, values: kinds == {datetime.date}


def _yes_or_no(field):
    return lambda kinds, values: kinds == {bool}


def _empty_json(field):
    return lambda kinds, values: field.blank and kinds <= {dict, list} and not any(values)


NUMERIC = {MinValueValidator, MaxValueValidator}
JUDGES: list[tuple[Any, set[Any], Callable[[Any], Callable]]] = [
    (models.CharField, {MaxLengthValidator}, _text),
    (models.TextField, {MaxLengthValidator}, _text),
    (models.IntegerField, NUMERIC, _integer),
    (models.BigAutoField, NUMERIC, _integer),
    (models.DecimalField, {*NUMERIC, DecimalValidator}, _decimal),
    (models.DateTimeField, set(), _moment),
    (models.DateField, set(), _day),
    (models.BooleanField, set(), _yes_or_no),
    (models.JSONField, set(), _empty_json),
]
