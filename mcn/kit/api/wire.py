"""JSON in and out, and the tags by which clients say which state of a row they mean."""

import zlib
from decimal import Decimal

import orjson
from django.conf import settings
from django.utils.functional import Promise
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class TooLarge(APIException):
    """The body is larger than this door takes."""

    status_code = 413
    default_code = "too_large"
    default_detail = _("The request is too large.")


class JSONRenderer(BaseRenderer):
    """Moments in UTC, days as days, money as text."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return b"" if data is None else dumps(data)


class JSONParser(BaseParser):
    """Strict JSON up to ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("This is not JSON: %(reason)s") % {"reason": error}) from error


def dumps(data):
    """JSON bytes of what serializers and ``values_list`` give."""
    return orjson.dumps(data, default=_as_text, option=OPTIONS)


def plain(data):
    """Data as a client reads it back from its JSON."""
    return orjson.loads(dumps(data))


def _as_text(value):
    if isinstance(value, (Decimal, Promise)):
        return str(value)
    raise TypeError(type(value))


def etag(version, data):
    """The tag of an answer: the row's version, for writers, and a checksum of what is shown, for readers."""
    return f'"{version}-{zlib.crc32(dumps(data)):08x}"'


def versions(header):
    """The row versions that an If-Match header accepts; ``*`` stays."""
    return {tag.removeprefix("W/").strip('"').partition("-")[0] for tag in parse_etags(header)}
