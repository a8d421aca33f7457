"""What every request keeps to: the addresses that are taken, and where the content policy gives way."""

from urllib.parse import unquote

from django.core.exceptions import BadRequest

# unfold and Alpine write style attributes, and so does the page to try the API. Scripts stay strict.
STYLED_IN_PLACE = ("admin", "docs")


class InPlaceStylesMiddleware:
    """Allow style attributes where libraries write them; everywhere else a style comes from a file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if match and (match.app_name in STYLED_IN_PLACE or match.url_name in STYLED_IN_PLACE):
            response._csp_update = {"style-src": ["'unsafe-inline'"]}  # django-csp reads it
        return response


class PlainAddressMiddleware:
    """Refuse an address with the one character that PostgreSQL can neither hold nor look for.

    Bodies are looked through by their forms, and everything sent to the API by its fields and filters.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/api/") and "\0" in unquote(request.get_full_path()):
            raise BadRequest
        return self.get_response(request)
