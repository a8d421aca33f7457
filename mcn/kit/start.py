"""The start page: for each person, what waits for them, what expires and what is blocked.

An app tells its work in a function named in ``settings.MCN_WORK``: ``work(user, on) -> iterable of Work``. It
yields only what the person may see, counted by the database.
"""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock

WAITS, EXPIRES, BLOCKED = "waits", "expires", "blocked"
HEADINGS = {WAITS: _("Waits for you"), EXPIRES: _("Expires soon"), BLOCKED: _("Blocked")}
NOTHING = {
    WAITS: _("Nothing waits for you now."),
    EXPIRES: _("Nothing expires in the coming weeks."),
    BLOCKED: _("Nothing is blocked."),
}


@dataclass(frozen=True)
class Work:
    """A pile of work: how many rows, the list that shows exactly these, and the first few of them."""

    kind: str
    label: Any
    count: int
    url: str
    rows: list = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """A figure that people would rather see: labels and one series for Chart.js."""

    title: Any
    kind: str
    labels: list
    values: list

    def as_json(self):
        """The data and nothing else; how it is drawn is the script's part."""
        return {"type": self.kind, "labels": [str(label) for label in self.labels], "values": self.values}


def dashboard(request, context):
    """Unfold's callback: the page's piles by heading, and its charts."""
    on = clock.today()
    found = [item for path in settings.MCN_WORK for item in import_string(path)(request.user, on)]
    piles = [item for item in found if isinstance(item, Work) and item.count]
    context["charts"] = [item for item in found if isinstance(item, Chart) and any(item.values)]
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
