"""The verbs of a card's selling points: added, put in order, proved, removed and brought back."""

from django.db.models import Max
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import records
from mcn.kit.refusal import Refused
from products.actions.card import POINT_WORDS, editing
from products.models import SellingPoint

MOST = 30


def add_point(version, *, by, at, **words):
    """Put a selling point at the end of a draft; it may be empty as yet."""
    with editing(version, by=by, at=at, verb="change") as locked:
        standing = locked.points.filter(removed_at=None)
        if standing.count() >= MOST:
            raise Refused(_("A card has at most %(most)s selling points.") % {"most": MOST})
        last = locked.points.aggregate(last=Max("place"))["last"] or 0
        chosen = {name: value for name, value in words.items() if name in POINT_WORDS}
        return records.save(SellingPoint(card_version=locked, place=last + 1, **chosen), by=by, at=at)


def remove_point(point, *, by, at):
    """Take a selling point out of a draft; it can be brought back."""
    return _set(point, by=by, at=at, verb="remove", removed_at=at)


def restore_point(point, *, by, at):
    """Bring a removed selling point back to its place."""
    return _set(point, by=by, at=at, verb="restore", removed_at=None)


def reorder_points(version, order, *, by, at):
    """Put a draft's selling points into the order of their ids; those not named follow as they stood."""
    with editing(version, by=by, at=at, verb="change") as locked:
        points = list(locked.points.select_related("card_version__card", "credential"))
        wanted = {number: place for place, number in enumerate(order)}
        points.sort(key=lambda point: (wanted.get(point.pk, len(wanted)), point.place, point.pk))
        for place, point in enumerate(points, 1):
            point.place = place
        records.save_many(points, by=by, at=at)
    return version


def attach_evidence(point, file, *, by, at, title="", evidence_on=None):
    """Prove a selling point by a new document, so that what proves an older version stays as it is."""
    with editing(point.card_version, by=by, at=at, verb="change"):
        point = _fresh(point)
        document = evidence.attach(
            point, file, title=(title or file.name)[:200], by=by, at=at, evidence_on=evidence_on
        )
        point.document, point.file_sha256 = document, document.latest.sha256
        return records.save(point, by=by, at=at, verb="attach")


def detach_evidence(point, *, by, at):
    """Let a selling point stand without its file, which stays on record."""
    return _set(point, by=by, at=at, verb="detach", document=None, file_sha256="")


def _set(point, *, by, at, verb, **values):
    with editing(point.card_version, by=by, at=at, verb="change"):
        point = _fresh(point)
        for name, value in values.items():
            setattr(point, name, value)
        return records.save(point, by=by, at=at, verb=verb)


def _fresh(point):
    """The row as it stands now that its version is locked."""
    return SellingPoint.objects.get(pk=point.pk)
