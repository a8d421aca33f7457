"""Promises of what a show will bring (DB4401 5.4.3.1 b), found in contracts and agreements."""

from django.utils.translation import gettext as _

from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.claims.models import Term

CLAUSE = "DB4401 5.4.3.1 b"


def promises(text):
    """The hits in a text that promise results of a show, in their order; offsets count its characters."""
    if not text:
        return []
    hits = scanner().scan(text).hits
    return [hit for hit in hits if hit.kind == Term.Kind.RESULTS and hit.outcome is Outcome.BANNED]


def told(hit, label):
    """How a promise is told to whoever has to strike it out: what it says, where, and what to say instead."""
    said = _("%(where)s, characters %(start)s to %(end)s: “%(matched)s” promises results. %(suggestion)s")
    return said % {
        "where": label,
        "start": hit.start + 1,
        "end": hit.end,
        "matched": hit.matched,
        "suggestion": hit.suggestion,
    }


def marked(text, hits):
    """A text in pieces ``(piece, hit or None)``, for marking its promises where they stand."""
    pieces, reached = [], 0
    for hit in hits:
        pieces += [(text[reached : hit.start], None), (text[hit.start : hit.end], hit)]
        reached = hit.end
    return [piece for piece in [*pieces, (text[reached:], None)] if piece[0]]
