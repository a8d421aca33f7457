"""The rows that hang on thousands of objects, as plain lists.

``prefetch_related`` makes a queryset for every object and relation; for thousands of objects that takes
longer than to read the rows. ``gather`` reads the same relations by the same queries and leaves a sequence in
each place: ``obj.parts.all()`` is then that sequence, to be read and not filtered further.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from mcn.kit.prepared import loaded_among


def gather(objects, lookups):
    """The objects with what the lookups name: rows of other tables as lists, the rest as Django does.

    A lookup that leads on from another, such as ``trainee__records``, stands after it.
    """
    objects = list(objects)
    if not objects:
        return objects
    model: Any = type(objects[0])
    branches: dict[str, Branch] = {}
    for named in lookups:
        lookup = named if isinstance(named, Prefetch) else Prefetch(named)
        name, _separator, further = lookup.prefetch_through.partition("__")
        relation = _relations(model).get(name)
        if relation is None:
            prefetch_related_objects(objects, lookup)
            continue
        branch = branches.setdefault(name, Branch(relation))
        if further:
            branch.onward.append(Prefetch(further, lookup.queryset))
        else:
            branch.queryset = lookup.queryset
    for branch in branches.values():
        read = _point if branch.relation.concrete else _hand_out
        gather(read(objects, branch.relation, branch.queryset), branch.onward)
    return objects


@dataclass
class Branch:
    """A relation to follow, the rows of it that are wanted (all where None), and what is wanted of those."""

    relation: Any
    queryset: Any = None
    onward: list = field(default_factory=list)


@cache
def _relations(model: Any):
    """By name, the foreign keys of a model and those of others that point at it."""
    pointing = [relation for relation in model._meta.related_objects if not relation.many_to_many]
    keys = [key for key in model._meta.concrete_fields if key.is_relation]
    return {relation.get_accessor_name(): relation for relation in pointing} | {key.name: key for key in keys}


def _hand_out(objects, relation, queryset):
    """Give every object the rows that point at it."""
    pointer = relation.field
    owners = {obj.pk: obj for obj in objects}
    found = {}
    rows = _rows(relation.related_model, queryset, pointer.attname, owners)
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


def _point(objects, pointer, queryset):
    """Give every object the one row that it points at, each row read once; what is there already stays."""
    lacking = [obj for obj in objects if not pointer.is_cached(obj)]
    if wanted := {getattr(obj, pointer.attname) for obj in lacking} - {None}:
        rows = _rows(pointer.related_model, queryset, "pk", wanted)
        found = {row.pk: row for row in rows}
        for obj in lacking:
            pointer.set_cached_value(obj, found.get(getattr(obj, pointer.attname)))
    there = (pointer.get_cached_value(obj, None) for obj in objects)
    return list({id(row): row for row in there if row is not None}.values())


def _rows(model, queryset, column, keys):
    """The rows of a queryset, or of all, whose column is among some keys, with what it prefetches."""
    queryset = _all(model) if queryset is None else queryset
    if queryset.query.select_related or queryset.query.annotations:
        return list(queryset.filter(**{f"{column}__among": keys}))
    return gather(loaded_among(queryset, column, keys), queryset._prefetch_related_lookups)


@cache
def _all(model: Any):
    """All rows of a model, one queryset for ever."""
    return model._base_manager.all()


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
