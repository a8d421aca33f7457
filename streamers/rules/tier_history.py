"""A streamer's tiers as people read them: one assessment explained, and all of them drawn."""

from decimal import Decimal

from django.utils.translation import gettext as _

from streamers.models import Component, TierAssessment

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
