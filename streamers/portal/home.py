"""The streamer's own file: how far they are, what waits for them, their accounts, consents and holds."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import Page
from streamers.models import Streamer
from streamers.portal.base import StreamerMixin

State = Streamer.State


@dataclass(frozen=True)
class Step:
    """One station on a streamer's way with the agency."""

    label: Any
    when: Any
    done: bool
    current: bool


def steps(streamer):
    """The stations from the application to the first show, and the end where there is one."""
    order = [State.DRAFT, State.APPLIED, State.VERIFIED, State.TRAINED, State.ACTIVE]
    when = {State.DRAFT: streamer.created_at, State.APPLIED: streamer.applied_at}
    when[State.ACTIVE] = streamer.activated_on
    labels = {
        State.DRAFT: _("Fill in the application"),
        State.APPLIED: _("The agency verifies it"),
        State.VERIFIED: _("Training before the first show"),
        State.TRAINED: _("The agency clears the first show"),
        State.ACTIVE: _("On air"),
    }
    place = order.index(streamer.state) if streamer.state in order else len(order)
    found = [
        Step(
            labels[state], when.get(state), place > number or streamer.state == State.ACTIVE, place == number
        )
        for number, state in enumerate(order)
    ]
    if streamer.state not in order:
        found.append(Step(streamer.get_state_display(), streamer.ended_on, False, True))
    return found


class HomePage(StreamerMixin, Page):
    """My file."""

    template_name = "streamers/portal/home.html"
    section = "home"

    def get_context_data(self, **kwargs):
        on = clock.today()
        return super().get_context_data(
            steps=steps(self.streamer),
            accounts=self.streamer.accounts.filter(ended_on=None).select_related("platform"),
            consents=self.streamer.consents.all(),
            holds=[row for row in self.streamer.holds.all() if row.holds(on)],
            **kwargs,
        )
