"""The language is the user's own setting, never the browser's header."""

from django.conf import settings
from django.utils import translation

LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME


class UserLanguageMiddleware:
    """Speak the language a user chose; a visitor's choice is kept in a cookie; else Simplified Chinese."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request):
        chosen = (
            request.user.language if request.user.is_authenticated else request.COOKIES.get(LANGUAGE_COOKIE)
        )
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            # A program's token tells its owner, and so the language, only behind this door.
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
