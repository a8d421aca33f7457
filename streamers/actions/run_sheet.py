"""The run sheet: products picked, put in order, offered at a price and in a quantity that is there."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, Sum
from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.kit.refusal import Refused
from products.models import CardVersion, Product, Sku
from products.rules.listing import LISTING
from streamers.actions.show import editable
from streamers.models import Offer, RunItem
from streamers.rules.go_live import days


@dataclass(frozen=True)
class Answer:
    """What became of one product number that was given: the item, or why there is none."""

    given: str
    item: Any = None
    refusal: str = ""


def pick_numbers(show, numbers, *, by, at):
    """Put the products of many numbers at the end of the run sheet: an ``Answer`` for each, in order.

    A number is the product's own, or ``merchant/product`` where two merchants use the same.
    """
    given = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    with editable(show, by=by) as locked:
        found = _by_number(given, by)
        refused, fit = {}, []
        for number in given:
            products = found.get(number, [])
            if len(products) == 1:
                fit.append((number, products[0]))
            elif products:
                merchants = "、".join(str(product.merchant.code) for product in products)
                refused[number] = _("Several merchants have it: write merchant/number (%(merchants)s).") % {
                    "merchants": merchants
                }
            else:
                refused[number] = _("There is no product with this number.")
        answers = _pick(locked, [product for _number, product in fit], by=by, at=at)
        by_product = dict(zip((product.pk for _number, product in fit), answers, strict=True))
    picked = {number: by_product[product.pk] for number, product in fit}
    return [
        Answer(number, *picked[number]) if number in picked else Answer(number, None, refused[number])
        for number in given
    ]


def _by_number(numbers, by):
    """``{number: its products}`` for plain numbers and for ``merchant/number``."""
    plain = {number.rpartition("/")[2] for number in numbers}
    products = Product.objects if by is None else Product.objects.visible_to(by)
    found = {}
    for product in products.filter(code__in=plain).select_related("merchant"):
        found.setdefault(product.code, []).append(product)
        found.setdefault(f"{product.merchant.code}/{product.code}", []).append(product)
    return found


def pick(show, products, *, by, at):
    """Put products at the end of the run sheet; the first that may not be listed refuses all."""
    with editable(show, by=by) as locked:
        answers = _pick(locked, products, by=by, at=at)
        refusals = [refusal for _item, refusal in answers if refusal]
        if refusals:
            raise Refused(refusals[0])
    return [item for item, _refusal in answers]


def _pick(show, products, *, by, at):
    """``(item, refusal)`` for each product: what LISTING stops, and what is there already, stays off."""
    there = set(show.items.standing().values_list("product_id", flat=True))
    reports = LISTING.inspect_many(
        Product.objects.filter(pk__in=[product.pk for product in products]), on=days(show)[0]
    )
    last = show.items.standing().aggregate(last=Max("position"))["last"] or 0
    cards = _approved_cards(products)
    answers: list[tuple[RunItem | None, str]] = []
    items: list[RunItem] = []
    for product in products:
        blockers = reports[product.pk].blockers
        if product.pk in there:
            answers.append((None, _("It is on the run sheet already.")))
        elif blockers:
            answers.append((None, f"{blockers[0].clause}：{blockers[0].message}"))
        else:
            there.add(product.pk)
            position = last + len(items) + 1
            item = RunItem(show=show, position=position, product=product, card_version=cards.get(product.pk))
            items.append(item)
            answers.append((item, ""))
    records.save_many(items, by=by, at=at, verb="pick")
    _offer_all(items, by=by, at=at)
    return answers


def _approved_cards(products):
    versions = CardVersion.objects.filter(
        card__product__in=[product.pk for product in products], state=CardVersion.State.APPROVED
    )
    return {version.card.product_id: version for version in versions.select_related("card")}


def _offer_all(items, *, by, at, besides=()):
    """Offer every SKU on sale at its price of every day; quantities wait to be promised."""
    skus = Sku.objects.filter(product__in=[item.product_id for item in items], on_sale=True)
    skus = skus.exclude(pk__in=besides)
    by_product = {item.product_id: item for item in items}
    offers = [
        Offer(
            item=by_product[sku.product_id],
            sku=sku,
            price=sku.price,
            compared_price=sku.list_price,
            price_basis=by_product[sku.product_id].product.list_price_basis,
        )
        for sku in skus
    ]
    records.save_many(offers, by=by, at=at, verb="offer")


def arrange(show, ids, *, by, at):
    """Bring the run sheet into an order: the ids of its items, those not named keep theirs behind."""
    with editable(show, by=by) as locked:
        items = {item.pk: item for item in locked.items.standing()}
        unknown = [number for number in ids if number not in items]
        if unknown:
            raise ValidationError(_("The run sheet has changed meanwhile: reload, then order it again."))
        order = [*dict.fromkeys(ids), *[number for number in items if number not in set(ids)]]
        for position, number in enumerate(order, 1):
            items[number].position = position
        return records.save_many(list(items.values()), by=by, at=at, verb="arrange")


def change_item(item, *, by, at):
    """Save minutes, note or card version of a product on the run sheet."""
    with editable(item.show, by=by):
        return records.save(item, by=by, at=at)


def renew_cards(show, *, by, at):
    """Read from the newest approved card of every product on the run sheet."""
    with editable(show, by=by) as locked:
        items = list(locked.items.standing().select_related("product"))
        cards = _approved_cards([item.product for item in items])
        for item in items:
            item.card_version = cards.get(item.product_id, item.card_version)
        return records.save_many(items, by=by, at=at, verb="renew_cards")


def offer_rest(item, *, by, at):
    """Offer what is on sale of a product and not offered yet, at its price of every day."""
    with editable(item.show, by=by):
        offered = item.offers.filter(removed_at=None).values("sku")
        return _offer_all([item], by=by, at=at, besides=offered)


def offer(offers, *, by, at):
    """Save what one show offers; what it promises from stock is there, whoever saves at the same moment."""
    if not offers:
        return []
    with editable(offers[0].item.show, by=by):
        keep_promisable(offers)
        return records.save_many(offers, by=by, at=at, verb="offer")


def keep_promisable(offers):
    """Lock the SKUs and refuse offers that promise more than the merchant declared, over all open shows.

    Every promise is made under the lock of its SKU, so of two at once one sees the other.
    """
    ids = sorted({offer.sku_id for offer in offers})
    locked = Sku.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    stock = dict(locked.values_list("pk", "stock"))
    mine = [offer.pk for offer in offers if offer.pk]
    others = Offer.objects.promising().filter(~Q(pk__in=mine), sku__in=ids).order_by()
    promised = dict(others.values_list("sku").annotate(promised=Sum("spot")))
    for row in offers:
        if row.spot and row.removed_at is None:
            _require_stock(row, stock[row.sku_id], promised.get(row.sku_id, 0))
            promised[row.sku_id] = promised.get(row.sku_id, 0) + row.spot


def _require_stock(row, declared, promised):
    if declared is None:
        raise Refused(
            _("%(sku)s: the merchant has not declared any stock, so nothing can be promised from it.")
            % {"sku": row.sku}
        )
    if promised + row.spot > declared:
        raise Refused(
            _(
                "%(sku)s: %(spot)s pieces cannot be promised. The merchant declared %(declared)s, "
                "other shows promise %(promised)s, so %(left)s are left."
            )
            % {
                "sku": row.sku,
                "spot": row.spot,
                "declared": declared,
                "promised": promised,
                "left": max(declared - promised, 0),
            }
        )
