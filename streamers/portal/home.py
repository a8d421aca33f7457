"""The streamer's own file: how far they are, what waits for them, their accounts, consents and holds."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.audit import trail
from mcn.kit import clock
from mcn.kit.portal import Page, VerbPage
from streamers.actions import hold as hold_actions
from streamers.models import Consent, Streamer
from streamers.portal.application import parts_of
from streamers.portal.base import StreamerMixin
from streamers.rules import age
from streamers.rules.hold import state_told

State = Streamer.State


@dataclass(frozen=True)
class Step:
    """One station on a streamer's way with the agency."""

    label: Any
    when: Any
    done: bool
    current: bool


def moments(streamer):
    """When the agency last accepted a streamer and declared them trained, by verb."""
    asked = trail.history(streamer).filter(verb__in=["accept", "graduate"])
    return dict(asked.order_by("id").values_list("verb", "at"))


def steps(streamer):
    """Each station with the day it was done, to the first show, and the end where there is one."""
    order = [State.DRAFT, State.APPLIED, State.VERIFIED, State.TRAINED]
    moved = moments(streamer)
    when = {
        State.DRAFT: streamer.applied_at,
        State.APPLIED: moved.get("accept"),
        State.VERIFIED: moved.get("graduate"),
        State.TRAINED: streamer.activated_on,
    }
    labels = {
        State.DRAFT: _("Fill in the application"),
        State.APPLIED: _("The agency verifies it"),
        State.VERIFIED: _("Training before the first show"),
        State.TRAINED: _("The agency lets you before the camera"),
    }
    place = order.index(streamer.state) if streamer.state in order else len(order)
    found = []
    for number, state in enumerate(order):
        done = place > number
        found.append(Step(labels[state], when[state] if done else None, done, place == number))
    if streamer.state in (State.SUSPENDED, State.ENDED):
        found.append(Step(streamer.get_state_display(), streamer.ended_on, False, True))
    return found


def warnings(streamer, consents, on):
    """What a minor must know of the consents that let them stream."""
    if streamer.state == State.DRAFT or not age.is_minor(streamer, on):
        return []
    if any(row.covers(on) for row in consents):
        return []
    return [_("No guardian's consent is in force: you cannot stream until a guardian has signed.")]


class HomePage(StreamerMixin, Page):
    """My file."""

    template_name = "streamers/portal/home.html"
    section = "home"

    def get_context_data(self, **kwargs):
        on = clock.today()
        drafting = self.streamer.state == State.DRAFT
        consents = list(self.streamer.consents.all())
        return super().get_context_data(
            steps=steps(self.streamer),
            state_told=state_told(self.streamer, on),
            parts=parts_of(self.streamer, on) if drafting else [],
            warnings=warnings(self.streamer, consents, on),
            minor=age.is_minor(self.streamer, on),
            accounts=self.streamer.accounts.filter(ended_on=None).select_related("platform"),
            consents=[row for row in consents if row.state != Consent.State.CANCELLED],
            holds=[row for row in self.streamer.holds.all() if row.holds(on)],
            **kwargs,
        )


class AppealForm(forms.Form):
    """What the streamer says against a hold."""

    appeal = forms.CharField(label=_("appeal"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AppealPage(StreamerMixin, VerbPage):
    """Speak against a hold."""

    section = "home"
    form_class = AppealForm
    title = _("Appeal against the hold")
    action = _("Send the appeal")
    done = _("Your appeal was sent. The hold goes on until it is decided.")

    @cached_property
    def hold(self):
        return get_object_or_404(self.streamer.holds, pk=self.kwargs["pk"])

    def ask(self):
        return self.hold.reason

    def act(self, form):
        return hold_actions.appeal(self.hold, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("streamer_home")
