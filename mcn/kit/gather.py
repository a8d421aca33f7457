"""The rows that hang on thousands of objects, as plain lists.

``prefetch_related`` makes a queryset for every object and relation; for thousands of objects that takes
longer than to read the rows. ``gather`` reads the same relations by the same queries and leaves a sequence in
each place: ``obj.parts.all()`` is then that sequence, to be read and not filtered further.
"""

import gc
from contextlib import contextmanager

from django.db.models import Prefetch, prefetch_related_objects


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


def gather(objects, lookups):
    """The objects with what the lookups name: the rows that point at them at once, the rest as Django does.

    A lookup that leads on from another, such as ``trainee__records``, stands after it.
    """
    objects = list(objects)
    if not objects:
        return objects
    relations = {
        relation.get_accessor_name(): relation
        for relation in type(objects[0])._meta.related_objects
        if not relation.many_to_many
    }
    read = {}
    for named in lookups:
        lookup = named if isinstance(named, Prefetch) else Prefetch(named)
        name, _separator, further = lookup.prefetch_through.partition("__")
        if name not in relations:
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
    rows = list(queryset.filter(**{f"{pointer.attname}__among": list(owners)}))
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
