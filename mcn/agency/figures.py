"""The figures that the product ships with; staff add later ones in the admin."""

import datetime
from decimal import Decimal

from mcn.agency.models import Figure
from mcn.kit import records

START = datetime.date(2000, 1, 1)
SHIPPED = [
    (Figure.Key.MERCHANT_VERIFICATION_MONTHS, 6, "LSEC 8"),
    (Figure.Key.PRODUCT_VERIFICATION_MONTHS, 6, "DB4401 5.6.3.1; LSEC 8"),
    (Figure.Key.EXPIRY_WARNING_DAYS, 30, "机构默认值"),
    (Figure.Key.EXPIRY_URGENT_DAYS, 7, "机构默认值"),
    (Figure.Key.PRICE_HISTORY_DAYS, 7, "《规范促销行为暂行规定》"),
]


def sync_figures(*, at):
    """Add the shipped figures that are not there; what staff changed stays."""
    known = set(Figure.objects.values_list("key", flat=True))
    for key, value, source in SHIPPED:
        if key not in known:
            made = Figure(key=key, value=Decimal(value), valid_from=START, source=source)
            records.save(made, by=None, at=at, verb="ship")
