"""A page of the API's list: 100 products with their verifications, against hand-written SQL and orjson."""

import orjson
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIRequestFactory, force_authenticate

from mcn.accounts.models import User
from mcn.agency.figures import sync_figures
from mcn.kit import records
from products.api.product import ProductViewSet
from products.models import Product, ProductVerification
from tests.benchmarks import goods
from tests.benchmarks.measure import Figure, at_most, in_turn
from tests.factories import AT
from tests.factories.products import ProductFactory

ROUNDS = 40
PAGE = 100
LIST = ProductViewSet.as_view({"get": "list"})
CHILDREN = ["id", "item", "outcome", "verified_on", "next_due_on", "stale_at"]


def run(small: bool) -> list[Figure]:
    """Time the first page and one in the middle at two sizes of the table."""
    sizes = [500, 1_000] if small else [10_000, 1_000_000]
    goods.empty()
    sync_figures(at=AT)
    model = ProductFactory()
    reader = User(username="bench", password="!", is_staff=True, is_superuser=True)
    records.save(reader, by=None, at=AT)
    figures, ratios = [], []
    for size in sizes:
        grow(model, size)
        middle = page_after(size // 2)
        with CaptureQueriesContext(connection) as queries:
            assert same(ask(reader), by_hand())
        seconds = in_turn(
            1 if small else ROUNDS,
            ours=lambda: ask(reader),
            hand=by_hand,
            ours_deep=lambda: ask(reader, cursor=middle),  # noqa: B023 - called before the next size
            hand_deep=lambda: by_hand(below=size // 2),  # noqa: B023
        )
        ratios.append(seconds["ours"] / seconds["hand"])
        deep = seconds["ours_deep"] / seconds["hand_deep"]
        figures += [
            at_most(f"first page of {size:,} rows", ratios[-1], 2.5),
            at_most(f"a page in the middle of {size:,} rows", deep, 2.5),
        ]
    return [
        *figures,
        at_most(
            f"growth from {sizes[0]:,} to {sizes[1]:,} rows, against by hand", ratios[1] / ratios[0], 1.1
        ),
        at_most("queries beside authentication", len(queries) - 2, 3, ""),
    ]


def ask(reader, **query) -> bytes:
    """The list as the API answers it."""
    request = APIRequestFactory().get("/api/v1/products/", query)
    force_authenticate(request, reader)
    return LIST(request).render().content


def by_hand(below: int = 2**62) -> bytes:
    """The same rows by two statements and orjson, with nothing checked."""
    columns = [name for name in ProductViewSet.list_fields if name != "verifications"]
    stored = ", ".join(Product._meta.get_field(name).column for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {stored} FROM products_product WHERE id < %s ORDER BY id DESC LIMIT %s",
            [below, PAGE + 1],
        )
        rows = [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()][:PAGE]
        by_id = {row["id"]: row for row in rows}
        for row in rows:
            row["verifications"] = []
        cursor.execute(
            f"SELECT product_id, {', '.join(CHILDREN)} FROM products_productverification"
            " WHERE product_id = ANY(%s) AND superseded_at IS NULL ORDER BY id DESC",
            [list(by_id)],
        )
        for product, *values in cursor.fetchall():
            by_id[product]["verifications"].append(dict(zip(CHILDREN, values, strict=True)))
    return orjson.dumps({"results": rows}, default=str, option=orjson.OPT_UTC_Z)


def same(ours: bytes, hand: bytes) -> bool:
    """Whether both ways gave the same rows."""
    return orjson.loads(ours)["results"] == orjson.loads(hand)["results"]


def page_after(number: int) -> str:
    """A cursor into the middle of the list."""
    return signing.Signer(salt="cursor:products.Product:-id").sign_object([str(number), number, False])


def grow(model: Product, size: int) -> None:
    """Copy a product until there are so many; the pages read, before round thousands, have verifications."""
    began = Product.objects.count()
    numbers = f"generate_series({began + 1}, {size}) AS number"
    copy(Product, numbers, f"row.id = {model.pk}", code="'X' || number")
    three = ", ".join(str(pk) for pk in model.verifications.order_by("id").values_list("pk", flat=True)[:3])
    new = f"row.id IN ({three}) AND product.id > {began} AND product.id % 1000 >= 800"
    copy(ProductVerification, "products_product AS product", new, product_id="product.id")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def copy(model, beside: str, where: str, **changed: str) -> None:
    """Copy rows of a table in the database, with some columns changed."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    taken = ", ".join(changed.get(name, f'row."{name}"') for name in columns)
    into = ", ".join(f'"{name}"' for name in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({into}) SELECT {taken} FROM {table} AS row, {beside} WHERE {where}"
        )
