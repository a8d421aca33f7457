"""What ``full_clean`` would say of many rows: fields asked in Python, relations and keys by few queries."""

import datetime
from collections import defaultdict
from decimal import Decimal
from functools import cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from mcn.kit.bulk import CHUNK
from mcn.kit.conditions import holds


def validate_many(objs, *, exclude=()):
    """The errors of rows that are wrong, as a dict of place -> ValidationError."""
    errors = defaultdict(dict)
    model = type(objs[0])
    columns = [column for column in _columns(model) if column[0].name not in exclude]
    speaks = model.clean is not models.Model.clean
    for place, obj in enumerate(objs):
        _clean_fields(columns, obj, errors[place])
        if speaks:
            errors[place].update(said_by(obj.clean))
    for field in relations_of(model):
        if field.name not in exclude:
            _check_relation(field, objs, errors)
    for names, constraint in _unique_sets(model):
        _check_unique(model, names, constraint, objs, errors)
    for constraint in _conditions(model):
        _check_condition(constraint, objs, errors)
    return {place: ValidationError(said) for place, said in sorted(errors.items()) if said}


def fields_of(model):
    """The columns that a row itself decides on."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def relations_of(model):
    """Its columns that point to other rows."""
    return [field for field in fields_of(model) if field.is_relation]


def said_by(check, **options):
    """What a check of Django's says, as a dict of field -> errors."""
    try:
        check(**options)
    except ValidationError as error:
        return error.update_error_dict({})
    return {}


def _clean_fields(columns, obj, errors):
    """Django's ``clean_fields``, but a value that is plainly right is not asked about."""
    for field, name, is_right in columns:
        value = getattr(obj, name)
        if is_right(value):
            continue
        if field.blank and value in field.empty_values:
            continue
        try:
            setattr(obj, name, field.clean(value, obj))
        except ValidationError as error:
            errors[field.name] = error.error_list


@cache
def _columns(model):
    """The columns to be cleaned, each with the question whether a value is plainly right."""
    return [
        (field, field.attname, _plainly_right(field)) for field in fields_of(model) if not field.is_relation
    ]


def _plainly_right(field):
    """A quick test that says yes only where ``field.clean`` would give the value back unchanged."""
    kind = type(field)
    if field.choices:
        allowed = {str(value) for value, _label in field.flatchoices} - {""}
        return lambda value: type(value) is str and value in allowed
    if kind in (models.CharField, models.TextField):
        return _right_text(field)
    if kind in (models.DateTimeField, models.DateField):
        exact = datetime.datetime if kind is models.DateTimeField else datetime.date
        return lambda value: type(value) is exact and getattr(value, "tzinfo", True) is not None
    if kind is models.BooleanField:
        return lambda value: type(value) is bool
    if kind is models.DecimalField and field.decimal_places == 2 and not field._validators:
        limit = Decimal(10) ** (field.max_digits - 2)
        return lambda value: type(value) is Decimal and value.as_tuple().exponent == -2 and abs(value) < limit
    return lambda value: False


def _right_text(field):
    if any(not isinstance(validator, MaxLengthValidator) for validator in field.validators):
        return lambda value: False
    longest = field.max_length or float("inf")
    shortest = 0 if field.blank else 1
    return lambda value: type(value) is str and shortest <= len(value) <= longest


def _check_relation(field, objs, errors):
    ids = list({getattr(obj, field.attname) for obj in objs} - {None})
    known = set()
    target = field.target_field.attname
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = field.related_model._base_manager.filter(**{f"{target}__in": chunk})
        known.update(rows.values_list(target, flat=True))
    for place, obj in enumerate(objs):
        value = getattr(obj, field.attname)
        if value is None and not field.blank:
            code = "blank" if field.null else "null"
            errors[place][field.name] = [ValidationError(field.error_messages[code], code=code)]
        elif value is not None and value not in known:
            message = field.error_messages["invalid"]
            params = {
                "model": field.related_model._meta.verbose_name,
                "pk": value,
                "field": target,
                "value": value,
            }
            errors[place][field.name] = [ValidationError(message, code="invalid", params=params)]


def _conditions(model):
    return [row for row in model._meta.constraints if isinstance(row, models.CheckConstraint)]


def _check_condition(constraint, objs, errors):
    """Report rows that break a check constraint; what Python cannot tell is left to the database."""
    for place, obj in enumerate(objs):
        if not errors[place] and holds(constraint.condition, obj) is False:
            said = ValidationError(constraint.get_violation_error_message(), constraint.violation_error_code)
            errors[place].setdefault(NON_FIELD_ERRORS, []).append(said)


def _unique_sets(model):
    """The column names that must differ together, with their constraint (None for a unique field)."""
    for field in fields_of(model):
        if field.unique and not field.primary_key:
            yield [field.attname], None
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield [model._meta.get_field(name).attname for name in constraint.fields], constraint


def _check_unique(model, names, constraint, objs, errors):
    """Report rows whose key stands in the database under another id, or earlier in the same batch.

    A constraint with a condition speaks of the rows that meet it; one that Python cannot tell is left to the
    database.
    """
    condition = constraint.condition if constraint else None
    keys = {
        place: tuple(getattr(obj, name) for name in names)
        for place, obj in enumerate(objs)
        if errors[place].keys().isdisjoint(_named(model, names))
        and (condition is None or holds(condition, obj))
    }
    keys = {place: key for place, key in keys.items() if None not in key}
    owner = _owners(model, names, set(keys.values()), condition or Q())
    for place, key in keys.items():
        me = objs[place].pk or f"row {place}"
        if owner.setdefault(key, me) != me:
            where, said = _taken(model, names, constraint, objs[place])
            errors[place].setdefault(where, []).append(said)


def _taken(model, names, constraint, obj):
    """Where full_clean would put the word that a key is taken, and the word."""
    fields = _named(model, names)
    if constraint and constraint.violation_error_message != constraint.default_violation_error_message:
        message, code = constraint.get_violation_error_message(), constraint.violation_error_code
        where = fields[0] if code == "unique" and len(fields) == 1 else NON_FIELD_ERRORS
        return where, ValidationError(message, code=code)
    return (fields[0] if len(fields) == 1 else NON_FIELD_ERRORS), obj.unique_error_message(model, fields)


def _named(model, attnames):
    by_attname = {field.attname: field.name for field in fields_of(model)}
    return tuple(by_attname[name] for name in attnames)


def _owners(model, names, keys, condition):
    owner = {}
    last = names[-1]
    keys = sorted(keys, key=str)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        narrowed = condition & Q(**{f"{last}__in": {key[-1] for key in chunk}})
        for name, values in zip(names[:-1], zip(*[key[:-1] for key in chunk], strict=True), strict=False):
            narrowed &= Q(**{f"{name}__in": set(values)})
        for row in model._base_manager.filter(narrowed).values_list("pk", *names):
            owner[row[1:]] = row[0]
    return owner
