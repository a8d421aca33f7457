"""Products in by spreadsheet: the whole way through both passes, against the stock library and bare COPY."""

import os
import statistics
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import python_calamine as calamine
import tablib
from django.core.files import File
from django.db import connection, transaction
from django.forms import model_to_dict
from import_export import fields, resources, widgets

from mcn.audit import trail
from mcn.kit import clock
from mcn.sheets import actions, runs
from mcn.sheets.models import ImportJob
from merchants.models import Category, Merchant
from products.models import PriceRecord, Product, Sku
from tests.benchmarks import goods
from tests.benchmarks.measure import Figure, apart, at_least, at_most, here, once, peak_mib

STOCK_ROWS = 200
SAME_JOB = "the stock library doing the same job"
AS_IT_COMES = "the stock library as it comes, which writes product and SKU alone"
ROUNDS = 3


class BareResource(resources.ModelResource):
    """The stock library as it comes, with the product's own columns: neither checks nor history."""

    merchant = fields.Field("merchant", "merchant", widgets.ForeignKeyWidget(Merchant, "code"))

    class Meta:
        model = Product
        import_id_fields = ["merchant", "code"]
        fields = ["merchant", *goods.COLUMNS[:2], *goods.COLUMNS[3:19]]


class BareSkuResource(resources.ModelResource):
    """The same for what the sheet says of the SKU, whose number stands in the column of its own name."""

    merchant = fields.Field("merchant", "merchant", widgets.ForeignKeyWidget(Merchant, "code"))
    product = fields.Field("product", "code", widgets.ForeignKeyWidget(Product, "code"))
    number = fields.Field("code", "sku")

    class Meta:
        model = Sku
        import_id_fields = ["merchant", "number"]
        fields = ["merchant", "product", "number", *goods.COLUMNS[20:]]


class StockResource(BareResource):
    """The stock library doing the same job in the plainest way: its rows, checks and history."""

    category = fields.Field("category", "category", widgets.ForeignKeyWidget(Category, "name"))

    class Meta:
        model = Product
        import_id_fields = ["merchant", "code"]
        fields = ["merchant", *goods.COLUMNS[:19]]
        clean_model_instances = True

    def after_save_instance(self, instance, row, **kwargs):
        """Put the product into the trail, and write its SKU with its prices."""
        at = clock.now()
        trail.note(instance, by=None, at=at, verb="import", changes=_told(instance))
        sku = Sku.objects.filter(merchant=instance.merchant, code=row["sku"]).first()
        sku = sku or Sku(merchant=instance.merchant, product=instance, code=row["sku"])
        for name in goods.COLUMNS[20:]:
            setattr(sku, name, row[name])
        sku.full_clean()
        sku.save()
        trail.note(sku, by=None, at=at, verb="import", changes=_told(sku))
        for kind, price in {"deal": sku.price, "list": sku.list_price}.items():
            PriceRecord.objects.create(sku=sku, kind=kind, price=price, from_at=at)


# A sheet of 25 columns is two imports to the stock library as it comes.
BARE, SAME = [BareResource, BareSkuResource], [StockResource]


def _told(obj):
    """What the trail says of a new row."""
    return {name: [None, value] for name, value in model_to_dict(obj).items() if value not in ("", None)}


def run(small: bool) -> list[Figure]:
    """Create, repeat and change so many rows; the stock library does fewer, and is reckoned by the row."""
    rows, stock_rows = (100, 10) if small else (20_000, STOCK_ROWS)
    goods.empty()
    goods.merchant()
    taken: dict[str, list[float]] = {}
    for number in range(1 if small else ROUNDS):
        for name, seconds in _one_round(rows, stock_rows, prefix=f"R{number}").items():
            taken.setdefault(name, []).append(seconds)
    stock, bare, tuples, created, same_rows, repeated, changed = map(statistics.median, taken.values())
    return [
        at_least(f"new rows, {1 / created:,.0f} a second, against {SAME_JOB}", stock / created, 40),
        at_least(f"changed rows, {1 / changed:,.0f} a second, against the same", stock / changed, 40),
        at_least(f"new rows against {AS_IT_COMES}", bare / created, 40),
        at_most("new rows against reading the file and COPY of the same rows", created / same_rows, 5),
        at_most("the same against COPY of its tuples alone, one row for seven", created / tuples, 5),
        at_most("the same file again against its first time", repeated / created, 1),
        *_growth(small, rows),
        *_on_sqlite(small),
    ]


