"""The shows that a streamer is in: when, where, with whom, and what is shown at which price."""

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from mcn.kit import clock
from mcn.kit.portal import Page
from streamers.models import Show, ShowCast
from streamers.portal.base import StreamerMixin
from streamers.rules import run_sheet_page
from streamers.rules.run_sheet_print import page
from streamers.rules.show_times import span

PAST = 20


def shows_of(streamer):
    """The shows in which a streamer is cast, with everybody else of the cast."""
    own = ShowCast.objects.standing().filter(streamer=streamer)
    cast = ShowCast.objects.standing().select_related("streamer")
    return (
        Show.objects.filter(pk__in=own.values("show"))
        .select_related("room__platform")
        .prefetch_related(Prefetch("cast", cast, to_attr="hosts_now"))
        .annotate(counted=Count("items", filter=Q(items__removed_at=None)))
    )


class ShowsPage(StreamerMixin, Page):
    """What comes next, and what is over."""

    section = "shows"
    template_name = "streamers/portal/shows.html"

    def get_context_data(self, **kwargs):
        shows = shows_of(self.streamer)
        coming = shows.filter(state__in=Show.OPEN, ends_at__gt=clock.now()).order_by("starts_at", "id")
        others = shows.exclude(pk__in=coming.values("pk")).order_by("-starts_at", "-id")
        past = Paginator(others, PAST).get_page(self.request.GET.get("page"))
        return super().get_context_data(coming=coming, page=past, **kwargs)


class ShowPage(StreamerMixin, Page):
    """One show and its run sheet, as the streamer reads it."""

    section = "shows"
    template_name = "streamers/portal/show.html"

    @cached_property
    def show(self):
        return get_object_or_404(shows_of(self.streamer), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        crew = self.show.crew.standing().select_related("person")
        lines = run_sheet_page.lines(self.show)
        own = {"show": self.show, "time": span(self.show), "lines": lines, "crew": crew}
        return super().get_context_data(**own | kwargs)


class ShowPrint(ShowPage):
    """The run sheet on paper."""

    def get(self, request, *args, **kwargs):
        url = request.build_absolute_uri(reverse("streamer_show", args=[self.show.pk]))
        answer = HttpResponse(
            page(self.show, at=clock.now(), url=url).output(), content_type="application/pdf"
        )
        answer.headers["Content-Disposition"] = f'inline; filename="run-sheet-{self.show.code}.pdf"'
        return answer
