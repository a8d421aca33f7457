"""What has to be said on air of each product, in the words that its offers, service plan and card have."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.models import CardVersion
from streamers.models import Topic

Part = CardVersion.Part
# What the card says under each topic, unless it has set the part aside as not applicable.
OF_CARD = {
    Topic.PROMISES: Part.AFTER_SALES,
    Topic.HAZARDS: Part.HAZARDS,
    Topic.WARNINGS: Part.WARNINGS,
    Topic.ACCIDENT: Part.ACCIDENT,
    Topic.DATES: Part.DATES,
    Topic.PROMOTION: Part.PROMOTION,
}
SPOKEN = {Part.PROMOTION: ["promotion_scope", "promotion_rules", "promotion_limits"]}
# What a service plan may bring beside the carrier.
EXTRAS = ["cold_chain", "installation"]


@dataclass(frozen=True)
class Line:
    """Something that has to be said of a product, in the words that it has on paper."""

    topic: Topic
    text: str

    @property
    def label(self):
        return self.topic.label


def to_say(item):
    """The lines of a product on the run sheet; reads what ``PREFETCH`` of the rules on air loaded."""
    offers = [offer for offer in item.offers.all() if offer.removed_at is None]
    plan = _plan_of(item)
    lines = [
        Line(Topic.PRICE, "；".join(_price(offer) for offer in offers)),
        Line(Topic.DELIVERY, _delivery(plan) if plan else ""),
        Line(Topic.SPOT, "；".join(f"{_name(offer)} {offer.spot}" for offer in offers if offer.spot)),
        Line(Topic.PRESALE, "；".join(_presale(offer) for offer in offers if offer.presale)),
        Line(Topic.LOGISTICS, _logistics(plan) if plan else ""),
        Line(Topic.RETURNS, _returns(plan) if plan else ""),
        *(_of_card(item.card_version) if item.card_version else []),
    ]
    # Goods that are not sold in advance have no presale to tell of, nor those not in stock a stock.
    return [line for line in lines if line.text or line.topic not in (Topic.SPOT, Topic.PRESALE)]


def _name(offer):
    return offer.sku.specification or offer.sku.code


def _price(offer):
    said = _("%(what)s %(price)s yuan") % {"what": _name(offer), "price": offer.price}
    return f"{said}（{offer.compared_price}：{offer.price_basis}）" if offer.compared_price else said


def _presale(offer):
    return _("%(what)s %(count)s, ships by %(day)s") % {
        "what": _name(offer),
        "count": offer.presale,
        "day": f"{offer.ships_on:%Y-%m-%d}",
    }


def _plan_of(item):
    """The service plan that both sides agreed to for the merchant of a product."""
    merchant = item.product.merchant_id
    return next((plan for plan in item.show.service_plans.all() if plan.merchant_id == merchant), None)


def _delivery(plan):
    told = []
    if plan.ship_hours:
        told.append(_("ships within %(hours)s hours") % {"hours": plan.ship_hours})
    if plan.arrive_days:
        told.append(_("arrives %(days)s days later") % {"days": plan.arrive_days})
    return "；".join(told)


def _logistics(plan):
    told = [plan.carrier]
    told += [str(plan._meta.get_field(name).verbose_name) for name in EXTRAS if getattr(plan, name)]
    return "；".join(part for part in [*told, plan.logistics] if part)


def _returns(plan):
    told = [str(plan.get_return_way_display()), plan.return_terms]
    if plan.return_hours:
        told.insert(1, _("settled within %(hours)s hours") % {"hours": plan.return_hours})
    return "；".join(part for part in told if part)


def _of_card(card):
    for topic, part in OF_CARD.items():
        names = SPOKEN.get(part, card.FIELDS_OF[part])
        text = "；".join(str(value) for name in names if (value := getattr(card, name)))
        if text and card.applies(part):
            yield Line(topic, text)
    beyond = [point for point in card.points.all() if point.beyond_papers and point.removed_at is None]
    if beyond:
        yield Line(Topic.SOURCE, "；".join(f"{point.claim}：{point.source}" for point in beyond))
