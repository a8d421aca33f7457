"""The go-live gate for 500 shows of 30 products: against inspecting row by row, and by its queries."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.agency.figures import sync_figures
from mcn.claims.in_force import VERSION, scanner
from mcn.kit import records
from products.models import Product
from products.rules.facts import digest
from products.rules.listing import LISTING, for_inspection
from streamers.models import Offer, RunItem, Show
from streamers.rules import go_live
from streamers.rules.hosting import HOSTING
from streamers.rules.room import ROOM
from tests.benchmarks.bench_hosting import another
from tests.benchmarks.measure import Figure, at_least, at_most, in_turn, once
from tests.factories import AT, DAY
from tests.factories.ads import advertise
from tests.factories.cards import CardVersionFactory
from tests.factories.preparation import prepare
from tests.factories.products import ProductFactory, SnackCategoryFactory
from tests.factories.rooms import RoomFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import EVENING, ShowFactory
from tests.factories.streamers import StreamerFactory

ROUNDS = 3
SAMPLE = 10  # shows inspected row by row, of which the rest is reckoned
TEAMS = 20  # rooms, each with a streamer of its own
PARTS = ["skus", "credentials", "samples", "verifications"]


def run(small: bool) -> list[Figure]:
    """Fill a calendar of shows in whose way nothing stands, and inspect all of it."""
    sync_figures(at=AT)
    shows, products, each = (4, 6, 3) if small else (500, 1_500, 30)
    fill(shows, products, each)
    everything, one = Show.objects.all(), Show.objects.order_by("pk")[:1]
    wrong = {finding.message for report in inspect(everything).values() for finding in report.blockers}
    assert not wrong, wrong
    taken = in_turn(1 if small else ROUNDS, all=lambda: inspect(everything), one=lambda: inspect(one))
    sample = list(Show.objects.order_by("pk")[: min(SAMPLE, shows)])
    by_row = once(lambda: [row_by_row(show) for show in sample]) / len(sample) * shows
    return [
        at_most(f"queries for {shows} shows beyond those for one", queries(everything) - queries(one), 0, ""),
        at_least(
            f"{shows} shows of {each} products, against row by row", by_row / taken["all"], 25, " times"
        ),
        at_most(f"{shows} shows of {each} products", taken["all"], 7, " s"),
        at_most(f"one show of {each} products", taken["one"] * 1_000, 60, " ms"),
    ]


def inspect(shows) -> dict:
    """The reports on shows that are read afresh, whatever the queryset read before."""
    return go_live.reports(shows.all())


def queries(shows) -> int:
    """How many queries an inspection of these takes, with the terms of the claim scan at hand throughout."""
    cache.set(VERSION, scanner().version, None)  # else they are asked for every few seconds
    with CaptureQueriesContext(connection) as asked:
        inspect(shows)
    return len(asked)


def row_by_row(show: Show) -> None:
    """The same answers, each product, streamer and room inspected by itself."""
    for item in RunItem.objects.filter(show=show).select_related("product"):
        LISTING.inspect(item.product, on=DAY)
    for row in show.cast.select_related("streamer"):
        HOSTING.inspect(row.streamer, on=DAY)
    ROOM.inspect(show.room, on=DAY)


def fill(shows: int, products: int, each: int) -> None:
    """So many shows over the coming weeks, each with the next products of the catalogue."""
    goods = catalogue(products)
    teams = [(RoomFactory(), StreamerFactory()) for _team in range(min(TEAMS, shows))]
    for number in range(shows):
        room, streamer = teams[number % len(teams)]
        starts_at = EVENING + timedelta(minutes=number // len(teams))
        show = ShowFactory(
            room=room, cast=streamer, starts_at=starts_at, items=0, plans=False, ads=False, prepared=False
        )
        chosen = [goods[(number * each + place) % len(goods)] for place in range(each)]
        put_on(show, chosen)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def put_on(show: Show, goods: list[tuple]) -> None:
    """Put products on the run sheet, and make ready all that the show then needs."""
    items = [
        RunItem(show=show, position=place, product=product, card_version=version)
        for place, (product, _sku, version) in enumerate(goods, 1)
    ]
    records.save_many(items, by=None, at=AT)
    offers = [
        Offer(item=item, sku=sku, price=sku.price, spot=1, link=f"https://shop.example.com/{sku.code}")
        for item, (_product, sku, _version) in zip(items, goods, strict=True)
    ]
    records.save_many(offers, by=None, at=AT)
    ServicePlanFactory(show=show)
    advertise(show)
    prepare(show)


def catalogue(count: int) -> list[tuple]:
    """So many products of one merchant that may be listed, as ``(product, SKU, approved card)``."""
    # A category of its own asks for the same papers whatever the shipped ones ask for.
    pattern = ProductFactory(category=SnackCategoryFactory(code="bench.snack", name="基准零食"))
    version = CardVersionFactory(card__product=pattern, state="approved")
    made = [another(pattern, code=f"G{number:05d}") for number in range(count)]
    records.save_many(made, by=None, at=AT)
    for part in PARTS:
        rows = list(getattr(pattern, part).all())
        records.save_many([copied(row, product) for product in made for row in rows], by=None, at=AT)
    verify(made)
    cards = records.save_many([another(version.card, product=row) for row in made], by=None, at=AT)
    versions = records.save_many([another(version, card=card) for card in cards], by=None, at=AT)
    skus = {sku.product_id: sku for row in made for sku in row.skus.all()}
    return [(row, skus[row.pk], version) for row, version in zip(made, versions, strict=True)]


def copied(row, product: Product):
    """A part of the pattern for another product."""
    made = another(row, product=product)
    for name in ("code", "number"):
        if hasattr(made, name):
            setattr(made, name, f"{getattr(made, name)}-{product.code}")
    return made


def verify(products: list[Product]) -> None:
    """What was verified is what the products say now."""
    rows = []
    for product in for_inspection(Product.objects.filter(pk__in=[row.pk for row in products])):
        for row in product.verifications.all():
            row.digest = digest(product, row.item)
            rows.append(row)
    records.save_many(rows, by=None, at=AT)
