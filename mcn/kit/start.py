"""The start page: for each person, what waits for them, what expires and what is blocked.

An app tells its work in a function named in ``settings.MCN_WORK``: ``work(user, on) -> iterable of Work``. It
yields only what the person may see, counted by the database. The first page of a merchant's portal asks the
functions named in ``settings.MCN_PORTAL_WORK`` in the same way: ``work(merchant, at) -> iterable of Pile``.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

from django.conf import settings
from django.db.models import Count, Value
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock

WAITS, EXPIRES, BLOCKED = "waits", "expires", "blocked"
HEADINGS = {WAITS: _("Waits for you"), EXPIRES: _("Expires soon"), BLOCKED: _("Blocked")}
SHOWN = 5
NOTHING = {
    WAITS: _("Nothing waits for you now."),
    EXPIRES: _("Nothing expires in the coming weeks."),
    BLOCKED: _("Nothing is blocked."),
}


@dataclass
class Work:
    """A pile of work: how many rows, the list that shows exactly these, and the first few of them.

    ``mine`` is what waits for this very person and nobody else: it comes before all others.
    """

    kind: str
    label: Any
    count: int
    url: str
    rows: list = field(default_factory=list)
    model: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure that people would rather see, for Chart.js: labels and one series, or several by name."""

    title: Any
    kind: str
    labels: list
    values: list = field(default_factory=list)
    series: dict = field(default_factory=dict)

    @property
    def says_something(self):
        """Whether there is anything to draw."""
        return any(any(values) for values in [self.values, *self.series.values()])

    def as_json(self):
        """The data and nothing else; how it is drawn is the script's part."""
        series = [{"label": str(name), "values": values} for name, values in self.series.items()]
        drawn = {"series": series} if series else {"values": self.values}
        return {"type": self.kind, "labels": [str(label) for label in self.labels], **drawn}


class Pile(Work):
    """A pile told by a queryset: counted with all others of a page by one query, alone where asked alone."""

    def __init__(self, kind, label, waiting, url, first, tell, to, mine=False):
        self.kind, self.label, self.model, self.url = kind, label, waiting.model._meta.label_lower, url
        self.waiting, self.first, self.tell, self.to, self.mine = waiting, first, tell, to, mine

    @cached_property
    def count(self):  # type: ignore[override]  # once counted, it is set
        """How many rows there are."""
        return self.waiting.count()

    @cached_property
    def rows(self):  # type: ignore[override]
        """The first few rows, read where there are any."""
        return [self._told(row) for row in self.first()] if self.count else []

    def _told(self, row):
        name, note = self.tell(row)
        return {"url": self.to(row), "label": name, "note": note}


def pile(kind, label, rows, query, tell, to=None, mine=False):
    """A pile of a queryset's rows.

    ``query`` filters the model's list in the admin to exactly these rows; ``tell`` gives a row's label
    and note, ``to`` the page that a row leads to where that is not its own.
    """
    return Pile(kind, label, rows, _list(rows, query), lambda: rows[:SHOWN], tell, _page(rows, to), mine)


def _name(rows):
    return f"admin:{rows.model._meta.app_label}_{rows.model._meta.model_name}"


def _list(rows, query):
    return f"{reverse(f'{_name(rows)}_changelist')}?{query}"


def _page(rows, to=None):
    own = f"{_name(rows)}_change"
    return lambda row: (to(row) if to else "") or reverse(own, args=[row.pk])


def steps(kind, rows, column, until, tell):
    """A pile for each step of a warning; the first few rows of all of them are read by one query.

    ``rows`` are those of the widest step, ordered by the ``column`` that says until when; ``until`` gives
    each step's label, last day and filter.
    """
    first = cache(lambda: list(rows[:SHOWN]))
    for label, day, query in until:
        waiting = rows.filter(**{f"{column}__lte": day})
        shown = partial(_not_after, first, column, day)
        yield Pile(kind, label, waiting, _list(rows, query), shown, tell, _page(rows))


def _not_after(first, column, day):
    return [row for row in first() if getattr(row, column) <= day]


def count_together(piles):
    """Count piles by one query."""
    asked = [
        pile.waiting.order_by().values(of_pile=Value(number)).annotate(in_pile=Count("pk"))
        for number, pile in enumerate(piles)
    ]
    counts = {row["of_pile"]: row["in_pile"] for row in asked[0].union(*asked[1:], all=True)} if asked else {}
    for number, pile in enumerate(piles):
        pile.count = counts.get(number, 0)


def waited(moment, on):
    """For how many days something waits; nothing is said where nobody knows since when."""
    if moment is None:
        return ""
    days = (on - clock.business_day(moment)).days
    return gettext("waiting for %(days)s days") % {"days": days} if days else gettext("since today")


def left(day, on):
    """How long something is good for, or for how long it has not been."""
    days = (day - on).days
    if not days:
        return gettext("today")
    said = gettext("%(days)s days left") if days > 0 else gettext("%(days)s days ago")
    return said % {"days": abs(days)}


def acted_on(user):
    """The models whose rows a person may do more to than look at: their piles come first."""
    permissions = [name.partition(".") for name in user.get_all_permissions()]
    return {
        f"{app}.{codename.rpartition('_')[2]}"
        for app, _dot, codename in permissions
        if not codename.startswith("view_")
    }


def dashboard(request, context):
    """The page's piles by heading, and its charts."""
    on = clock.today()
    found = [item for path in settings.MCN_WORK for item in import_string(path)(request.user, on)]
    count_together([item for item in found if isinstance(item, Pile)])
    own = acted_on(request.user)
    piles = [item for item in found if isinstance(item, Work) and item.count]
    piles.sort(key=lambda pile: (not pile.mine, pile.model not in own))
    context["charts"] = [item for item in found if isinstance(item, Chart) and item.says_something]
    context["columns"] = [
        {
            "heading": heading,
            "kind": kind,
            "nothing": NOTHING[kind],
            "piles": [pile for pile in piles if pile.kind == kind],
        }
        for kind, heading in HEADINGS.items()
    ]
    return context
