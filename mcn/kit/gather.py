"""The rows that hang on thousands of objects, as plain lists.

``prefetch_related`` makes a queryset for every object and relation; for thousands of objects that takes
longer than to read the rows. ``gather`` reads the same relations by the same queries and leaves a sequence in
each place: ``obj.parts.all()`` is then that sequence, to be read and not filtered further.
"""

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Prefetch, prefetch_related_objects

from mcn.kit.bulk import loaded


def gather(objects, lookups):
    """The objects with what the lookups name: the rows that point at them at once, the rest as Django does.

    A lookup that leads on from another, such as ``trainee__records``, stands after it.
    """
    objects = list(objects)
    if not objects:
        return objects
    model: Any = type(objects[0])
    relations = {
        relation.get_accessor_name(): relation
        for relation in model._meta.related_objects
        if not relation.many_to_many
    }
    read = {}
    for named in lookups:
        lookup = named if isinstance(named, Prefetch) else Prefetch(named)
        name, _separator, further = lookup.prefetch_through.partition("__")
        if name not in relations:
            shared = _shared(model, name) if lookup.queryset is None and not further else None
            if shared:
                _point(objects, shared)
            else:
                prefetch_related_objects(objects, lookup)
            continue
        if name not in read:
            read[name] = _hand_out(objects, relations[name], None if further else lookup.queryset)
        if further:
            gather(read[name], [Prefetch(further, lookup.queryset)])
    return objects


def _hand_out(objects, relation, queryset):
    """Give every object the rows that point at it."""
    pointer = relation.field
    if queryset is None:
        queryset = relation.related_model._base_manager.all()
    owners = {obj.pk: obj for obj in objects}
    found = {}
    rows = _rows(queryset.filter(**{f"{pointer.attname}__among": list(owners)}))
    for row in rows:
        owner = getattr(row, pointer.attname)
        pointer.set_cached_value(row, owners[owner])
        found.setdefault(owner, []).append(row)
    for obj in objects:
        # Most objects have no rows of most kinds: they share one empty tuple.
        given = found.get(obj.pk, ())
        if relation.one_to_one:
            relation.set_cached_value(obj, given[0] if given else None)
        else:
            obj.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = given
    return rows


@cache
def _shared(model: Any, name):
    """The foreign key of this name, through which many rows point at few."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if field.many_to_one and field.concrete else None


def _point(objects, pointer):
    """Give every object the one row that it points at, each row read once."""
    wanted = {getattr(obj, pointer.attname) for obj in objects} - {None}
    found = pointer.related_model._base_manager.in_bulk(wanted)
    for obj in objects:
        if (number := getattr(obj, pointer.attname)) is not None:
            pointer.set_cached_value(obj, found[number])


def _rows(queryset):
    """The rows of a queryset with what it prefetches."""
    if queryset.query.select_related or queryset.query.annotations:
        return list(queryset)
    return gather(loaded(queryset), queryset._prefetch_related_lookups)


def rows_of(obj, name):
    """The rows that hang on an object, without the manager that Django makes for each asking."""
    found = obj.__dict__.get("_prefetched_objects_cache", {}).get(name)
    return getattr(obj, name).all() if found is None else found


def let_go(obj):
    """Forget the rows that hang on an object and point back at it: they go at once, without the collector."""
    model: Any = type(obj)
    for name in _only_ones(model):
        if (child := obj._state.fields_cache.pop(name, None)) is not None:
            let_go(child)
    obj.__dict__.pop("_prefetched_objects_cache", None)


@cache
def _only_ones(model: Any):
    return [relation.cache_name for relation in model._meta.related_objects if relation.one_to_one]
