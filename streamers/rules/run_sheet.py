"""The run sheet of a show: every product in its place, on an approved card, at a price and in stock."""

from django.db.models import OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mcn.standards.checks import clause
from products.models import CardVersion, Sku
from streamers.models import Offer, RunItem

State = CardVersion.State
SKU_READ = ["id", "code", "specification", "stock", "price", "lowest_before", "on_sale"]


def _promised():
    """What open shows promise of a SKU."""
    offers = Offer.objects.promising().filter(sku=OuterRef("pk")).order_by().values("sku")
    return Coalesce(Subquery(offers.annotate(promised=Sum("spot")).values("promised")), 0)


PREFETCH = [
    Prefetch("items", RunItem.objects.filter(removed_at=None)),
    Prefetch(
        "items__card_version",
        CardVersion.objects.only("id", "card", "number", "state", "promotion_from", "promotion_to"),
    ),
    Prefetch("items__offers", Offer.objects.filter(removed_at=None)),
    Prefetch(
        "items__offers__sku",
        Sku.objects.only(*SKU_READ).annotate(promised=_promised()),
    ),
]


@clause("DB4401 5.3.3 b")
def has_products_in_order(show, on):
    """A show has products, in an order that everybody on it reads."""
    if not show.items.all():
        yield show, _("there is no product on the run sheet yet")


@clause("DB4401 5.2.3.4 a", "DB4401 5.2.2.2", "LSMS 6.2 a")
def reads_from_approved_cards(show, on):
    """Every product is told from the approved version of its selling-point card."""
    for item in show.items.all():
        version = item.card_version
        if version is None:
            yield item, _("there is no approved selling-point card yet")
        elif version.state == State.SUPERSEDED:
            yield (
                item,
                _("version %(number)s of the card was superseded: take the newest")
                % {"number": version.number},
            )
        elif version.state != State.APPROVED:
            yield item, _("version %(number)s of the card is not approved") % {"number": version.number}


@clause("DB4401 5.2.3.4 g", "LSEC 32")
def shows_no_promotion_that_is_over(show, on):
    """The promotion that an approved card tells of is on, on the day of the show."""
    for item in show.items.all():
        version = item.card_version
        if version is None:
            continue
        begins, ends = version.promotion_from, version.promotion_to
        if ends and ends < on:
            yield item, _("the promotion on the card ended on %(day)s") % {"day": f"{ends:%Y-%m-%d}"}
        elif begins and begins > on:
            yield item, _("the promotion on the card begins only on %(day)s") % {"day": f"{begins:%Y-%m-%d}"}


@clause("DB4401 6.3.1 a", "GDAS 5.2.2 a")
def offers_something_of_each(show, on):
    """Of every product something is offered, in stock or on presale, and nothing that is off sale."""
    for item in show.items.all():
        offers = item.offers.all()
        if not any(offer.spot or offer.presale for offer in offers):
            yield item, _("no quantity is offered: say what is in stock and what is presold")
        # Where nothing of it is on sale any more, LISTING says so of the product.
        any_on_sale = any(sku.on_sale for sku in item.product.skus.all())
        for offer in offers:
            if any_on_sale and not offer.sku.on_sale:
                yield offer, _("%(sku)s is not on sale any more") % {"sku": offer.sku}


@clause("DB4401 6.3.1 a", "GDAS 5.2.2 a", "LSEC 43")
def promises_no_more_than_declared(show, on):
    """What is promised from stock, over all shows to come, is no more than the merchant declared."""
    for item in show.items.all():
        for offer in item.offers.all():
            declared = offer.sku.stock or 0
            if offer.spot and offer.sku.promised > declared:
                yield (
                    offer,
                    _("%(sku)s: shows promise %(promised)s, the merchant declares %(declared)s")
                    % {"sku": offer.sku, "promised": offer.sku.promised, "declared": declared},
                )


@clause("DB4401 6.3.1 a", "GDAS 5.2.2 a")
def ships_presold_goods_after_the_show(show, on):
    """The day by which presold goods ship does not lie before the show."""
    for item in show.items.all():
        for offer in item.offers.all():
            if offer.presale and offer.ships_on and offer.ships_on < on:
                yield (
                    offer,
                    _("%(sku)s: presold goods were to ship by %(day)s")
                    % {"sku": offer.sku, "day": f"{offer.ships_on:%Y-%m-%d}"},
                )


@clause("LSEC 32", level="shall not")
def compares_with_a_price_that_was_charged(show, on):
    """A struck-through price has its basis, and without one is no higher than what was charged before."""
    for item in show.items.all():
        for offer in item.offers.all():
            if offer.compared_price is None or offer.price_basis.strip():
                continue
            charged = offer.sku.lowest_before or offer.sku.price
            if offer.compared_price > charged:
                yield (
                    offer,
                    _("%(sku)s: the compared price %(compared)s is above %(charged)s, which was charged")
                    % {"sku": offer.sku, "compared": offer.compared_price, "charged": charged},
                )


@clause("DB4401 5.6.3.5")
def links_to_the_goods(show, on):
    """Every offer has the link under which exactly these goods are sold."""
    for item in show.items.all():
        missing = [offer for offer in item.offers.all() if (offer.spot or offer.presale) and not offer.link]
        if missing:
            yield (
                item,
                _("links are missing: %(skus)s") % {"skus": "、".join(str(row.sku) for row in missing)},
            )


CHECKS = [
    has_products_in_order,
    reads_from_approved_cards,
    shows_no_promotion_that_is_over,
    offers_something_of_each,
    promises_no_more_than_declared,
    ships_presold_goods_after_the_show,
    compares_with_a_price_that_was_charged,
    links_to_the_goods,
]
