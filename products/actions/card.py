"""The verbs of a selling-point card: opened, written as it is typed, submitted, approved or sent back."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.claims.in_force import scanner
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused, WrongState
from products.models import Card, CardComment, CardScan, CardVersion, SellingPoint, SetAside
from products.rules.card import CARD, CARD_SUBMISSION
from products.rules.card_scan import hits_of, outcome_of, scan_version

State = CardVersion.State
POINT_WORDS = ["claim", "credential", "beyond_papers", "source"]


@dataclass(frozen=True)
class Comment:
    """What a reviewer says of a part, of one selling point, or (with no part) of the whole."""

    text: str
    part: str = ""
    point: SellingPoint | None = None


def open_version(product, *, by, at):
    """Begin a product's card, or its next version with the words of the last; one is open at a time."""
    with transaction.atomic():
        card = _card(product, by=by, at=at)
        last = card.versions.order_by("number").last()
        if last and last.state in CardVersion.OPEN:
            raise WrongState(_("The card has an open version already: go on with that one."))
        version = CardVersion(card=card, number=last.number + 1 if last else 1)
        moves.require_may(by, "add", version)
        for name, value in (_words(last, CardVersion.CONTENT) if last else _first_words(product)).items():
            setattr(version, name, value)
        records.save(version, by=by, at=at, verb="open_version")
        if last:
            _copy_points(last, version, by=by, at=at)
    return version


def save_draft(version, *, by, at, words=None, points=None, seen=None):
    """Keep what was typed, however incomplete; refused as stale when the version is not as it was ``seen``.

    ``words`` are values by field, ``points`` words of selling points by their id.
    """
    with editing(version, by=by, at=at, seen=seen) as locked:
        for name in CardVersion.CONTENT:
            if name in (words or {}):
                setattr(locked, name, words[name])
        if _save_points(locked, points or {}, by=by, at=at):
            records.save(locked, by=by, at=at, verb="change")
    return version


def _save_points(version, words, *, by, at):
    """Write words of standing points; whether any of them changed."""
    changed = False
    for point in version.points.filter(pk__in=words, removed_at=None):
        before = point.version
        for name in POINT_WORDS:
            if name in words[point.pk]:
                setattr(point, name, words[point.pk][name])
        changed |= records.save(point, by=by, at=at).version != before
    return changed


@contextmanager
def editing(version, *, by, at, seen=None, verb=""):
    """Lock a version that may still be written; with a verb it counts as changed if only its points did."""
    with transaction.atomic():
        locked = moves.lock_words(version, by=by, seen=seen)
        yield locked
        records.save(locked, by=by, at=at, verb=verb)
    version.refresh_from_db()


def submit(version, *, by, at, note=""):
    """Hand a complete card to the reviewers, with the report of the claim scan."""
    with moves.move(version, "submit", by=by, at=at, note=note) as locked:
        CARD_SUBMISSION.inspect(locked, on=business_day(at)).require()
        scans = scan_version(locked)
        hits = hits_of(scans)
        report = CardScan(
            card_version=locked,
            terms=scanner().version,
            outcome=outcome_of(scans),
            hits=hits,
            scanned_at=at,
        )
        records.save(report, by=by, at=at)
        locked.submitted_by, locked.submitted_at, locked.hits = by, at, len(hits)
        locked.decided_by = locked.decided_at = None
    return version


def withdraw(version, *, by, at, note=""):
    """Take a card back from the reviewers before they decided."""
    with moves.move(version, "withdraw", by=by, at=at, note=note):
        pass
    return version


def approve(version, *, by, at, note="", comments=()):
    """Approve a card for good, not by who submitted it; it supersedes the version approved before."""
    with moves.move(version, "approve", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        moves.lock(locked.card)
        CARD.inspect(locked, on=business_day(at)).require()
        _comment(locked, [Comment(note), *comments], by=by, at=at)
        for before in CardVersion.objects.filter(card=locked.card_id, state=State.APPROVED):
            before.state = State.SUPERSEDED
            records.save(before, by=by, at=at, verb="supersede")
        locked.decided_by, locked.decided_at = by, at
    return version


def approve_clean(version, *, by, at, note=""):
    """Approve a card on which neither the scan nor any check found a thing: the way for many at once."""
    if version.hits or CARD.inspect(version, on=business_day(at)).findings:
        raise Refused(_("Something was found on this card: look at it by itself."))
    return approve(version, by=by, at=at, note=note)


def send_back(version, *, by, at, note="", comments=()):
    """Return a card to its merchant, saying what to mend in which part."""
    said = [comment for comment in [Comment(note), *comments] if comment.text.strip()]
    with moves.move(version, "send_back", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        if not said:
            raise ValidationError({"note": _("Say what has to be mended.")})
        _comment(locked, said, by=by, at=at)
        locked.decided_by, locked.decided_at = by, at
    return version


def set_aside(version, words, *, by, at):
    """Keep what a person typed into a version that had moved on; their later typing replaces it."""
    with transaction.atomic():
        locked = moves.lock(version)
        moves.require_may(by, "change", locked)
        kept = SetAside.objects.filter(card_version=locked, typed_by=by, settled_at=None).first()
        kept = kept or SetAside(card_version=locked, typed_by=by)
        kept.words, kept.typed_at = words, at
        return records.save(kept, by=by, at=at, verb="set_aside")


def settle(kept, *, by, at, words=None, points=None, seen=None):
    """End a draft set aside: what the person chose of it goes into the version, the rest stays on record."""
    with transaction.atomic():
        if words or points:
            save_draft(kept.card_version, words=words, points=points, seen=seen, by=by, at=at)
        kept.settled_at = at
        return records.save(kept, by=by, at=at, verb="settle")


def _card(product, *, by, at):
    card = Card.objects.filter(product=product).first()
    return moves.lock(card) if card else records.save(Card(product=product), by=by, at=at)


def _words(row, names):
    return {name: getattr(row, name) for name in names}


def _first_words(product):
    """What a product says already of the parts of its first card."""
    days = product.shelf_life_days
    shelf_life = _("%(days)s days") % {"days": days} if days else product.validity_term
    return {"after_sales": product.service_promises[:1_000], "shelf_life": shelf_life}


def _copy_points(source, version, *, by, at):
    copied = [
        SellingPoint(
            card_version=version,
            place=place,
            document_id=point.document_id,
            file_sha256=point.file_sha256,
            **_words(point, POINT_WORDS),
        )
        for place, point in enumerate(source.points.filter(removed_at=None).select_related("credential"), 1)
    ]
    records.save_many(copied, by=by, at=at)


def _comment(version, comments, *, by, at):
    rows = [
        CardComment(
            card_version=version, part=said.part, point=said.point, text=said.text, said_by=by, said_at=at
        )
        for said in comments
        if said.text.strip()
    ]
    for row in rows:
        records.save(row, by=by, at=at)
