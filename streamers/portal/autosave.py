"""Keeps what is typed in the application while it is typed: what is right is stored, the rest is told."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from mcn.kit import clock
from mcn.kit.forms import CHANGED_MEANWHILE
from mcn.kit.refusal import Refused, Stale
from streamers.actions import application as application_actions
from streamers.models import Streamer
from streamers.portal.application import TYPED, StepMixin
from streamers.rules.application import oddities


class AutosavePage(StepMixin, View):
    """Takes a step's form as far as it is right, and answers with what became of it."""

    http_method_names = ["post"]

    def handle_no_permission(self):
        """Say it where the page says whether it is saved: a login page would be put there instead."""
        said = _("You were signed out. Sign in again in another window, then press the button here.")
        return TemplateResponse(self.request, "streamers/portal/_status.html", {"refusal": said}, status=403)

    def elsewhere(self):
        """Nowhere: what was handed in meanwhile is told by the verb's own refusal."""

    def post(self, request, step):
        if step not in TYPED:
            raise Http404
        at = clock.now()
        form = TYPED[step](request.POST, instance=self._stored())
        form.is_valid()
        refusal, status = "", 200
        try:
            self._keep(form, at)
        except Refused as no:
            refusal, status = str(no), no.status
        except ValidationError as error:
            refusal, status = "；".join(error.messages), 422
        stored = self._stored()
        shown = {
            "form": form,
            "refusal": refusal,
            "saved_at": at,
            "streamer": stored,
            "oddities": oddities(stored, clock.business_day(at)) if step == "identity" else [],
        }
        return TemplateResponse(request, "streamers/portal/_saved.html", shown, status=status)

    def _stored(self):
        return Streamer.objects.get(pk=self.streamer.pk)

    def _keep(self, form, at):
        if form.has_error(NON_FIELD_ERRORS, "stale"):
            raise Stale(CHANGED_MEANWHILE)
        streamer = self._stored()
        for name in form._meta.fields:
            if name in form.fields and name in form.cleaned_data and not form.has_error(name):
                setattr(streamer, name, form.cleaned_data[name])
        application_actions.change(streamer, by=self.request.user, at=at)
