"""Lists read as plain rows: one query, and one more for each nested list, with no model instance made.

What a list row holds is told by the same serializer as the detail; a field that needs the object (a method, a
property, a file) is left out of lists.
"""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from rest_framework import serializers

PLAIN = {
    kind.to_representation
    for kind in [
        serializers.BooleanField,
        serializers.CharField,
        serializers.ChoiceField,
        serializers.DateField,
        serializers.DateTimeField,
        serializers.DecimalField,
        serializers.FloatField,
        serializers.IntegerField,
        serializers.JSONField,
        serializers.PrimaryKeyRelatedField,
        serializers.SlugRelatedField,
        serializers.UUIDField,
    ]
}


@cache
def rows_of(serializer_class, names=None):
    """The rows of a serializer, all its readable fields or the named ones, in the order named."""
    return Rows(serializer_class(), names)


class Rows:
    """Reads a queryset as the dicts that a serializer would give, from columns alone."""

    def __init__(self, serializer, names=None):
        self.serializer = serializer
        self.model = serializer.Meta.model
        fields = {name: field for name, field in serializer.fields.items() if not field.write_only}
        chosen = {name: fields[name] for name in names or fields}
        self.columns = {name: path for name, field in chosen.items() if (path := _path(self.model, field))}
        self.converters = {
            name: chosen[name].to_representation
            for name in self.columns
            if type(chosen[name]).to_representation not in PLAIN
        }
        self.children = {
            name: (relation, Rows(chosen[name].child))
            for name in chosen
            if name not in self.columns and (relation := _children(self.model, chosen[name]))
        }

    @property
    def names(self):
        return [*self.columns, *self.children]

    def read(self, queryset):
        """The rows of a queryset as dicts."""
        return [row for _key, row in self._read(queryset, "pk")]

    def _read(self, queryset, key):
        """The rows, each with the value of one more column before it."""
        found = queryset.prefetch_related(None).values_list(key, "pk", *self.columns.values())
        keys, ids, rows = [], [], []
        for key_value, pk, *values in found:
            keys.append(key_value)
            ids.append(pk)
            rows.append(dict(zip(self.columns, values, strict=True)))
        for name, convert in self.converters.items():
            for row in rows:
                row[name] = None if row[name] is None else convert(row[name])
        for name, (relation, child) in self.children.items():
            child._attach(name, relation, ids, rows)
        return zip(keys, rows, strict=True)

    def _attach(self, name, relation, ids, parents):
        by_parent = {pk: [] for pk in ids}
        # The parent comes first in many orderings, where it would only cost a join.
        ordering = [part for part in self.model._meta.ordering if part != relation.field.name]
        queryset = self.model._default_manager.filter(**{f"{relation.field.name}__in": ids}).order_by(
            *ordering
        )
        for parent, row in self._read(queryset, relation.field.attname):
            by_parent[parent].append(row)
        for pk, row in zip(ids, parents, strict=True):
            row[name] = by_parent[pk]


def _path(model, field):
    """The path of the column that a serializer field shows, or None where it shows something else."""
    path = (field.source or "*").replace(".", "__")
    if isinstance(field, serializers.SlugRelatedField):
        path += f"__{field.slug_field}"
    if isinstance(field, (serializers.BaseSerializer, serializers.ManyRelatedField, serializers.FileField)):
        return None
    return path if column(model, path) else None


def column(model, path):
    """The model field at the end of a path of forward relations, or None."""
    found = None
    for name in path.split("__"):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        if not found.concrete or found.many_to_many:
            return None
        model = found.related_model
    return found


def _children(model, field):
    if not isinstance(field, serializers.ListSerializer):
        return None
    relation = model._meta.get_field(field.source)
    return relation if relation.one_to_many else None
