"""The key figures of the service: what each week was like, how it went on, and what is out of the ordinary.

A figure is out of the ordinary when it lies far on the bad side of what the same one had in the weeks before,
or of what its peers had in the same week. Far is told in spreads: the median distance from the median, which
one odd value does not move, and never less than one case more makes (a figure of policy says how many).
"""

import datetime
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.models import ServiceFigures
from aftersales.rules.counts import Counts
from mcn.agency.models import Figure, figures
from mcn.kit.start import Chart
from merchants.models import Merchant
from products.models import Product
from streamers.models import Show, Streamer

Dimension = ServiceFigures.Dimension
MODELS: dict = {
    Dimension.MERCHANT: Merchant,
    Dimension.PRODUCT: Product,
    Dimension.STREAMER: Streamer,
    Dimension.SHOW: Show,
}
SUMS = list(asdict(Counts()))
# A normal distribution has this many median distances in one standard deviation.
SPREAD = Decimal("1.4826")
WEEKS = 12
LEAST_WEEKS, LEAST_PEERS = 4, 5


@dataclass(frozen=True)
class Kpi:
    """One key figure: name, unit, on what it rests, whether more is better, the least spread that counts."""

    name: str
    label: Any
    unit: Any
    of: str
    more_is_better: bool
    least_spread: Decimal
    per: int = 0

    def spread(self, found, usual, rows):
        """How far the others lie from what is usual, in the median; at least what one case more makes."""
        one_case = Decimal(self.per) / rows
        return max(SPREAD * median(abs(one - usual) for one in found), self.least_spread, one_case)


KPIS = [
    Kpi("satisfaction", gettext_lazy("satisfaction (1 to 5)"), "", "asked", True, Decimal("0.2")),
    Kpi(
        "complaint_rate",
        gettext_lazy("complaints in a thousand orders"),
        "‰",
        "orders",
        False,
        Decimal(1),
        1000,
    ),
    Kpi(
        "answer_hours",
        gettext_lazy("hours to the first answer"),
        pgettext_lazy("unit", "h"),
        "answered",
        False,
        Decimal(2),
    ),
    Kpi(
        "resolve_hours",
        gettext_lazy("hours until complaints are resolved"),
        pgettext_lazy("unit", "h"),
        "resolved",
        False,
        Decimal(8),
    ),
    Kpi("return_rate", gettext_lazy("orders with returns (%)"), "%", "orders", False, Decimal(2), 100),
]


@dataclass(frozen=True)
class Outlier:
    """A figure that is out of the ordinary: against what, and how far."""

    kpi: Kpi
    value: Decimal
    usual: Decimal
    against: str

    @property
    def why(self):
        """In words."""
        said = (
            _("%(kpi)s %(value)s, in the weeks before %(usual)s")
            if self.against == "weeks"
            else _("%(kpi)s %(value)s, others of that week %(usual)s")
        )
        return said % {
            "kpi": self.kpi.label,
            "value": f"{self.value}{self.kpi.unit}",
            "usual": f"{self.usual}{self.kpi.unit}",
        }


@dataclass
class Cell:
    """One figure of one line: its value, what it was the week before, and whether it stands out."""

    kpi: Kpi
    value: Decimal | None
    before: Decimal | None
    outlier: Outlier | None = None

    @property
    def change(self):
        """How much more or less than the week before."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def worse(self):
        """Whether it went the wrong way; None where it did not move."""
        return None if not self.change else (self.change > 0) != self.kpi.more_is_better


@dataclass
class Line:
    """One merchant, product, streamer or show in a week."""

    subject_id: int
    label: str
    counts: Counts
    cells: list = field(default_factory=list)

    @property
    def outliers(self):
        """Its figures that stand out."""
        return [cell.outlier for cell in self.cells if cell.outlier]

    @property
    def why(self):
        """What stands out, in words."""
        return "；".join(outlier.why for outlier in self.outliers)


@dataclass(frozen=True)
class Board:
    """A week by one dimension: lines, those that stand out first, and the trend of the weeks before."""

    week: datetime.date
    lines: list
    charts: list


def monday_of(day):
    """The Monday of a day's week."""
    return day - datetime.timedelta(days=day.weekday())


def board(dimension, week, *, on, visible=None):
    """The figures of a week by one dimension, with what stands out; three queries and one for the names."""
    limit, least = figures([Figure.Key.KPI_OUTLIER_TENTHS, Figure.Key.KPI_LEAST_ROWS], on)
    since = week - datetime.timedelta(weeks=WEEKS - 1)
    rows = ServiceFigures.objects.filter(dimension=dimension, week__gte=since, week__lte=week)
    if visible is not None:
        rows = rows.filter(subject_id__in=visible)
    history: dict = {}
    for row in rows:
        history.setdefault(row.subject_id, {})[row.week] = Counts(*[getattr(row, name) for name in SUMS])
    now = {subject: weeks[week] for subject, weeks in history.items() if _anything(weeks.get(week))}
    labels = _labels(dimension, now)
    lines = [_line(subject, labels, week, history[subject], now, limit, least) for subject in now]
    lines.sort(key=lambda line: (-len(line.outliers), -line.counts.orders, line.label))
    return Board(week, lines, charts(history, week))


def _anything(counts):
    return counts is not None and counts != Counts()


def _labels(dimension, subjects):
    if dimension == Dimension.AGENCY:
        return {0: str(Dimension.AGENCY.label)}
    rows = MODELS[dimension]._base_manager.filter(pk__in=subjects)
    return {row.pk: str(row) for row in rows}


def _line(subject, labels, week, weeks, now, limit, least):
    line = Line(subject, labels.get(subject, str(subject)), weeks[week])
    before = weeks.get(week - datetime.timedelta(weeks=1), Counts())
    earlier = [counts for monday, counts in weeks.items() if monday < week]
    peers = [counts for other, counts in now.items() if other != subject]
    for kpi in KPIS:
        cell = Cell(kpi, getattr(line.counts, kpi.name), getattr(before, kpi.name))
        rows = getattr(line.counts, kpi.of)
        if cell.value is not None and rows >= least:
            for against, others, enough in [("weeks", earlier, LEAST_WEEKS), ("peers", peers, LEAST_PEERS)]:
                found = _values(kpi, others, least)
                if cell.outlier is None and len(found) >= enough:
                    cell.outlier = outlier(kpi, cell.value, rows, against, found, limit)
        line.cells.append(cell)
    return line


def _values(kpi, others, least):
    """What others had, as far as it rests on enough."""
    values = [getattr(other, kpi.name) for other in others if getattr(other, kpi.of) >= least]
    return [value for value in values if value is not None]


def outlier(kpi, value, rows, against, found, limit):
    """Whether a value, resting on so many rows, lies so far on the bad side of what others had; else None."""
    usual = median(found)
    worse_by = usual - value if kpi.more_is_better else value - usual
    if worse_by * 10 <= limit * kpi.spread(found, usual, rows):
        return None
    return Outlier(kpi, value, Decimal(usual).quantize(Decimal("0.01")), against)


def charts(history, week):
    """The trend of each figure over the weeks, of all lines together."""
    mondays = [week - datetime.timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    sums = [
        sum((weeks[monday] for weeks in history.values() if monday in weeks), Counts()) for monday in mondays
    ]
    labels = [f"{monday:%m-%d}" for monday in mondays]
    return [
        Chart(kpi.label, "line", labels, [_number(getattr(counts, kpi.name)) for counts in sums])
        for kpi in KPIS
    ]


def _number(value):
    return None if value is None else float(value)
