"""Where the content security policy gives way, and how far."""

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
