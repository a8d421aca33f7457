"""The pages of links that carry a signed token: nobody signs in, nothing is found by guessing."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from mcn.kit.attempts import count_attempt
from mcn.kit.portal import OpenFormPage

ATTEMPTS_AN_HOUR = 20
# Not "no-referrer": browsers then send forms with no origin either, and the forgery check refuses them.
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


class LinkPage(OpenFormPage):
    """The page of a link: a kind 404 where the token is not ours or leads nowhere any more."""

    row = None
    attempts = ""

    def find(self, token):
        """The row that the link is about, or None; a subclass says which."""
        raise NotImplementedError

    def is_open(self):
        """Whether the link still leads somewhere."""
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        self.row = self.find(kwargs["token"])
        answer = self.answer(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer

    def answer(self, request, *args, **kwargs):
        """The page, or the kind word that the link is gone."""
        if self.row is None or not self.is_open():
            return TemplateResponse(request, "streamers/portal/link_gone.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def count(self):
        """Count one attempt of this visitor."""
        message = _("Too many attempts came from here. Please try again in an hour.")
        count_attempt(self.request, self.attempts, ATTEMPTS_AN_HOUR, message)
