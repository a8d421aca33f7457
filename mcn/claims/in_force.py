"""The scanner of the terms in force, compiled once in a process for each version of them."""

import threading

from django.core.cache import cache

from mcn.claims.models import Term, TermSet
from mcn.claims.scan import Scanner
from mcn.claims.terms import shipped

SHIPPED = "shipped"
VERSION = "claims.version"
SECONDS = 5  # how long a process may miss a new version, should it have read the old one just as that came

_lock = threading.Lock()
_compiled: dict[str, Scanner] = {}


def scanner():
    """The scanner of the newest version; of the shipped terms where none has been loaded yet."""
    version = cache.get(VERSION)
    with _lock:
        if version not in _compiled:
            version = _newest()
            cache.set(VERSION, version, SECONDS)
        if version not in _compiled:
            made = Scanner(_rows(version), version)
            _compiled.clear()
            _compiled[version] = made
        return _compiled[version]


def look_again():
    """Have the next scan, in whatever process, ask which version is the newest."""
    cache.set(VERSION, "", SECONDS)


def _newest():
    newest = TermSet.objects.order_by("-number").first()
    return newest.name if newest else SHIPPED


def _rows(version):
    if version == SHIPPED:
        return shipped()
    return (term.row() for term in Term.objects.filter(in_use=True).order_by("id"))
