"""A thousand saves at once against the same stock: shows together never promise more than was declared."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connections
from django.db.models import Sum

from mcn.agency.figures import sync_figures
from mcn.kit.refusal import Refused
from streamers.actions import run_sheet
from streamers.models import Offer
from tests.benchmarks.measure import Figure, at_most
from tests.factories import AT
from tests.factories.products import ProductFactory, SkuFactory
from tests.factories.shows import EVENING, RunItemFactory, ShowFactory

THREADS = 8
SHOWS = 20
DECLARED = 500


def run(small: bool) -> list[Figure]:
    """Shows of eight operators raise and lower what they promise of one SKU, in random order."""
    sync_figures(at=AT)
    sku = SkuFactory(product=ProductFactory(), stock=DECLARED)
    offers = [offer(sku, number).pk for number in range(SHOWS)]
    chance = random.Random(20261122)
    orders = [(chance.choice(offers), chance.randint(0, 80)) for _save in range(100 if small else 1_000)]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(save, orders))
    promised = Offer.objects.promising().filter(sku=sku).aggregate(sum=Sum("spot"))["sum"]
    unclear = [answer for answer in answers if answer not in ("saved", "conflict")]
    assert {"saved", "conflict"} <= set(answers)
    return [
        at_most(f"promised of {DECLARED} after {len(orders):,} saves at once", promised, DECLARED, ""),
        at_most(f"saves without a clear answer ({answers.count('conflict')} conflicts)", len(unclear), 0, ""),
    ]


def offer(sku, number) -> Offer:
    """Nothing promised yet of a SKU in a show of its own evening."""
    show = ShowFactory(items=0, cast=False, crew=False, starts_at=EVENING + timedelta(days=number))
    item = RunItemFactory(show=show, product=sku.product, offers=False, card=False)
    row = Offer(item=item, sku=sku, price=sku.price)
    run_sheet.offer([row], by=None, at=AT)
    return row


def save(order) -> str:
    """Promise a number of pieces in one show; what the product answers."""
    number, pieces = order
    try:
        row = Offer.objects.select_related("item__show", "sku").get(pk=number)
        row.spot = pieces
        run_sheet.offer([row], by=None, at=AT)
    except Refused:
        return "conflict"
    finally:
        connections.close_all()
    return "saved"
