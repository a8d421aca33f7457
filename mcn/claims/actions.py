"""Keeping the terms: every change of them makes a new version, which the next scan uses."""

import hashlib

from django.db import transaction

from mcn.claims import in_force
from mcn.claims.models import EXCUSE_LABELS, Term, TermSet
from mcn.claims.terms import Regime, shipped
from mcn.kit import records
from mcn.kit.moves import require_may

TOLD = ["kind", "outcome", "severity", "excuses", "clause", "source", "reason", "suggestion"]


def keep(term, *, by, at):
    """Save a new or changed term and put it in force."""
    require_may(by, "add" if term._state.adding else "change", term)
    with transaction.atomic():
        records.save(term, by=by, at=at)
        _renew(by=by, at=at)
    return term


def sync_terms(*, at):
    """Bring the terms in step with those shipped; a term that staff have changed stays as they want it."""
    with transaction.atomic():
        known = {(term.text, term.regimes): term for term in Term.objects.all()}
        rows = {(row.text, _codes(row.regimes)): row for row in shipped()}
        fresh = [_as_shipped(*key, row, known.get(key)) for key, row in rows.items()]
        dropped = [_retired(term) for key, term in known.items() if key not in rows and _untouched(term)]
        records.save_many([term for term in fresh + dropped if term], by=None, at=at)
        _renew(by=None, at=at)


def _as_shipped(text, regimes, row, term):
    """The term of a shipped row to save: nothing if staff have changed it or if it says the same."""
    if term and not _untouched(term):
        return None
    term = term or Term(text=text, regimes=regimes)
    for name in TOLD:
        setattr(term, name, getattr(row, name))
    term.excuses = " ".join(code for code in EXCUSE_LABELS if code in row.excuses)
    digest = _digest(term)
    if term.in_use and term.shipped_as == digest:
        return None
    term.in_use, term.shipped_as = True, digest
    return term


def _retired(term):
    """A term that is shipped no more, out of use; nothing if it is already."""
    if not term.in_use:
        return None
    term.in_use = False
    return term


def _untouched(term):
    """Whether a term says what it was shipped to say."""
    return bool(term.shipped_as) and term.shipped_as == _digest(term)


def _digest(*terms):
    """A digest of what terms say."""
    told = hashlib.sha256()
    for term in terms:
        told.update(
            "\x1f".join([term.text, term.regimes, *(str(getattr(term, name)) for name in TOLD)]).encode()
        )
        told.update(b"\x1e")
    return told.hexdigest()


def _codes(regimes):
    """Regimes in the order in which a term keeps them."""
    return " ".join(regime for regime in Regime if regime in regimes)


def _renew(*, by, at):
    """Make a new version if the terms in use say anything else than the newest one."""
    newest = TermSet.objects.select_for_update().order_by("-number").first()
    in_use = list(Term.objects.filter(in_use=True).order_by("id"))
    digest = _digest(*in_use)
    if newest is None or newest.digest != digest:
        number = newest.number + 1 if newest else 1
        records.save(TermSet(number=number, digest=digest, count=len(in_use), made_at=at), by=by, at=at)
        in_force.look_again()
        transaction.on_commit(in_force.look_again)
