"""The admin's list of products at two sizes of the table: first page, last page, searches, queries."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.urls import reverse

from mcn.accounts.models import User
from mcn.kit import clock, records
from tests.benchmarks import goods
from tests.benchmarks.measure import Figure, at_most, in_turn

ROUNDS = 7
PAGE = 50
# Two characters and their initials, found in every hundredth row, and a code, found in one.
SEARCHES = {"two Chinese characters": "海苔", "pinyin initials": "haitai", "a code": "0000777"}
CODE = "to_char(id % 10000000, 'FM0000000')"
TOKENS = f"""
UPDATE products_product SET search =
  CASE WHEN id % 100 = 7 THEN ' 海 苔 海苔 ha ai it ta ht ' ELSE ' 原 味 原味 yu ua an nw we ei yw ' END
  || left({CODE}, 4) || ' ' || substr({CODE}, 2, 4) || ' '
  || substr({CODE}, 3, 4) || ' ' || right({CODE}, 4) || ' '
"""


def run(small: bool) -> list[Figure]:
    """Open the list as an administrator does."""
    sizes = [500, 1_000] if small else [10_000, 1_000_000]
    client = Client()
    client.force_login(administrator())
    url = reverse("admin:products_product_changelist")
    small_list = reverse("admin:merchants_merchant_changelist")
    figures, first = [], []
    for size in sizes:
        goods.fill(size)
        prepare()
        asked: list[str] = []
        with connection.execute_wrapper(counting(asked)):
            assert client.get(url).status_code == 200
        last = f"{url}?p={-(-size // PAGE)}"
        seconds = in_turn(
            1 if small else ROUNDS,
            still=lambda: client.get(small_list),
            first=lambda: client.get(url),
            last=lambda last=last: client.get(last),
            **{name: lambda word=word: client.get(url, {"q": word}) for name, word in SEARCHES.items()},
        )
        bare = seconds["first"]
        first.append(bare / seconds["still"])
        figures.append(at_most(f"last page against the first, {size:,} rows", seconds["last"] / bare, 2))
    return [
        at_most("queries of the list, session and rights included", len(asked), 6, ""),
        at_most(
            f"first page from {sizes[0]:,} to {sizes[1]:,} rows, against a list that stays small",
            first[1] / first[0],
            1.15,
        ),
        *figures,
        *[
            at_most(
                f"a search by {name} beyond an unsearched page", (seconds[name] - bare) * 1000, 100, " ms"
            )
            for name in SEARCHES
        ],
    ]


def counting(asked: list[str]) -> Callable:
    """What writes down every statement."""

    def write_down(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    return write_down


def administrator() -> User:
    """Somebody who sees all."""
    made = User(username="bench-admin", password="!", is_staff=True, is_superuser=True)
    return records.save(made, by=None, at=clock.now())


def prepare() -> None:
    """Give the rows tokens to be found by, and let the database know its table."""
    with connection.cursor() as cursor:
        cursor.execute(TOKENS)
        cursor.execute("VACUUM ANALYZE products_product")
