"""What the claim scan says of a card: each of its texts by the wording rules of the product's category."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mcn.claims import categories
from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.claims.terms import Regime
from products.models import CardVersion

OUTCOME_LABELS = {
    Outcome.BANNED.value: _("must not be said"),
    Outcome.NEEDS_EVIDENCE.value: _("needs evidence"),
    Outcome.PASS.value: _("nothing found"),
}
TEXTS = [
    name
    for names in CardVersion.FIELDS_OF.values()
    for name in names
    if name not in ("promotion_from", "promotion_to", "compared_price")
]


@dataclass(frozen=True)
class Place:
    """Where a text of a card stands: a field of the version, or the claim of one of its points."""

    anchor: str
    label: Any
    row: Any
    text: str


def regime_of(product):
    """The body of law by which a product's texts are judged; without a category the general one."""
    return categories.regime_of(product.category.claim_regime) if product.category else Regime.GENERAL


def standing_points(version):
    """The selling points of a version that were not removed; reads prefetched points."""
    return [point for point in version.points.all() if point.removed_at is None]


def numbered_points(version):
    """The standing selling points, each with the name by which people find it in the form."""
    points = enumerate(standing_points(version), 1)
    return [(gettext("Selling point %(number)s") % {"number": number}, point) for number, point in points]


def places(version):
    """Every text of a version that people may read out."""
    for label, point in numbered_points(version):
        yield Place(f"point-{point.pk}-claim", label, point, point.claim)
    for name in TEXTS:
        yield Place(name, version._meta.get_field(name).verbose_name, version, getattr(version, name))


def scan_text(text, product):
    """The scan of one text about a product."""
    return scanner().scan(text, regime_of(product))


def scan_version(version):
    """``[(place, scan)]`` for every text of a version that is not empty."""
    in_force, regime = scanner(), regime_of(version.card.product)
    return [(place, in_force.scan(place.text, regime)) for place in places(version) if place.text]


def hits_of(scans):
    """The hits of a card's texts as a report keeps them: each with the anchor of its text."""
    return [{"place": place.anchor, **hit.as_dict()} for place, scan in scans for hit in scan.hits]


def outcome_of(scans):
    """What all texts together come to: the worst of them."""
    found = {scan.outcome for _place, scan in scans}
    worst_first = [Outcome.BANNED, Outcome.NEEDS_EVIDENCE]
    return next((outcome for outcome in worst_first if outcome in found), Outcome.PASS)


def hits_by_place(version):
    """``{anchor: [hit, ...]}`` of the scan kept at the last submission, else of one made now."""
    report = version.scans.last()
    found = {}
    for hit in report.hits if report else hits_of(scan_version(version)):
        found.setdefault(hit["place"], []).append(hit)
    return found


def segments(text, hits):
    """A text in pieces ``(piece, hit or None)``, for marking its hits where they stand."""
    pieces, reached = [], 0
    for hit in sorted(hits, key=lambda hit: hit["start"]):
        if hit["start"] > reached:
            pieces.append((text[reached : hit["start"]], None))
        pieces.append((text[hit["start"] : hit["end"]], hit))
        reached = hit["end"]
    return [*pieces, (text[reached:], None)] if reached < len(text) else pieces
