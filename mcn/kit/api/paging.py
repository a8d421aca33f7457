"""Pages by position instead of number."""

from django.core import signing
from django.db.models import F
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.utils.urls import replace_query_param

from mcn.kit.api.rows import column


class KeysetPagination(BasePagination):
    """Pages that cost the same at any depth, with no COUNT; rows that come meanwhile repeat and skip none.

    A cursor is the signed (ordering value, id) of the row at a page's end; orderings are columns never null.
    """

    page_size = 100
    max_page_size = 500
    params = {"cursor", "page_size", "ordering", "format"}

    def page(self, request, queryset, rows, *, default, allowed=()):
        """One page of a queryset, read as ``rows``, with links to the pages before and after."""
        size = self._size(request)
        ordering = self._ordering(request, [default, *allowed])
        name, descending = ordering.removeprefix("-"), ordering.startswith("-")
        path = rows.columns[name]
        signer = signing.Signer(salt=f"cursor:{rows.model._meta.label}:{ordering}")
        position, backwards = self._position(request, signer, column(rows.model, path))
        downwards = descending != backwards
        if position:
            beyond = TupleLessThan if downwards else TupleGreaterThan
            queryset = queryset.filter(beyond((F(path), F("pk")), position))
        signs = "-" if downwards else ""
        found = rows.read(queryset.order_by(f"{signs}{path}", f"{signs}pk")[: size + 1])
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()

        def link(row, back):
            cursor = signer.sign_object([str(row[name]), row["id"], back])
            return replace_query_param(request.build_absolute_uri(), "cursor", cursor)

        return {
            "next": link(found[-1], False) if found and (more or backwards) else None,
            "previous": link(found[0], True) if found and (more if backwards else position) else None,
            "results": found,
        }

    def _size(self, request):
        asked = request.query_params.get("page_size", str(self.page_size))
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size):
            said = _("Ask for 1 to %(most)s rows a page.") % {"most": self.max_page_size}
            raise ValidationError({"page_size": [said]})
        return int(asked)

    def _ordering(self, request, names):
        asked = request.query_params.get("ordering", names[0])
        known = {name.removeprefix("-") for name in names} | {"id"}
        if asked.removeprefix("-") not in known:
            said = _("Order by one of: %(names)s.") % {"names": ", ".join(sorted(known))}
            raise ValidationError({"ordering": [said]})
        return asked

    def _position(self, request, signer, field):
        cursor = request.query_params.get("cursor")
        if not cursor:
            return None, False
        try:
            value, pk, backwards = signer.unsign_object(cursor)
        except signing.BadSignature as error:
            raise ValidationError({"cursor": [_("This cursor was not given out for this list.")]}) from error
        return (field.to_python(value), pk), backwards

    def get_schema_operation_parameters(self, view):
        """What the pages ask for, as OpenAPI tells it."""
        texts = {
            "cursor": {"type": "string"},
            "page_size": {
                "type": "integer",
                "minimum": 1,
                "maximum": self.max_page_size,
                "default": self.page_size,
            },
        }
        names = [name.removeprefix("-") for name in [view.ordering, *view.ordering_fields]]
        choices = sorted({sign + name for name in {"id", *names} for sign in ("", "-")})
        texts["ordering"] = {"type": "string", "enum": choices, "default": view.ordering}
        return [
            {"name": name, "in": "query", "required": False, "schema": schema}
            for name, schema in texts.items()
        ]

    def get_paginated_response_schema(self, schema):
        """A page, as OpenAPI tells it."""
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}
