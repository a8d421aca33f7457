"""CARD: whether a selling-point card says all that it must, and nothing that it must not."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.claims.excuses import Outcome
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from products.models import CardVersion, SellingPoint
from products.rules.card_page import SIZES, pages_of
from products.rules.card_scan import numbered_points, regime_of, scan_version
from products.rules.submission import has_a_basis_for_its_struck_through_price

Part = CardVersion.Part
# The wording rules of goods that are eaten, drunk, taken or put on the skin.
DATED = {
    "ordinary_food",
    "health_food",
    "infant_food",
    "medical_food",
    "alcohol",
    "cosmetics",
    "special_cosmetics",
    "drug",
    "medical_device",
    "disinfectant",
}
# What LSEC 32 asks of a promotion has a check of its own.
REDUCTION = ["compared_price", "price_basis"]


@dataclass(frozen=True)
class Spot:
    """A place of a card at fault, which stands for its version and knows where it is mended."""

    version: Any
    anchor: str
    label: Any

    def __str__(self):
        return f"{self.version} · {self.label}"

    @property
    def pk(self):
        return self.version.pk

    @property
    def _meta(self):
        return self.version._meta

    @property
    def url(self):
        """The field in the merchant's form."""
        return f"{reverse('card', args=[self.version.pk])}#{self.anchor}"


def for_inspection(versions):
    """Versions with what all checks read, in as many queries for a thousand as for one."""
    points = SellingPoint.objects.filter(removed_at=None).select_related("credential__kind", "document")
    return versions.select_related("card__product__category", "card__product__merchant").prefetch_related(
        Prefetch("points", points), "card__product__skus"
    )


def for_reading(versions):
    """The same, with the files of the evidence."""
    return for_inspection(versions).prefetch_related("points__document__revisions")


def spot(version, name, label=None):
    """The spot of a field of a version."""
    return Spot(version, name, label or version._meta.get_field(name).verbose_name)


def _told(version, part, names=None):
    """The fields of a part that are blank, or its missing reason where it was set aside."""
    if not version.applies(part):
        if not version.not_applicable[part].strip():
            yield spot(version, f"{part}-reason", part.label), _("say why it does not apply")
        return
    for name in names or CardVersion.FIELDS_OF[part]:
        value = getattr(version, name)
        if value is None or not str(value).strip():
            found = spot(version, name)
            yield found, _("nothing is said about: %(item)s") % {"item": found.label}


@clause("DB4401 5.2.3.4 a")
def tells_the_hazards(version, on):
    """A card says in what way the product may harm whoever uses it."""
    yield from _told(version, Part.HAZARDS)


@clause("DB4401 5.2.3.4 b")
def warns_special_groups(version, on):
    """A card says who has to take care: children, pregnant women, the allergic, the sick."""
    yield from _told(version, Part.WARNINGS)


@clause("DB4401 5.2.3.4 c")
def tells_what_to_do_in_an_accident(version, on):
    """A card says what to do when something has happened."""
    yield from _told(version, Part.ACCIDENT)


@clause("DB4401 5.2.3.4 d")
def makes_after_sales_promises(version, on):
    """A card says what buyers are promised after the sale."""
    yield from _told(version, Part.AFTER_SALES)


@clause("DB4401 5.2.3.4 e")
def tells_production_date_and_shelf_life(version, on):
    """A card says when the goods were made and how long they last; of food and cosmetics, always."""
    product = version.card.product
    if not version.applies(Part.DATES) and regime_of(product) in DATED:
        message = _("goods of the category %(category)s always have dates") % {"category": product.category}
        yield spot(version, "production_date"), message
    else:
        yield from _told(version, Part.DATES)


@clause("DB4401 5.2.3.4 f")
def names_the_source_beyond_the_papers(version, on):
    """A selling point that goes beyond the merchant's papers names its source."""
    for label, point in numbered_points(version):
        if point.beyond_papers and not point.source.strip():
            yield (
                Spot(version, f"point-{point.pk}-source", label),
                _("it goes beyond the merchant's papers, so its source has to be named"),
            )


@clause("DB4401 5.2.3.4 g", "DB4401 5.5.3 c")
def tells_the_whole_promotion(version, on):
    """A promotion is told with its scope, rules, period and limits, and is not over already."""
    names = [name for name in CardVersion.FIELDS_OF[Part.PROMOTION] if name not in REDUCTION]
    yield from _told(version, Part.PROMOTION, names)
    if version.applies(Part.PROMOTION) and version.promotion_to and version.promotion_to < on:
        day = f"{version.promotion_to:%Y-%m-%d}"
        yield spot(version, "promotion_to"), _("the promotion ended on %(day)s") % {"day": day}


