"""A merchant's scores as people read them: over the nights, and all merchants by band."""

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aftersales.models import MerchantScore
from mcn.kit.start import Chart

NIGHTS = 60


def history_chart(merchant_id):
    """A merchant's scores of the last nights; one not rated is a gap."""
    last = MerchantScore.objects.filter(merchant=merchant_id).order_by("-day").only("day", "total")[:NIGHTS]
    rows = list(last)[::-1]
    values = [None if row.total is None else float(row.total) for row in rows]
    return Chart(_("Score by night"), "line", [f"{row.day:%m-%d}" for row in rows], values)


def newest():
    """The scores of the last night that was scored."""
    return MerchantScore.objects.filter(day=MerchantScore.objects.order_by("-day").values("day")[:1])


def by_band():
    """How many merchants are in which band: ``{band: number}``, the best first, the not rated last."""
    counted = newest().order_by().values("band").annotate(number=Count("pk"), best=Max("total"))
    rows = sorted(counted, key=lambda row: (row["best"] is None, -(row["best"] or 0)))
    return {row["band"] or pgettext("score", "not rated"): row["number"] for row in rows}
