"""Writing SKUs: every price change is remembered, and the product knows its lowest price and barcodes."""

import datetime

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery

from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.bulk import loaded
from mcn.kit.clock import business_day
from products.actions.verification import mark_stale
from products.models import PriceRecord, Sku
from products.models.sku import CENT


def put_skus(product, skus, *, by, at, why=""):
    """Add or change SKUs of one product, as a person who may change the product."""
    moves.require_may(by, "change", product)
    for sku in skus:
        sku.product, sku.merchant_id = product, product.merchant_id
    try:
        with transaction.atomic():
            write_skus(skus, by=by, at=at, why=why)
            sum_up([product], by=by, at=at)
            mark_stale([product], by=by, at=at)
    except records.ManyInvalid as wrong:
        # One product's few SKUs come from one form: the first wrong one is told under its fields' names.
        raise next(iter(wrong.by_index.values())) from wrong
    return skus


def write_skus(skus, *, by, at, why=""):
    """Save SKUs of any products in few statements, with a record of every price that changed.

    The caller has asked whether the person may do it, and then brings what hangs on the products in step by
    ``sum_up`` and ``mark_stale``.
    """
    with transaction.atomic():
        before = _prices_of(skus)
        offers = [sku for sku in skus if before.get(sku.id) != (sku.price, sku.list_price)]
        lowest = _lowest_before([sku.id for sku in offers if sku.id], at)
        for sku in offers:
            sku.lowest_before = lowest.get(sku.id)
        records.save_many(skus, by=by, at=at, why=why)
        records.save_many(_price_records(offers, before, at), by=by, at=at)
    return skus


def sum_up(products, *, by, at):
    """Bring ``price_from`` and ``barcodes`` of products in step with all their SKUs."""
    before = [(product.price_from, product.barcodes) for product in products]
    foresee_sums(products)
    changed = [
        product
        for product, sums in zip(products, before, strict=True)
        if sums != (product.price_from, product.barcodes)
    ]
    records.save_many(changed, by=by, at=at)


def foresee_sums(products, skus=()):
    """Set on products the sums they will have once these SKUs are written: so they are saved but once."""
    by_id = {product.id: product for product in products if product.id}
    known = {id(product): {} for product in products}
    for sku in loaded(Sku.objects.filter(product__among=[*by_id]).order_by("id")):
        known[id(by_id[sku.product_id])][sku.code] = sku
    for sku in skus:
        known[id(sku.product)][sku.code] = sku
    for product in products:
        product.price_from, product.barcodes = _sums(known[id(product)].values())


def _sums(skus):
    """The lowest price on sale, and the codes by which a product is found."""
    prices = [sku.price for sku in skus if sku.on_sale]
    codes = dict.fromkeys(code for sku in skus for code in (sku.gtin, sku.code) if code)
    return min(prices, default=None), " ".join(codes)


def _prices_of(skus):
    stored = Sku.objects.filter(pk__among=[sku.id for sku in skus if sku.id])
    return {pk: (price, listed) for pk, price, listed in stored.values_list("pk", "price", "list_price")}


def _lowest_before(ids, at):
    """``{sku id: lowest price charged in the days before a moment}``, the price then in force included."""
    days = figure(Figure.Key.PRICE_HISTORY_DAYS, business_day(at))
    start = at - datetime.timedelta(days=days)
    charged = PriceRecord.objects.filter(
        sku=OuterRef("pk"), kind=PriceRecord.Kind.DEAL, from_at__lt=at
    ).order_by()
    at_start = charged.filter(from_at__lte=start).order_by("-from_at", "-id").values("price")[:1]
    since = charged.filter(from_at__gt=start).values("sku").annotate(lowest=Min("price")).values("lowest")
    rows = Sku.objects.filter(pk__among=ids).values_list("pk", Subquery(at_start), Subquery(since))
    # SQLite keeps decimals as floats, and a computed column comes back with their digits.
    return {
        pk: min((price.quantize(CENT) for price in prices if price is not None), default=None)
        for pk, *prices in rows
    }


def _price_records(offers, before, at):
    made = []
    for sku in offers:
        price, listed = before.get(sku.pk, (None, None))
        if sku.price != price:
            made.append(_record(sku, PriceRecord.Kind.DEAL, sku.price, at))
        if sku.list_price != listed:
            made.append(_record(sku, PriceRecord.Kind.LIST, sku.list_price, at))
    return made


def _record(sku, kind, price, at):
    return records.new(PriceRecord, sku=sku, kind=kind.value, price=price, from_at=at, created_at=at)
