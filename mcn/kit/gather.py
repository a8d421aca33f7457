"""The rows that hang on thousands of objects, as plain lists.

``prefetch_related`` makes a queryset for every object and relation; for thousands of objects that takes
longer than to read the rows. ``gathering`` reads the same relations by the same queries and leaves a list in
each place: ``obj.parts.all()`` is then that list, to be read and not filtered further.
"""

from functools import cache

from django.db.models import Prefetch, QuerySet, prefetch_related_objects


def gathering(queryset):
    """The queryset, whose prefetched rows come as lists."""
    made = queryset.all()
    made.__class__ = _kind(type(queryset))
    return made


class Gathers:
    """What a queryset does instead when it prefetches."""

    def _prefetch_related_objects(self):
        gather(self._result_cache, self._prefetch_related_lookups)
        self._prefetch_done = True


@cache
def _kind(kind: type[QuerySet]) -> type[QuerySet]:
    return kind if issubclass(kind, Gathers) else type(f"Gathering{kind.__name__}", (Gathers, kind), {})


def gather(objects, lookups):
    """Read what the lookups name: the rows that point at the objects as lists, the rest as Django does."""
    if not objects:
        return
    relations = {
        relation.get_accessor_name(): relation
        for relation in type(objects[0])._meta.related_objects
        if relation.one_to_many
    }
    for named in lookups:
        lookup = named if isinstance(named, Prefetch) else Prefetch(named)
        name, _separator, further = lookup.prefetch_through.partition("__")
        nested = further and lookup.queryset is not None
        if nested or name not in relations or lookup.to_attr:
            prefetch_related_objects(objects, lookup)
            continue
        rows = _hand_out(objects, relations[name], lookup.queryset)
        if further:
            gather(rows, [further])


def _hand_out(objects, relation, queryset):
    """Give every object the list of the rows that point at it."""
    pointer = relation.field
    if queryset is None:
        queryset = relation.related_model._base_manager.all()
    lists = {obj.pk: [] for obj in objects}
    owners = {obj.pk: obj for obj in objects}
    rows = list(queryset.filter(**{f"{pointer.name}__in": list(lists)}))
    for row in rows:
        owner = getattr(row, pointer.attname)
        pointer.set_cached_value(row, owners[owner])
        lists[owner].append(row)
    for obj in objects:
        obj.__dict__.setdefault("_prefetched_objects_cache", {})[relation.cache_name] = lists[obj.pk]
    return rows
