"""What a buyer is owed when a price falls: paid per piece minus the lowest price within the days."""

import datetime
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import PriceClaim, PromiseKind, ServicePromise
from mcn.kit.clock import business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from products.models import PriceRecord
from streamers.models import Offer, Show

CENT = Decimal("0.01")
Reason = PriceClaim.Reason
ON_AIR = [Show.State.LIVE, Show.State.ENDED]


@dataclass
class Result:
    """What a claim comes to on a day, with each step of the reckoning in words."""

    reason: str
    unit_paid: Decimal
    amount: Decimal = Decimal(0)
    days: int = 0
    until_on: datetime.date | None = None
    lowest: Decimal | None = None
    steps: list = field(default_factory=list)

    @property
    def granted(self):
        return self.reason == Reason.OWED


def work_out(line, at, *, settled=Decimal(0)):
    """What is owed for a line at a moment; ``settled`` was paid per piece for earlier falls of the price."""
    order = line.order
    unit = (line.paid / line.quantity).quantize(CENT, ROUND_HALF_UP)
    result = Result(Reason.OWED, unit)
    told = result.steps.append
    told([_("Paid per piece"), _yuan(unit), _pieces(line)])
    if line.sku_id is None:
        return _no(result, Reason.NO_SKU)
    result.days, source = protected_days(line)
    if not result.days:
        return _no(result, Reason.NOT_PROTECTED)
    paid_on = business_day(order.paid_at)
    result.until_on = paid_on + datetime.timedelta(days=result.days)
    told([_("Days of price protection"), str(result.days), source])
    told(
        [_("Protected from and to"), f"{paid_on:%Y-%m-%d} — {result.until_on:%Y-%m-%d}", _("both inclusive")]
    )
    if business_day(at) > result.until_on:
        told([_("Applied for"), f"{business_day(at):%Y-%m-%d}", _("after the last day")])
        return _no(result, Reason.TOO_LATE)
    prices = prices_since(line.sku_id, order.paid_at, at)
    if prices:
        result.lowest, where, since = min(prices)
        told([_("Lowest price since"), _yuan(result.lowest), f"{where}，{business_day(since):%Y-%m-%d}"])
    if result.lowest is None or result.lowest >= unit:
        return _no(result, Reason.NOT_LOWER)
    per_piece = unit - result.lowest - settled
    if settled:
        told([_("Paid for earlier falls, per piece"), _yuan(settled), ""])
    if per_piece <= 0:
        return _no(result, Reason.SETTLED)
    result.amount = per_piece * line.quantity
    # How the amount follows, as people would write it down.
    how = f"({unit} - {result.lowest}{f' - {settled}' if settled else ''}) × {line.quantity}"
    told([_("Difference owed"), _yuan(result.amount), how])
    return result


def _no(result, reason):
    result.reason = reason
    result.steps.append([_("Outcome"), str(Reason(reason).label), ""])
    return result


def _yuan(amount):
    return f"{amount:,.2f} 元"


def _pieces(line):
    return f"{line.paid} ÷ {line.quantity}" if line.quantity > 1 else ""


def protected_days(line):
    """For how many days a line's price is protected, and by what: the longest of category and promises."""
    product = line.sku.product
    on = business_day(line.order.paid_at)
    found = [
        (product.category.price_protection_days, _("category “%(name)s”") % {"name": product.category.name})
    ]
    found = found if product.category_id else []
    promises = ServicePromise.objects.filter(
        merchant=line.order.merchant_id,
        kind__code=PromiseKind.PRICE_PROTECTION,
        decided_at__lte=line.order.paid_at,
        state__in=ServicePromise.FROZEN,
    )
    found += [
        (promise.days or 0, _("the merchant's promise of price protection"))
        for promise in promises
        if promise.covers(product.pk, on)
    ]
    return max(found, key=lambda pair: pair[0], default=(0, ""))


def prices_since(sku_id, since, until):
    """Every price of a SKU after one moment and up to another: ``(price, where, from when)``."""
    records = PriceRecord.objects.filter(
        sku=sku_id, kind=PriceRecord.Kind.DEAL, from_at__gt=since, from_at__lte=until, price__isnull=False
    )
    found = [
        (price, _("list of prices"), from_at) for price, from_at in records.values_list("price", "from_at")
    ]
    offers = Offer.objects.filter(
        sku=sku_id,
        removed_at=None,
        item__removed_at=None,
        item__show__state__in=ON_AIR,
        item__show__started_at__gt=since,
        item__show__started_at__lte=until,
    )
    shown = offers.values_list("price", "item__show__code", "item__show__started_at")
    return found + [(price, _("show %(code)s") % {"code": code}, at) for price, code, at in shown]


@clause("EJAS 6.8.1", "EJAS 6.8.2")
def is_paid_in_time(claim, on):
    """A granted difference is paid by the moment that the buyer was told."""
    if claim.state == PriceClaim.State.GRANTED and claim.due_at and business_day(claim.due_at) < on:
        told = {"amount": claim.amount, "day": f"{business_day(claim.due_at):%Y-%m-%d}"}
        yield claim, _("%(amount)s yuan were to be paid by %(day)s") % told


PRICE_CLAIMS = Rulebook(
    "price_claims",
    gettext_lazy("price protection"),
    [is_paid_in_time],
    lambda claims: claims,
    mend=admin_page,
    subjects=lambda: PriceClaim.objects.filter(state=PriceClaim.State.GRANTED),
)
