"""The run sheet as a page shows it: each product with its offers, and what may still be promised of each."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Sum

from products.models import CardVersion, Sku
from streamers.models import Offer


@dataclass
class Deal:
    """An offer and its SKU's stock: declared, and left beside what other shows promise."""

    offer: Any
    left: int | None

    @property
    def short(self):
        """Whether more is promised than is left."""
        return self.left is not None and self.offer.spot > self.left


@dataclass
class Line:
    """A product on the run sheet: its offers, the newest approved card, what stands against it."""

    item: Any
    deals: list
    newest_card: Any
    unoffered: int = 0
    findings: list = field(default_factory=list)

    @property
    def card_is_old(self):
        """Whether a newer version of the card was approved than the one that is read from."""
        return bool(self.newest_card) and self.newest_card.pk != self.item.card_version_id

    @property
    def blockers(self):
        return [finding for finding in self.findings if finding.blocks]


def lines(show):
    """The lines of a run sheet in order, in as many queries for two hundred as for one."""
    offers = Offer.objects.filter(removed_at=None).select_related("sku")
    approved = CardVersion.objects.filter(state=CardVersion.State.APPROVED)
    items = list(
        show.items.standing()
        .select_related("product__merchant", "product__card", "card_version")
        .prefetch_related(
            Prefetch("offers", offers, to_attr="offers_now"),
            Prefetch("product__card__versions", approved, to_attr="approved_now"),
        )
    )
    on_sale = _on_sale([item.product_id for item in items])
    promised = promised_elsewhere(show, [offer.sku_id for item in items for offer in item.offers_now])
    return [
        Line(
            item,
            [_deal(offer, promised) for offer in item.offers_now],
            _newest(item.product),
            len(on_sale.get(item.product_id, set()) - {offer.sku_id for offer in item.offers_now}),
        )
        for item in items
    ]


def _on_sale(products):
    """``{id of a product: the ids of its SKUs on sale}``."""
    found = {}
    for product, sku in Sku.objects.filter(product__in=products, on_sale=True).values_list("product", "pk"):
        found.setdefault(product, set()).add(sku)
    return found


def promised_elsewhere(show, skus):
    """``{id of a SKU: pieces that other open shows promise}``."""
    others = Offer.objects.promising().exclude(item__show=show).filter(sku__in=set(skus)).order_by()
    return dict(others.values_list("sku").annotate(promised=Sum("spot")))


def _deal(offer, promised):
    declared = offer.sku.stock
    left = None if declared is None else max(declared - promised.get(offer.sku_id, 0), 0)
    return Deal(offer, left)


def _newest(product):
    card = getattr(product, "card", None)
    return card.approved_now[0] if card and card.approved_now else None


def totals(found):
    """What the whole run sheet comes to: products, offers, pieces, minutes, and the amount if all is sold."""
    offers = [deal.offer for line in found for deal in line.deals]
    pieces = [offer.spot + offer.presale for offer in offers]
    amounts = (offer.price * count for offer, count in zip(offers, pieces, strict=True))
    return {
        "products": len(found),
        "merchants": len({line.item.product.merchant_id for line in found}),
        "offers": len(offers),
        "spot": sum(offer.spot for offer in offers),
        "presale": sum(offer.presale for offer in offers),
        "amount": sum(amounts, Decimal(0)),
        "minutes": sum(line.item.minutes or 0 for line in found),
        "blocked": sum(bool(line.blockers) for line in found),
    }