def _one_round(rows: int, stock_rows: int, prefix: str) -> dict[str, float]:
    """The seconds a row that each way takes, one after the other."""
    with tempfile.TemporaryDirectory(prefix="mcn-bench-goods-") as folder:
        first = goods.workbook(Path(folder, "first.xlsx"), rows, prefix=prefix)
        dearer = goods.workbook(Path(folder, "dearer.xlsx"), rows, dearer=100, prefix=prefix)
        seconds = {
            "stock": once(lambda: _stock(SAME, stock_rows)) / stock_rows,
            "bare": once(lambda: _stock(BARE, stock_rows)) / stock_rows,
            "tuples": once(lambda: _copy_tuples(first, rows)) / rows,
            "created": once(lambda: _whole(first, rows, "created")) / rows,
        }
        written = _written(prefix)
        return seconds | {
            "same rows": once(lambda: _copy_same_rows(first, written)) / rows,
            "repeated": once(lambda: _whole(first, rows, "unchanged")) / rows,
            "changed": once(lambda: _whole(dearer, rows, "updated")) / rows,
        }


def _growth(small: bool, rows: int) -> list[Figure]:
    """What a longer file and a fuller table cost, each in a process of its own."""
    large, stored = (200, 300) if small else (50_000, 500_000)
    run_in = here if small else apart
    before, _held = run_in(in_its_own_process, rows, "A")
    seconds, held = run_in(in_its_own_process, large, "B")
    after, _held = run_in(in_its_own_process, rows, "C")
    usual = (before + after) / 2 / rows
    goods.fill(stored)
    beside, _held = run_in(in_its_own_process, rows, "D")
    return [
        at_most(f"a row of {large:,} against one of {rows:,}", seconds / large / usual, 1.2),
        at_most(f"a row beside {stored:,} products against one in a small table", beside / rows / usual, 1.2),
        at_most(f"memory of the worker for {large:,} rows", held, 300, " MiB"),
    ]


def in_its_own_process(rows: int, prefix: str) -> tuple[float, float]:
    """The seconds that so many new rows take, and the most memory that this process held, in MiB."""
    with tempfile.TemporaryDirectory(prefix="mcn-bench-goods-") as folder:
        book = goods.workbook(Path(folder, "book.xlsx"), rows, prefix=prefix)
        seconds = once(lambda: _whole(book, rows, "created"))
    connection.close()
    return seconds, peak_mib()


def _on_sqlite(small: bool) -> list[Figure]:
    """How many times as fast as the stock library the import is on a SQLite of its own."""
    with tempfile.TemporaryDirectory(prefix="mcn-bench-sqlite-") as folder:
        place = {"DATABASE_URL": f"sqlite:///{folder}/mcn.sqlite3", "MCN_DATA_DIR": folder}
        command = [sys.executable, "manage.py", "prepare"]
        subprocess.run(command, check=True, env=os.environ | place, stdout=subprocess.DEVNULL)
        rows, stock_rows, rounds = (50, 5, 1) if small else (5_000, 200, ROUNDS)
        stock, bare = apart(against_stock, rows, stock_rows, rounds, **place)
        return [
            at_least(f"new rows on SQLite against {SAME_JOB}", stock, 20),
            at_least(f"new rows on SQLite against {AS_IT_COMES}", bare, 20),
        ]


def against_stock(rows: int, stock_rows: int, rounds: int) -> list[float]:
    """The stock library's time for a row against ours, for the same job and as it comes."""
    goods.merchant()
    taken: dict[str, list[float]] = {"same": [], "bare": [], "ours": []}
    for number in range(rounds):
        taken["same"].append(once(lambda: _stock(SAME, stock_rows)) / stock_rows)
        taken["bare"].append(once(lambda: _stock(BARE, stock_rows)) / stock_rows)
        seconds, _held = in_its_own_process(rows, f"S{number}")
        taken["ours"].append(seconds / rows)
    same, bare, ours = map(statistics.median, taken.values())
    return [same / ours, bare / ours]


