"""What every page of a show in the back office shares: its head, the way to its other pages, the gate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mcn.kit.refusal import Finding
from mcn.standards.checks import Report
from streamers.models import Show
from streamers.rules import go_live
from streamers.rules.parties import parties
from streamers.rules.show_times import span

AT_A_GLANCE = 15


@dataclass(frozen=True)
class Page:
    """A page of a show: its key, label and address, and how many things are on it; else a list of them."""

    key: str
    label: Any
    name: str
    count: Callable | None = None
    listed: bool = False

    def url(self, show):
        """Its address, or that of the list narrowed to the show."""
        return (
            f"{reverse(self.name)}?show__id__exact={show.pk}"
            if self.listed
            else reverse(self.name, args=[show.pk])
        )


# In the order in which a show is made.
PAGES = [
    Page("plan", _("Plan and people"), "admin:streamers_show_change"),
    Page(
        "run_sheet",
        _("Run sheet"),
        "admin:streamers_show_run_sheet",
        lambda show: show.items.standing().count(),
    ),
    Page("service_plans", _("Service plans"), "admin:streamers_serviceplan_changelist", listed=True),
    Page("ad_entries", _("Register of advertisements"), "admin:streamers_adentry_changelist", listed=True),
    Page("console", _("On-air console"), "admin:streamers_showevent_console"),
    Page("metrics", _("Figures of the show"), "admin:streamers_showmetrics_changelist", listed=True),
    Page("record", _("Frozen record"), "admin:streamers_showrecord_changelist", listed=True),
]


@dataclass(frozen=True)
class Gate:
    """What stands between a show and the air, by who must act."""

    report: Report

    @property
    def parties(self):
        """Everybody who has something to mend."""
        return parties(self.report.findings)

    @property
    def is_short(self):
        """Whether all of it can be read at a glance."""
        return len(self.report.blockers) <= AT_A_GLANCE

    @property
    def blockers(self) -> list[Finding]:
        return self.report.blockers

    @property
    def warnings(self) -> list[Finding]:
        return self.report.warnings

    @property
    def waived(self) -> list[Finding]:
        return self.report.waived


def gate_of(show):
    """The gate of a show that is not over; None of one that is."""
    return Gate(go_live.report(show)) if show.state in Show.OPEN else None


class ShowPagesMixin:
    """Gives a show's page its head, and finds the show of an address."""

    def show_or_404(self, request, object_id):
        """The show that an address names, if the person may view shows."""
        show = self.get_object(request, str(object_id))
        if show is None or not self.has_view_permission(request, show):
            raise Http404
        return show

    def head(self, request, show, page):
        """What stands at the top of every page of a show."""
        pages = [
            {
                "label": one.label,
                "url": one.url(show),
                "count": one.count(show) if one.count else None,
                "current": one.key == page,
            }
            for one in PAGES
        ]
        return {
            "row": show,
            "time": span(show),
            "pages": pages,
            "cast": list(show.cast.standing().select_related("streamer")),
            "crew": list(show.crew.standing().select_related("person")),
            "open_verbs": [(verb, self.verb_url(show, verb)) for verb in self.open_verbs(request, show)],
            "links": list(self.preparation(request, show)),
        }
