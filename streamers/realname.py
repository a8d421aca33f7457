"""Whether a name and an ID number are one person's, asked of whoever the settings name.

``manual``: nobody is asked; staff look at the paper and attach it as evidence. ``http``: a service, whose
address and key come from the environment. ``recorded``: that service's answers as they were once recorded,
for tests and the demo. An answer is kept as the provider's name and its own reference; the name and the
number are neither kept nor logged.
"""

import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from mcn.kit.refusal import Refused

LONGEST_ANSWER = 64 * 1024
RECORDED = Path(__file__).parent / "data" / "real_name_answers.json"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Match:
    """What a provider answered: whether name and number are one person's, and its own reference."""

    provider: str
    matches: bool
    reference: str


class Unanswered(Refused):
    """The provider could not be asked or gave no answer that means anything."""

    status = 503
    code = "real_name_unanswered"


class Manual:
    """Staff compare the paper with the person; there is nobody to ask."""

    name = "manual"
    asks = False

    def check(self, **person):
        raise Unanswered(_("Nobody is configured to be asked: look at the paper and attach it as evidence."))


class Http:
    """A service over HTTPS that answers ``{"match": true, "reference": "..."}`` to a name and a number."""

    name = "http"
    asks = True

    @sensitive_variables()
    def check(self, *, name, id_number, document_type):
        """Ask whether the number is this person's."""
        body = {"name": name, "id_number": id_number, "document_type": document_type}
        return self._read(self._post(body))

    @sensitive_variables()
    def _post(self, body):
        # No redirect is followed and no message of the error is passed on: either could carry the number.
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked where the address is read
            self._address(),
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {settings.MCN_REAL_NAME['key']}",
            },
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=settings.MCN_REAL_NAME["timeout"]) as answer:
                return answer.read(LONGEST_ANSWER)
        except OSError:
            raise Unanswered(
                _("The real-name provider cannot be reached or refused the question: try again later.")
            ) from None

    def _address(self):
        parts = urlsplit(settings.MCN_REAL_NAME["url"])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ImproperlyConfigured("MCN_REAL_NAME_URL needs an https address")
        return settings.MCN_REAL_NAME["url"]

    def _read(self, raw):
        try:
            told = json.loads(raw)
            matches, reference = told["match"], str(told["reference"])
        except (ValueError, KeyError, TypeError):
            raise Unanswered(_("The real-name provider's answer cannot be read: ask its support.")) from None
        if not isinstance(matches, bool):
            raise Unanswered(_("The real-name provider's answer cannot be read: ask its support."))
        return Match(self.name, matches, reference[:100])


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Recorded(Http):
    """Answers as they were recorded: by the legal name where one is told, else a match."""

    name = "recorded"

    def _post(self, body):
        recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
        answer = recorded["by_name"].get(body["name"], recorded["default"])
        if answer is None:
            raise Unanswered(
                _("The real-name provider cannot be reached or refused the question: try again later.")
            )
        return json.dumps(answer)


PROVIDERS = {kind.name: kind for kind in (Manual, Http, Recorded)}


def provider():
    """The provider that the settings name."""
    try:
        return PROVIDERS[settings.MCN_REAL_NAME["provider"]]()
    except KeyError:
        raise ImproperlyConfigured(f"MCN_REAL_NAME_PROVIDER is one of {', '.join(PROVIDERS)}") from None
