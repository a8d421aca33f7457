"""What the log says of a request: its method and path, never the words that somebody searched for."""

from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Logs requests without their query, which may hold a name or a phone number."""

    @staticmethod
    def format_request(request):
        """The method and the path."""
        return f"{request.method} {request.path}"
