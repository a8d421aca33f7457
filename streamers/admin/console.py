"""The console of a live show: what is on the table, what has to be said of it, and all that happens."""

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mcn.kit import clock
from mcn.kit.moves import permission
from mcn.kit.refusal import Refused
from streamers.actions import show_event as event_actions
from streamers.forms.show_event import EventForm
from streamers.models import Show, ShowEvent, ViolationCode
from streamers.rules import alerts, go_live, on_air
from streamers.rules.to_say import to_say

Kind = ShowEvent.Kind
# The gate is asked again every so many seconds, for all consoles of a show together.
GATE_SECONDS = 20
SHOWN = 200
WORDS = [Kind.QUESTION, Kind.ANSWER, Kind.REMINDER, Kind.CORRECTION, Kind.INCIDENT, Kind.COMMENT, Kind.NOTE]


class ConsoleMixin:
    """Gives the events' admin each show's console, the part of it that refreshes, and its one door in."""

    def get_urls(self):
        views = {
            "console": ("console/<int:show_id>/", self.console_view),
            "live": ("console/<int:show_id>/live/", self.live_view),
            "note": ("console/<int:show_id>/note/", require_POST(self.note_view)),
        }
        own = [
            path(route, self.admin_site.admin_view(never_cache(view)), name=f"streamers_showevent_{name}")
            for name, (route, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def console_view(self, request, show_id):
        """The whole page; what changes on it is fetched by ``live_view``."""
        show = self._show(request, show_id)
        cast = show.cast.standing().select_related("streamer")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Live console"),
            "subtitle": str(show),
            "opts": self.opts,
            "show": show,
            "panels": [(item, to_say(item), self._offers(item)) for item in show.items.all()],
            "streamers": [row.streamer for row in cast],
            "codes": ViolationCode.objects.filter(ended_on=None),
            "words": [(kind.value, kind.label) for kind in WORDS],
            "may": {
                verb: request.user.has_perm(permission(ShowEvent, verb))
                for verb in ("add", "take_down", "stop", "ban")
            },
            "user_pk": request.user.pk,
            **self._live(show),
        }
        return TemplateResponse(request, "streamers/admin/console.html", context)

    def live_view(self, request, show_id):
        """The timeline and the alerts as they stand now, for htmx."""
        shown = self._live(self._show(request, show_id))
        return TemplateResponse(request, "streamers/admin/_live.html", shown)

    def note_view(self, request, show_id):
        """Take one entry; sent again with its key it is answered as the first time."""
        show = self._shows(request, show_id).first()
        if show is None:
            raise Http404
        at = clock.now()
        form = EventForm(request.POST, show=show)
        if not form.is_valid():
            return _refused("；".join(_told(form)), 400)
        given = {name: form.cleaned_data[name] for name in ("code", "hold")}
        try:
            event = event_actions.record(form.event(at=at), **given, by=request.user, at=at)
        except ValidationError as error:
            return _refused("；".join(error.messages), 400)
        except Refused as no:
            return _refused(str(no), no.status)
        return JsonResponse({"id": event.pk, "second": event.second})

    def _shows(self, request, show_id):
        if not request.user.has_perm(permission(ShowEvent, "view")):
            raise PermissionDenied
        return Show.objects.visible_to(request.user).filter(pk=show_id).select_related("room")

    def _show(self, request, show_id):
        """The show with all that the console tells of it."""
        shows = on_air.for_inspection(self._shows(request, show_id))
        if not shows:
            raise Http404
        return shows[0]

    def _offers(self, item):
        return [offer for offer in item.offers.all() if offer.removed_at is None]

    def _live(self, show):
        at = clock.now()
        now = on_air.seen(show)
        live = show.state == Show.State.LIVE
        end = show.ended_at or at
        second = int((end - show.started_at).total_seconds()) if show.started_at else 0
        state = {
            "live": live,
            "second": second,
            "onTable": now.on_table,
            "told": _told_with_clock(now),
            "shelf": {str(number): on for number, on in now.shelf.items()},
            "down": sorted(now.taken_down),
            "soldOut": sorted(now.sold_out),
        }
        return {
            "show": show,
            "state": state,
            "alerts": list(self._alerts(show, at=at)) if live else [],
            "findings": [] if live else list(on_air.ON_AIR.findings(show, clock.business_day(at))),
            "events": _newest_first(show),
            "answers": ShowEvent.ANSWERED_BY,
            "open": {event.pk for event in now.open},
            "final": ShowEvent.FINAL,
        }

    def _alerts(self, show, *, at):
        key = f"on-air-gate:{show.pk}"
        found = cache.get(key)
        if found is None:
            found = list(alerts.of_findings(go_live.report(show, at=at).findings))
            cache.set(key, found, GATE_SECONDS)
        return [*found, *alerts.of_timeline(show, at=at)]


def _newest_first(show):
    taken_back = {event.about_id for event in show.events.all() if event.kind == Kind.RETRACT}
    rows = [event for event in show.events.all() if event.kind != Kind.RETRACT]
    items = {item.pk: item for item in show.items.all()}
    return [(event, items.get(event.item_id), event.pk in taken_back) for event in reversed(rows)][:SHOWN]


def _told_with_clock(now):
    """``{item: {topic: [clock, id of the event]}}`` for the ticks."""
    told = {}
    for event in now.standing:
        if event.kind == Kind.SAID:
            told.setdefault(str(event.item_id), {}).setdefault(event.topic, [event.clock, event.pk])
    return told


def _told(form):
    for name, messages in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for message in messages:
            yield f"{label}：{message}" if label else str(message)


def _refused(message, status):
    return JsonResponse({"refused": message}, status=status)


def console_url(show):
    """The console's address."""
    return reverse("admin:streamers_showevent_console", args=[show.pk])
