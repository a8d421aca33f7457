"""Products out as spreadsheets: streamed, against the stock library."""

from django.db import connection
from import_export import resources
from import_export.formats.base_formats import CSV, XLSX

from mcn.sheets import writing
from products.models import Product
from tests.benchmarks import goods
from tests.benchmarks.measure import Figure, apart, at_least, at_most, once, peak_mib

STOCK_ROWS = 2_000


class StockResource(resources.ModelResource):
    """The stock library as it comes, with the product's own columns."""

    class Meta:
        model = Product
        fields = [*goods.COLUMNS[:2], *goods.COLUMNS[3:19], "merchant__code", "price_from", "category_text"]


def run(small: bool) -> list[Figure]:
    """Write the catalogue in both formats; the stock library does fewer rows, and is reckoned by the row."""
    rows = 2_000 if small else 100_000
    stock_rows = 200 if small else STOCK_ROWS
    goods.fill(rows)
    figures = []
    for kind, stock_format in (("csv", CSV), ("xlsx", XLSX)):
        stock = once(lambda form=stock_format: _stock(form, stock_rows)) / stock_rows
        ours = once(lambda kind=kind: _whole(kind)) / rows
        first = once(lambda kind=kind: next(_parts(kind)))
        what = f"{kind}, {1 / ours:,.0f} rows a second, against the stock library"
        figures += [at_least(what, stock / ours, 8), at_most(f"{kind}: the first byte", first, 1, " s")]
    if not small:
        goods.fill(500_000)
        added = {kind: apart(grown, kind) for kind in ("csv", "xlsx")}
        figures += [
            at_most(f"{kind}: memory that 500,000 rows add", added[kind], 150, " MiB") for kind in added
        ]
    return figures


def _parts(kind):
    sheet = goods.sheet()
    lines = sheet.lines(sheet.export_queryset(None, {}))
    return writing.export(kind, sheet.export_columns(), lines, name="products")


def _whole(kind) -> None:
    for _part in _parts(kind):
        pass


def _stock(form, rows: int) -> None:
    chosen = Product.objects.order_by("id")[:rows]
    form().export_data(StockResource().export(queryset=chosen))


def grown(kind) -> float:
    """What this process holds more at the end of an export than at its start, in MiB."""
    before = peak_mib()
    _whole(kind)
    connection.close()
    return peak_mib() - before
