"""How the API describes itself: OpenAPI 3.1, with every refusal and precondition to expect."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers


class SubjectSerializer(serializers.Serializer):
    """The row at fault."""

    model = serializers.CharField()
    id = serializers.IntegerField()
    label = serializers.CharField()


class WaiverSerializer(serializers.Serializer):
    """Who set a warning aside, and why."""

    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class FindingSerializer(serializers.Serializer):
    """Why something may not proceed, by clause."""

    clause = serializers.CharField()
    level = serializers.CharField()
    subject = SubjectSerializer()
    message = serializers.CharField()
    mend_url = serializers.CharField()
    waiver = WaiverSerializer(required=False, help_text=_("Where a warning was set aside."))


class RefusalSerializer(serializers.Serializer):
    """How the API says no."""

    code = serializers.CharField(help_text=_("For programs."))
    message = serializers.CharField(help_text=_("For people, in their language."))
    errors = serializers.DictField(required=False, help_text=_("With 400: what is wrong, by field."))
    findings = FindingSerializer(
        many=True, required=False, help_text=_("With 422: the clauses that forbid it.")
    )


REFUSALS = {
    400: _("Some of the data is wrong."),
    401: _("Log in first."),
    403: _("You may not do this."),
    404: _("There is no such row, or it is not yours to know of."),
    409: _("The row's state does not allow it now."),
    412: _("The row was changed meanwhile."),
    422: _("Clauses forbid it; the findings say which and what to mend."),
    428: _("Say by If-Match which version you change."),
}


def tag(name, required, text):
    """A header by which a client names the state of a row."""
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required, description=text)


IF_MATCH = _("The ETag of the row as you read it; another version is answered 412.")
IF_NONE_MATCH = _("The ETag of what you have; the same is answered 304.")
ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201])


def list_row(viewset):
    """What a list shows of each row: the detail's fields without those that need the object."""
    detail, names = type(viewset).serializer_class, viewset.rows.names

    def get_fields(self):
        return {name: field for name, field in detail.get_fields(self).items() if name in names}

    return type(detail.__name__.replace("Serializer", "RowSerializer"), (detail,), {"get_fields": get_fields})


class RecordSchema(AutoSchema):
    """Adds to each operation the refusals and headers that the kit's viewsets give."""

    @property
    def _operation(self):
        return getattr(self.view, "operation", "")

    def get_override_parameters(self):
        given = super().get_override_parameters()
        match self._operation:
            case "change":
                return [*given, tag("If-Match", True, IF_MATCH), ETAG]
            case "verb":
                return [*given, tag("If-Match", False, IF_MATCH), ETAG]
            case "retrieve":
                return [*given, tag("If-None-Match", False, IF_NONE_MATCH), ETAG]
            case "create":
                return [*given, ETAG]
        return given

    def get_response_serializers(self):
        if self._operation == "list":
            return list_row(self.view)
        return super().get_response_serializers()

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for status in self._refusals():
            answer = OpenApiResponse(RefusalSerializer, description=REFUSALS[status])
            bodies.setdefault(
                str(status), self._get_response_for_code(answer, str(status), direction=direction)
            )
        return bodies

    def _refusals(self):
        known = {
            "list": [400, 401, 403],
            "create": [400, 401, 403, 409, 422],
            "retrieve": [401, 403, 404],
            "change": [400, 401, 403, 404, 409, 412, 422, 428],
            "verb": [400, 401, 403, 404, 409, 412, 422],
        }
        return known.get(self._operation, [400, 401, 403])
