"""A streamer's tiers as people read them: one assessment explained, and all of them drawn."""

from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from streamers.models import Component, Streamer, TierAssessment

MONTHS = 24


def explained(assessment):
    """The lines of an assessment with the component's name and the numbers as people write them."""
    return [
        {
            "label": Component(line["component"]).label,
            "input": _number(line["input"]),
            "at_least": _number(line["at_least"]),
            "weight": line["weight"],
            "points": line["points"],
            "weighted": line["weighted"],
        }
        for line in assessment.lines
    ]


def _number(text):
    if text is None:
        return None
    value = Decimal(text)
    return f"{value:,.2f}" if value % 1 else f"{value:,.0f}"


def history_chart(streamer, rows=None):
    """The totals of a streamer's last months as a line for Chart.js; a month not rated is a gap."""
    rows = TierAssessment.objects.filter(streamer=streamer) if rows is None else rows
    months = list(rows.order_by("-month")[:MONTHS])[::-1]
    return {
        "type": "line",
        "labels": [f"{row.month:%Y-%m} {row.grade_told}" for row in months],
        "series": [
            {
                "label": _("total"),
                "values": [None if row.total is None else float(row.total) for row in months],
            }
        ],
    }


def tiers_now(on):
    """How many streamers at work are in which tier on a day: ``{tier: number}``, the not rated last."""
    newest = TierAssessment.objects.filter(
        streamer=OuterRef("pk"), state__in=TierAssessment.DECIDED, effective_on__lte=on
    ).order_by("-month", "-id")
    at_work = Streamer.objects.filter(state__in=[Streamer.State.ACTIVE, Streamer.State.SUSPENDED])
    counted = (
        at_work.order_by()
        .annotate(tier=Subquery(newest.values("grade")[:1]))
        .values_list("tier")
        .annotate(number=Count("pk"))
    )
    found = {}
    for tier, number in sorted(counted, key=lambda row: (not row[0], row[0] or "")):
        told = tier or pgettext("tier", "not rated")
        found[told] = found.get(told, 0) + number
    return found