def _whole(path: Path, rows: int, outcome: str) -> None:
    """Upload, preview and confirm, and see that every row became what it should."""
    at = clock.now()
    with path.open("rb") as file:
        job = actions.upload("products", File(file, name=path.name), scope="M9001", by=None, at=at)
    runs.preview(job, at=at)
    job.refresh_from_db()
    actions.confirm(job, by=None, at=at)
    runs.carry_out(job, at=at)
    job = ImportJob.objects.get(pk=job.pk)
    if (job.state, getattr(job, outcome)) != (job.State.DONE, rows):
        raise RuntimeError(f"{job.state} {job.reason}: {getattr(job, outcome)} of {rows} {outcome}")


def _stock(ways: list[type[resources.ModelResource]], rows: int) -> None:
    """The stock library's dry run and its real one, of one import after the other, undone afterwards."""
    given = [["M9001", *line] for line in goods.lines(rows)]
    dataset = tablib.Dataset(*given, headers=["merchant", *goods.COLUMNS])
    with transaction.atomic():
        for resource, dry_run in product(ways, (True, False)):
            result = resource().import_data(dataset, dry_run=dry_run)
            if result.has_errors() or result.has_validation_errors():
                raise RuntimeError("the stock library did not take the rows")
        transaction.set_rollback(True)


def _written(prefix: str) -> dict[str, bytes]:
    """What an import wrote, as COPY gives and takes it: the rows of each table."""
    of_skus = f"SELECT id FROM products_sku WHERE code LIKE '{prefix}%'"
    of_products = f"SELECT id FROM products_product WHERE code LIKE '{prefix}%'"
    conditions = {
        "products_product": f"id IN ({of_products})",
        "products_sku": f"id IN ({of_skus})",
        "products_pricerecord": f"sku_id IN ({of_skus})",
        "audit_entry": f"model = 'products.product' AND row::bigint IN ({of_products})"
        f" OR model = 'products.sku' AND row::bigint IN ({of_skus})",
    }
    with connection.cursor() as cursor:
        return {
            table: _copied_out(cursor, f"SELECT * FROM {table} WHERE {condition}")
            for table, condition in conditions.items()
        }


def _copied_out(cursor, select: str) -> bytes:
    with cursor.copy(f"COPY ({select}) TO STDOUT") as copy:
        return b"".join(map(bytes, copy))


def _copy_same_rows(path: Path, written: dict[str, bytes]) -> None:
    """The floor: a file read by calamine, and the rows that its import wrote copied into tables like theirs.

    The tables have all the indexes; foreign keys are not asked about.
    """
    calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in written.items():
            cursor.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
            with cursor.copy(f"COPY floor_{table} FROM STDIN") as copy:
                copy.write(rows)
        transaction.set_rollback(True)


def _copy_tuples(path: Path, rows: int) -> None:
    """The floor below: a file read and its tuples copied as they are, a row each: not mapped, not checked.

    The table has the columns of product and SKU with their types and their B-tree indexes. It has not the
    index of search tokens, for tokens are not in the file: the import makes them, a hundred a row.
    """
    _titles, *tuples = calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    if len(tuples) != rows:
        raise RuntimeError(f"calamine read {len(tuples)} rows")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _table_of_the_floor():
            cursor.execute(statement)
        names = ", ".join(f'"{name}"' for name in goods.COLUMNS)
        with cursor.copy(f"COPY floor ({names}) FROM STDIN") as copy:
            for cells in tuples:
                copy.write_row(cells)
        transaction.set_rollback(True)


def _table_of_the_floor() -> list[str]:
    """The statements that make the table and its indexes as the product and the SKU have them."""
    own = {field.column: field.db_type(connection) for field in Product._meta.concrete_fields}
    bought = {"sku": "varchar(60)", "gtin": "varchar(14)", "category": "varchar(200)"}
    prices = dict.fromkeys(["price", "list_price"], "numeric(12, 2)")
    # A cell's number comes as a float, whatever it counts.
    floats = dict.fromkeys(["shelf_life_days", "stock"], "double precision")
    kinds = {**own, **bought, **prices, **floats, "id": "bigserial"}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    keys = ["merchant_id, code", "merchant_id, sku"]
    indexes = ["merchant_id, id DESC", "state, id DESC", "category_id, id DESC", "image_id"]
    indexes += ["submitted_by_id", "gtin", "gtin varchar_pattern_ops"]
    return [
        f"CREATE TABLE floor ({columns}, PRIMARY KEY (id))",
        *[f"CREATE UNIQUE INDEX ON floor ({names})" for names in keys],
        *[f"CREATE INDEX ON floor ({names})" for names in indexes],
    ]
