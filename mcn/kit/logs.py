"""What the log says of a request: its method and path, never the words that somebody searched for."""

from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Logs requests without their query, which may hold a name or a phone number."""

    def format_request(self, request):
        """The method and the path."""
        return f"{request.method} {request.path}"
