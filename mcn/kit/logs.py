"""What the log says of a request: its method and path, never a search's words nor a link's signed token."""

import logging
import re

from django_structlog.middlewares import RequestMiddleware

# What ``django.core.signing`` makes has colons, and lets in whoever holds it.
TOKEN = re.compile(r"[^/]+:[^/]+")


class RequestLogMiddleware(RequestMiddleware):
    """Logs requests without their query, which may hold a name or a phone number."""

    @staticmethod
    def format_request(request):
        """The method and the path, stars for a token in it."""
        return f"{request.method} {TOKEN.sub('***', request.path)}"


class TokenFilter(logging.Filter):
    """Puts stars for the tokens of links into what Django itself says of a request: refusals and failures."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(
                TOKEN.sub("***", said) if isinstance(said, str) else said for said in record.args
            )
        return True
