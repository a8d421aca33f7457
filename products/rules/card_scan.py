"""What the claim scan says of a card: each of its texts by the wording rules of the product's category."""

from dataclasses import dataclass
from typing import Any

from mcn.claims.excuses import Outcome
from mcn.claims.scan import Scanner
from mcn.claims.terms import Regime, shipped
from products.models import CardVersion

SHIPPED = Scanner(shipped(), version="shipped")
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


def scanner():
    """The scanner of the terms in force."""
    return SHIPPED


def regime_of(product):
    """The body of law by which a product's texts are judged; without a category the general one."""
    return Regime(product.category.claim_regime) if product.category else Regime.GENERAL


def standing_points(version):
    """The selling points of a version that were not removed; reads prefetched points."""
    return [point for point in version.points.all() if point.removed_at is None]


def places(version):
    """Every text of a version that people may read out."""
    for point in standing_points(version):
        yield Place(
            f"point-{point.pk}-claim", point._meta.get_field("claim").verbose_name, point, point.claim
        )
    for name in TEXTS:
        yield Place(name, version._meta.get_field(name).verbose_name, version, getattr(version, name))


def scan_text(text, product):
    """The scan of one text about a product."""
    return scanner().scan(text, regime_of(product))


def scan_version(version):
    """``[(place, scan)]`` for every text of a version that is not empty."""
    return [(place, scan_text(place.text, version.card.product)) for place in places(version) if place.text]


def hits_of(scans):
    """The hits of a card's texts as a report keeps them: each with the anchor of its text."""
    return [{"place": place.anchor, **hit.as_dict()} for place, scan in scans for hit in scan.hits]


def outcome_of(scans):
    """What all texts together come to."""
    return max(
        (scan.outcome for _place, scan in scans), key=lambda outcome: outcome.rank, default=Outcome.PASS
    )
