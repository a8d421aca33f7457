"""The price history of a product, as a chart and as lines."""

from mcn.kit.clock import business_day
from products.models import PriceRecord

MOST_LINES = 6


def price_records(product):
    """Every price its SKUs had, the newest first."""
    records = PriceRecord.objects.filter(sku__product=product).select_related("sku")
    return list(records.order_by("-from_at", "-id"))


def price_chart(records, on):
    """What Chart.js draws of price records: a stepped line for each SKU, from its first price until a day."""
    charged = [row for row in reversed(records) if row.kind == PriceRecord.Kind.DEAL]
    days = sorted({business_day(row.from_at) for row in charged} | {on})
    lines = {}
    for row in charged:
        lines.setdefault(row.sku, {})[business_day(row.from_at)] = float(row.price)
    series = [
        {"label": str(sku), "values": _carried(prices, days)}
        for sku, prices in list(lines.items())[:MOST_LINES]
    ]
    labels = [f"{day:%Y-%m-%d}" for day in days]
    return {"type": "line", "stepped": True, "labels": labels, "series": series}


def _carried(prices, days):
    """The price on each day: the last one that was set."""
    values, price = [], None
    for day in days:
        price = prices.get(day, price)
        values.append(price)
    return values
