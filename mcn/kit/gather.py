"""The rows that hang on thousands of objects, as plain lists.

``prefetch_related`` makes a queryset for every object and relation; for thousands of objects that takes
longer than to read the rows. ``gathering`` reads the same relations by the same queries and leaves a sequence
in each place: ``obj.parts.all()`` is then that sequence, to be read and not filtered further.
"""

import gc
from contextlib import contextmanager
from functools import cache

from django.db.models import Prefetch, QuerySet, prefetch_related_objects


def gathering(queryset):
    """The queryset, whose prefetched rows come as lists."""
    made = queryset.all()
    made.__class__ = _kind(type(queryset))
    return made


@contextmanager
def without_collector():
    """Leave Python's collector of cycles alone meanwhile.

    It looks through all rows again and again while they are read, and finds nothing: all are in use. That
    takes a third of the time of an inspection of thousands.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Gathers:
    """What a queryset does instead when it prefetches."""

    def _prefetch_related_objects(self):
        gather(self._result_cache, self._prefetch_related_lookups)
        self._prefetch_done = True


@cache
def _kind(kind: type[QuerySet]) -> type[QuerySet]:
    return kind if issubclass(kind, Gathers) else type(f"Gathering{kind.__name__}", (Gathers, kind), {})


def gather(objects, lookups):
    """Read what the lookups name: the rows that point at the objects at once, the rest as Django does."""
    if not objects:
        return
    relations = {
        relation.get_accessor_name(): relation
        for relation in type(objects[0])._meta.related_objects
        if not relation.many_to_many
    }
    given = {}
    for named in lookups:
        lookup = named if isinstance(named, Prefetch) else Prefetch(named)
        name, _separator, further = lookup.prefetch_through.partition("__")
        if name not in relations or lookup.to_attr:
            prefetch_related_objects(objects, lookup)
            continue
        if name not in given:
            given[name] = _hand_out(objects, relations[name], None if further else lookup.queryset)
        if further:
            gather(given[name], [Prefetch(further, lookup.queryset)])


def _hand_out(objects, relation, queryset):
    """Give every object the rows that point at it."""
    pointer = relation.field
    if queryset is None:
        queryset = relation.related_model._base_manager.all()
    owners = {obj.pk: obj for obj in objects}
    found = {}
    rows = list(gathering(queryset.filter(**{f"{pointer.attname}__among": list(owners)})))
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
