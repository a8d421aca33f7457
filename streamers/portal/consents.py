"""The step in which a minor names the guardian, and the link that the guardian gets."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import RecordPage, VerbPage
from mcn.kit.qr import qr_image
from streamers.actions import consent as consent_actions
from streamers.forms.consent import GuardianForm
from streamers.models import Consent
from streamers.portal.application import ApplicationMixin
from streamers.portal.base import StreamerMixin
from streamers.rules import age
from streamers.rules.consent_text import usual_scope

State = Consent.State


class GuardianStep(ApplicationMixin, RecordPage):
    """The guardian of somebody of sixteen or seventeen: named, asked by a link, signed."""

    step = "guardian"
    form_class = GuardianForm
    template_name = "streamers/portal/consent.html"
    done = _("The link is ready: send it to your guardian.")

    def elsewhere(self):
        fits = self.editable or self.streamer.consents.exists()
        return None if fits and self.is_minor else redirect("streamer_application")

    @cached_property
    def is_minor(self):
        return age.is_minor(self.streamer, clock.today())

    def get_object(self):
        return Consent(streamer=self.streamer, scope=usual_scope())

    def act(self, form):
        return consent_actions.ask(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("streamer_guardian")

    def get_context_data(self, **kwargs):
        at = clock.now()
        rows = list(self.streamer.consents.all())
        asked = next((row for row in rows if row.state == State.ASKED), None)
        link = self._link(asked) if asked and consent_actions.is_open(asked, at) else ""
        return super().get_context_data(
            asked=asked,
            link=link,
            qr=qr_image(link) if link else "",
            may_ask=consent_actions.may_ask(self.streamer, self.request.user),
            consents=[row for row in rows if row.state in (State.SIGNED, State.REVOKED)],
            last_day=consent_actions.last_day_as_minor(self.streamer),
            **kwargs,
        )

    def _link(self, consent):
        path = reverse("guardian", args=[consent_actions.token_of(consent)])
        return self.request.build_absolute_uri(path)


class CancelPage(StreamerMixin, VerbPage):
    """Withdraw a guardian's link that was not signed."""

    section = "application"
    title = action = _("Withdraw the link")
    question = _("The link then leads nowhere, and you can name the guardian anew.")
    done = _("The link was withdrawn.")
    danger = True

    def get_object(self):
        return get_object_or_404(self.streamer.consents, pk=self.kwargs["pk"])

    def act(self, form):
        return consent_actions.cancel(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("streamer_guardian")
