"""What ``full_clean`` would say of many rows: columns asked in Python, relations and keys by few queries."""

from collections import defaultdict
from functools import cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q

from mcn.kit.bulk import CHUNK
from mcn.kit.columns import columns_of, plainly_right, values_of
from mcn.kit.conditions import judge


def validate_many(objs, *, exclude=()):
    """The errors of rows that are wrong, as a dict of place -> ValidationError."""
    errors = defaultdict(dict)
    model = type(objs[0])
    cleaned = [(field, right) for field, right in _columns(model) if field.name not in exclude]
    columns = columns_of(objs, [field.attname for field, _right in cleaned])
    for (field, right), values in zip(cleaned, columns, strict=True):
        _clean_column(field, right, values, objs, errors)
    if model.clean is not models.Model.clean:
        _ask_each(objs, errors)
    for field in relations_of(model):
        if field.name not in exclude:
            _check_relation(field, objs, errors)
    for names, constraint in _unique_sets(model):
        if not {*exclude} & {*_named(model, names)}:
            _check_unique(model, names, constraint, objs, errors)
    for constraint in _conditions(model):
        _check_condition(model, constraint, objs, errors)
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


@cache
def _columns(model):
    """The columns to be cleaned, each with the test whether all its values are plainly right."""
    return [(field, plainly_right(field)) for field in fields_of(model) if not field.is_relation]


def _clean_column(field, right, values, objs, errors):
    """Django's ``clean_fields`` for one column; values that are plainly right are not asked about."""
    if right(values):
        return
    for place, value in enumerate(values):
        if right([value]) or (field.blank and value in field.empty_values):
            continue
        try:
            setattr(objs[place], field.attname, field.clean(value, objs[place]))
        except ValidationError as error:
            errors[place][field.name] = error.error_list


def _ask_each(objs, errors):
    """What each row's own ``clean`` says."""
    for place, obj in enumerate(objs):
        try:
            obj.clean()
        except ValidationError as error:
            errors[place].update(error.update_error_dict({}))


def _check_relation(field, objs, errors):
    values = values_of(objs, field.attname)
    asked = {*values} - {None}
    unknown = asked - _known(field, asked)
    if not unknown and (field.blank or None not in values):
        return
    for place, value in enumerate(values):
        if value is None and not field.blank:
            code = "blank" if field.null else "null"
            errors[place][field.name] = [ValidationError(field.error_messages[code], code=code)]
        elif value in unknown:
            message = field.error_messages["invalid"]
            params = {
                "model": field.related_model._meta.verbose_name,
                "pk": value,
                "field": field.target_field.attname,
                "value": value,
            }
            errors[place][field.name] = [ValidationError(message, code="invalid", params=params)]


def _known(field, asked):
    """Which of the values a relation may point to."""
    target, known, asked = field.target_field.attname, set(), [*asked]
    for start in range(0, len(asked), CHUNK):
        rows = field.related_model._base_manager.filter(**{f"{target}__among": asked[start : start + CHUNK]})
        known.update(rows.values_list(target, flat=True))
    return known


def _conditions(model):
    return [row for row in model._meta.constraints if isinstance(row, models.CheckConstraint)]


def _check_condition(model, constraint, objs, errors):
    """Report rows that break a check constraint; what Python cannot tell is left to the database."""
    holds = judge(constraint.condition, model)
    for place, obj in enumerate(objs):
        if holds(obj) is False and not errors.get(place):
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
    wrong = {place for place, said in errors.items() if not said.keys().isdisjoint(_named(model, names))}
    condition = constraint.condition if constraint else None
    if condition is not None:
        meets = judge(condition, model)
        wrong |= {place for place, obj in enumerate(objs) if not meets(obj)}
    columns = zip(*[values_of(objs, name) for name in names], strict=True)
    keys = {place: key for place, key in enumerate(columns) if place not in wrong and None not in key}
    owner = _owners(model, names, set(keys.values()), condition or Q())
    numbers = values_of(objs, model._meta.pk.attname)
    for place, key in keys.items():
        me = numbers[place] or f"row {place}"
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
    keys = [*keys]
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        narrowed = condition
        for name, values in zip(names, zip(*chunk, strict=True), strict=True):
            narrowed &= Q(**{f"{name}__among": {*values}})
        for row in model._base_manager.filter(narrowed).values_list("pk", *names):
            owner[row[1:]] = row[0]
    return owner
