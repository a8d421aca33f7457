"""Whether the figures of a show can be true (DB4401 5.6.3.9): what exceeds what, and odd shares."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.agency.models import Figure
from mcn.kit.gather import gather
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import ItemMetrics, Offer, RunItem, Show, ShowMetrics
from streamers.models.show_metrics import share

# Of each pair the first cannot exceed the second.
WITHIN = [
    ("peak", "viewers"),
    ("new_followers", "viewers"),
    ("clicks", "exposures"),
    ("orders", "clicks"),
    ("orders", "units"),
    ("returned_units", "units"),
    ("returned_amount", "amount"),
]
# A count that only grows; what a later day has less of was counted otherwise.
GROWING = ["viewers", "exposures", "clicks", "returned_units"]
LIMITS = [
    (Figure.Key.METRICS_CLICK_PERCENT, "clicks", "exposures"),
    (Figure.Key.METRICS_ORDER_PERCENT, "orders", "clicks"),
    (Figure.Key.METRICS_RETURN_PERCENT, "returned_units", "units"),
]


def newest(rows):
    """The line of the latest day, or None."""
    return max(rows, key=lambda row: row.day, default=None)


def oddities(metrics, before=None, limits=()):
    """What cannot be, or hardly is, in one line of figures, beside the line of an earlier day."""
    for small, large in WITHIN:
        low, high = (getattr(metrics, name, None) for name in (small, large))
        if low is not None and high is not None and low > high:
            yield _("%(small)s (%(low)s) above %(large)s (%(high)s)") % {
                "small": _label(metrics, small),
                "low": low,
                "large": _label(metrics, large),
                "high": high,
            }
    if metrics.units and metrics.amount == 0:
        yield _("pieces sold, but no sales")
    for name in GROWING if before else ():
        now, then = getattr(metrics, name, None), getattr(before, name, None)
        if now is not None and then is not None and now < then:
            yield _("%(what)s fell from %(then)s to %(now)s") % {
                "what": _label(metrics, name),
                "then": then,
                "now": now,
            }
    for most, part, whole in limits:
        percent = share(getattr(metrics, part), getattr(metrics, whole))
        if percent is not None and most < percent <= 100:
            yield _("%(part)s are %(percent)s %% of %(whole)s, over %(most)s %%") % {
                "part": _label(metrics, part),
                "percent": percent,
                "whole": _label(metrics, whole),
                "most": most,
            }


def _label(metrics, name):
    return metrics._meta.get_field(name).verbose_name


def limits_on(on, stored=None):
    """The shares beyond which a figure is looked at again, as in force on a day."""
    rows = _stored() if stored is None else stored
    in_force = {row.key: int(row.value) for row in rows if row.valid_from <= on}
    return [(in_force[key], part, whole) for key, part, whole in LIMITS if key in in_force]


def _stored():
    return list(Figure.objects.filter(key__in=[key for key, _part, _whole in LIMITS]).order_by("valid_from"))


def against_offers(metrics):
    """What one product came to, beside the price and the quantity at which it was offered."""
    offers = [offer for offer in metrics.item.offers.all() if offer.removed_at is None]
    if not offers or not metrics.units:
        return
    promised = sum(offer.spot + offer.presale for offer in offers)
    if promised and metrics.units > promised:
        yield _("%(units)s sold, but only %(promised)s offered") % {
            "units": metrics.units,
            "promised": promised,
        }
    dearest = max(offer.price for offer in offers)
    if metrics.amount is not None and metrics.amount > dearest * metrics.units:
        yield _("%(each)s yuan a piece, above the price of the show") % {
            "each": round(metrics.amount / metrics.units, 2)
        }


def odd_lines(show, limits):
    """``(line, oddity)`` for the newest figures of a show and of each product in it."""
    whole = sorted(show.metrics.all(), key=lambda row: row.day)
    for place, row in enumerate(whole):
        for oddity in oddities(row, whole[place - 1] if place else None, limits):
            yield row, oddity
    parts = [row for item in show.items.all() if (row := newest(item.metrics.all()))]
    for row in parts:
        for oddity in [*oddities(row, None, limits), *against_offers(row)]:
            yield row, oddity
    if whole and parts:
        yield from _sums(whole[-1], parts)


def _sums(whole, parts):
    for name in ("units", "amount"):
        total, known = sum(getattr(row, name) or 0 for row in parts), getattr(whole, name)
        if known is not None and total > known:
            yield (
                whole,
                _("%(what)s of the products (%(total)s) above that of the show (%(known)s)")
                % {"what": _label(whole, name), "total": total, "known": known},
            )


@clause("DB4401 5.6.3.9", "LSMS 6.3")
def has_figures_that_can_be_true(show, on):
    """The figures of a show agree with one another, with the offers and with the days before."""
    yield from odd_lines(show, limits_on(on, show.stored_limits))


PREFETCH = [
    Prefetch("metrics", ShowMetrics.objects.order_by("day")),
    Prefetch(
        "items",
        RunItem.objects.filter(removed_at=None)
        .select_related("product")
        .prefetch_related(
            Prefetch("offers", Offer.objects.select_related("sku")),
            Prefetch("metrics", ItemMetrics.objects.order_by("day")),
        ),
    ),
]


def for_inspection(shows):
    """Shows with the figures of every day, and the limits that staff set."""
    shows, stored = gather(shows, PREFETCH), _stored()
    for show in shows:
        show.stored_limits = stored
    return shows


METRICS = Rulebook(
    "show_metrics",
    gettext_lazy("figures of shows"),
    [has_figures_that_can_be_true],
    for_inspection,
    mend=admin_page,
    subjects=lambda: Show.objects.filter(metrics__isnull=False).distinct(),
)
