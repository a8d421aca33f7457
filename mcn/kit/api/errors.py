"""How the API says no: one shape, in the user's language.

``code`` is for programs, ``message`` for people; ``errors`` tell a 400 by field, ``findings`` a 422.
"""

from django.core import exceptions as django
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions as drf
from rest_framework.response import Response

from mcn.kit.refusal import Refused


def handle_exception(error, context):
    """The answer to what a view raised, or None for a fault of ours."""
    match error:
        case Refused():
            findings = [finding.as_dict() for finding in error.findings]
            return refusal(error.status, error.code, error, findings=findings)
        case django.ValidationError():
            return invalid(error.update_error_dict({}))
        case drf.ValidationError():
            return invalid(error.detail)
        case IntegrityError():
            return refusal(409, "conflict", _("Somebody saved the same at the same moment: reload and look."))
        case Http404():
            return refusal(404, "not_found", drf.NotFound.default_detail)
        case django.PermissionDenied():
            return refusal(403, "permission_denied", drf.PermissionDenied.default_detail)
        # Overflow: a moment beyond our time zone's calendar, which REST framework's fields let pass.
        case django.SuspiciousOperation() | OverflowError():
            return refusal(400, "bad_request", _("The request is malformed or too large."))
        case drf.APIException():
            return refusal(error.status_code, error.get_codes(), error.detail, headers=_headers(error))


def refusal(status, code, message, *, headers=None, **more):
    """One answer in the shape of all refusals."""
    return Response({"code": code, "message": str(message), **more}, status=status, headers=headers)


def invalid(errors):
    """What is wrong with the data, under the names of the fields."""
    if not isinstance(errors, dict):
        errors = {django.NON_FIELD_ERRORS: errors}
    return refusal(
        400,
        "invalid",
        _("Some of the data is wrong."),
        errors={key: _texts(said) for key, said in errors.items()},
    )


def _texts(said):
    if isinstance(said, dict):
        return {key: _texts(inner) for key, inner in said.items()}
    if isinstance(said, (list, tuple)):
        return [
            text
            for one in said
            for text in (one.messages if isinstance(one, django.ValidationError) else [_texts(one)])
        ]
    return str(said)


def _headers(error):
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    return headers