@clause("LSEC 32")
def says_what_the_reduction_is_measured_by(version, on):
    """A promotion gives its compared price or basis; without a basis, one no higher than was charged."""
    if not version.applies(Part.PROMOTION) or version.price_basis.strip():
        return
    if version.compared_price is None:
        yield spot(version, "compared_price"), _("give the compared price or the basis of the reduction")
        return
    charged = _charged(version.card.product)
    if version.compared_price > charged:
        message = _("the compared price is above %(price)s, the highest charged before: state its basis")
        yield spot(version, "price_basis"), message % {"price": charged}


def _charged(product):
    """The highest price that needs no basis: what is charged now, or was just before the offer."""
    prices = [max(sku.price, sku.lowest_before or sku.price) for sku in product.skus.all() if sku.on_sale]
    return max(prices, default=0)


@clause("DB4401 5.5.3 a")
def gives_selling_points(version, on):
    """A card has something to say: at least one selling point, and none left empty."""
    points = numbered_points(version)
    if not points:
        yield spot(version, "points", Part.POINTS.label), _("there is no selling point yet")
    for label, point in points:
        if not point.claim.strip():
            yield (
                Spot(version, f"point-{point.pk}-claim", label),
                _("a selling point is empty: write it or remove it"),
            )


@clause("DB4401 5.5.2.3")
def says_nothing_banned(version, on):
    """No text of a card holds a word that advertising law forbids."""
    for place, scan in scan_version(version):
        for hit in scan.hits:
            if hit.outcome == Outcome.BANNED:
                yield Spot(version, place.anchor, place.label), _hit(hit)


@clause("DB4401 5.5.2.3")
def proves_what_needs_evidence(version, on):
    """A claim that the scan wants proved is a selling point with evidence that is good on the day."""
    for place, scan in scan_version(version):
        proved = isinstance(place.row, SellingPoint) and place.row.proofs(on)
        for hit in scan.hits:
            if hit.outcome == Outcome.NEEDS_EVIDENCE and not proved:
                yield Spot(version, place.anchor, place.label), _hit(hit)


def _hit(hit):
    said = _("“%(matched)s”: %(reason)s. %(suggestion)s")
    return said % {"matched": hit.matched, "reason": hit.reason, "suggestion": hit.suggestion}


@clause("DB4401 5.5.2.3", level="should")
def proves_every_selling_point(version, on):
    """Each selling point stands on evidence, or on a named source."""
    for label, point in numbered_points(version):
        if point.claim.strip() and not point.proofs(on) and not point.source.strip():
            yield Spot(version, f"point-{point.pk}-evidence", label), _("it has no evidence yet")


@clause("DB4401 5.5.3 a")
def fits_on_one_page(version, on):
    """A card can be printed on one A4 page in letters that can be read."""
    pages = pages_of(version)
    if pages > 1:
        message = _("the card fills %(pages)s pages even in letters of %(size)s points: shorten it to one")
        yield spot(version, "points", Part.POINTS.label), message % {"pages": pages, "size": SIZES[-1]}


PRICES = Rulebook(
    "card_prices",
    gettext_lazy("prices on a card"),
    [has_a_basis_for_its_struck_through_price],
    prefetch=lambda products: products.prefetch_related("skus"),
)
CARD = Rulebook(
    "card",
    gettext_lazy("selling-point card"),
    [
        gives_selling_points,
        tells_the_hazards,
        warns_special_groups,
        tells_what_to_do_in_an_accident,
        makes_after_sales_promises,
        tells_production_date_and_shelf_life,
        names_the_source_beyond_the_papers,
        tells_the_whole_promotion,
        says_what_the_reduction_is_measured_by,
        says_nothing_banned,
        proves_what_needs_evidence,
        proves_every_selling_point,
    ],
    prefetch=for_inspection,
    parts=[(lambda version: [version.card.product], PRICES)],
    mend=lambda row: row.url,
)
# The same every night of the cards in use, for staff, who do not see the merchant's form.
APPROVED = replace(
    CARD,
    name="approved_cards",
    label=gettext_lazy("approved selling-point cards"),
    mend=admin_page,
    subjects=lambda: CardVersion.objects.filter(state=CardVersion.State.APPROVED),
)
CARD_SUBMISSION = Rulebook(
    "card_submission",
    gettext_lazy("submission of a card"),
    [fits_on_one_page],
    prefetch=for_inspection,
    parts=[(lambda version: [version], CARD)],
    mend=lambda row: row.url,
)
