"""The scanner of the terms in force, compiled once in a process for each version of them."""

import threading

from mcn.claims.models import Term, TermSet
from mcn.claims.scan import Scanner
from mcn.claims.terms import shipped

SHIPPED = "shipped"

_lock = threading.Lock()
_compiled: dict[str, Scanner] = {}


def scanner():
    """The scanner of the newest version; of the shipped terms where none has been loaded yet."""
    newest = TermSet.objects.order_by("-number").first()
    return _scanner_of(newest.name if newest else SHIPPED)


def _scanner_of(version):
    """One compiled scanner is kept: the version in force, which every thread shares."""
    with _lock:
        if version not in _compiled:
            rows = shipped() if version == SHIPPED else (t.row() for t in Term.objects.filter(in_use=True))
            made = Scanner(rows, version)
            _compiled.clear()
            _compiled[version] = made
        return _compiled[version]
