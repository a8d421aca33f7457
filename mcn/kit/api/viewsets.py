"""The resources of the API: each is a serializer, a filter set and a table of verbs."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_filters.widgets import SuffixedMultiWidget
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from mcn.audit import trail
from mcn.audit.models import Entry
from mcn.kit import clock, moves, records
from mcn.kit.api.rows import rows_of
from mcn.kit.api.serializers import NoteInput
from mcn.kit.api.wire import etag, versions
from mcn.kit.refusal import Stale


@dataclass(frozen=True)
class Verb:
    """A verb at the API's door: ``POST <row>/<name>/`` calls the action on the row with the checked input."""

    name: str
    action: Callable
    input: type[serializers.Serializer] = NoteInput


class PreconditionRequired(APIException):
    """A change that does not say which version it changes."""

    status_code = 428
    default_code = "precondition_required"


class Changes(serializers.JSONField):
    """The audit trail's canonical JSON as the object it is: field -> [old, new]."""

    def to_representation(self, value):
        return json.loads(value)


class EntrySerializer(serializers.ModelSerializer):
    """One line of a row's history."""

    by = serializers.CharField(source="by.username", allow_null=True)
    changes = Changes()

    class Meta:
        model = Entry
        fields = ["id", "at", "by", "verb", "changes", "why"]


class ReadViewSet(GenericViewSet):
    """Rows to list, look at and use verbs on; never more of them than the person may know of."""

    verbs: list[Verb] = []
    filterset_class: type[FilterSet] | None = None
    list_fields: tuple | None = None
    ordering = "-id"
    ordering_fields: list[str] = []
    lookup_value_regex = r"\d+"

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        for verb in cls.verbs:
            if callable(getattr(ReadViewSet, verb.name, None)):
                raise ImproperlyConfigured(f"{cls} cannot work with a verb called {verb.name}.")
            setattr(cls, verb.name, _route(cls, verb))

    def get_queryset(self):
        queryset = super().get_queryset()
        return (
            queryset if getattr(self, "swagger_fake_view", False) else queryset.visible_to(self.request.user)
        )

    @property
    def rows(self):
        return rows_of(type(self).serializer_class, self.list_fields)

    @property
    def operation(self):
        """What this request does, as the API's description groups it."""
        if any(verb.name == self.action for verb in self.verbs):
            return "verb"
        return {"update": "change", "partial_update": "change"}.get(self.action, self.action)

    def list(self, request, *args, **kwargs):
        queryset = self.get_queryset()
        if asked := request.query_params.keys() - self.paginator.params:
            self._refuse_unknown(asked)
            queryset = self.filter_queryset(queryset)
        page = self.paginator.page(
            request, queryset, self.rows, default=self.ordering, allowed=self.ordering_fields
        )
        return Response(page)

    def retrieve(self, request, *args, **kwargs):
        answer = self.show(self.get_object())
        if answer["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": answer["ETag"]})
        return answer

    @extend_schema(responses=EntrySerializer(many=True))
    @action(detail=True, filterset_class=None)
    def history(self, request, *args, **kwargs):
        """Who did what to this row, newest first; for staff."""
        if not request.user.is_staff:
            raise PermissionDenied
        entries = trail.history(self.get_object())
        return Response(self.paginator.page(request, entries, rows_of(EntrySerializer), default="-id"))

    def show(self, obj, status=200):
        """One row as it was read, with its tag."""
        data = type(self).serializer_class(obj, context=self.get_serializer_context()).data
        return Response(data, status, headers={"ETag": etag(obj.version, data)})

    def respond(self, obj, status=200):
        """One row as it stands after a write."""
        return self.show(self.get_queryset().filter(pk=obj.pk).first() or obj, status)

    @contextmanager
    def locked(self, *, must_match=False):
        """The addressed row, locked for a change, if it is the version that the client names by If-Match."""
        seen = self.get_object()
        named = versions(self.request.headers.get("If-Match", ""))
        if must_match and not named:
            raise PreconditionRequired(
                _("Say by If-Match which version you change: send the ETag that you read.")
            )
        with transaction.atomic():
            obj = moves.lock(seen)
            if named and not named & {"*", str(obj.version)}:
                raise Stale(
                    _("%(row)s was changed by somebody else meanwhile: reload, then try again.")
                    % {"row": obj}
                )
            yield obj

    def _refuse_unknown(self, asked):
        fields = self.filterset_class().form.fields.items() if self.filterset_class else []
        known = {part for name, field in fields for part in _parts(name, field.widget)}
        if unknown := {name: [_("There is no such filter.")] for name in sorted(asked - known)}:
            raise ValidationError(unknown)


class RecordViewSet(ReadViewSet):
    """Rows that may be added and changed as well; nothing is deleted.

    A resource whose rows come and change by actions of its own overrides ``add`` and ``change``.
    """

    def create(self, request, *args, **kwargs):
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        obj = self.add(given.validated_data)
        answer = self.respond(obj, 201)
        answer["Location"] = self.reverse_action("detail", args=[obj.pk])
        return answer

    def update(self, request, *args, partial=False, **kwargs):
        with self.locked(must_match=True) as obj:
            given = self.get_serializer(obj, data=request.data, partial=partial)
            given.is_valid(raise_exception=True)
            self.change(obj, given.validated_data)
        return self.respond(obj)

    def partial_update(self, request, *args, **kwargs):
        return self.update(request, *args, partial=True, **kwargs)

    def add(self, values):
        """Make a row of checked values."""
        obj = self.queryset.model(**values)
        moves.require_may(self.request.user, "add", obj)
        return records.save(obj, by=self.request.user, at=clock.now())

    def change(self, obj, values):
        """Change a locked row by checked values."""
        for name, value in values.items():
            setattr(obj, name, value)
        return records.save(obj, by=self.request.user, at=clock.now())


def _parts(name, widget):
    """The parameters of one filter: a range has two."""
    suffixed = isinstance(widget, SuffixedMultiWidget)
    return [widget.suffixed(name, suffix) for suffix in widget.suffixes] if suffixed else [name]


def _route(viewset, verb):
    """The method and address of a verb."""

    def run(self, request, *args, **kwargs):
        with self.locked() as obj:
            given = verb.input(data=request.data, context=self.get_serializer_context())
            given.is_valid(raise_exception=True)
            verb.action(obj, by=request.user, at=clock.now(), **given.validated_data)
        return self.respond(obj)

    run.__name__ = verb.name
    run.__doc__ = verb.action.__doc__
    documented = extend_schema(request=verb.input, responses={200: viewset.serializer_class})(run)
    return action(detail=True, methods=["post"], url_path=verb.name)(documented)
