"""An invitation's page: who has no account opens one, and with it their file as a streamer."""

from django import forms
from django.contrib.auth import login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from merchants.portal.public import BACKEND, AccountForm
from streamers.actions import invitation as invitation_actions
from streamers.models import Streamer
from streamers.portal.links import LinkPage


class StageForm(forms.Form):
    """What a newcomer is called before the camera."""

    stage_name = forms.CharField(
        label=_("stage name"),
        max_length=40,
        help_text=_("You can change it while you fill in the application."),
    )


class NewcomerForm(StageForm, AccountForm):
    """An account, and the file that it brings."""

    field_order = ["stage_name", "person", "username", "password"]


class InvitationPage(LinkPage):
    """Lets one person in, once."""

    template_name = "streamers/portal/invitation.html"
    done = _("Welcome. Fill in your application step by step; what you type is saved as you go.")
    attempts = "streamer_invitations"

    def find(self, token):
        return invitation_actions.find(token)

    def is_open(self):
        return invitation_actions.is_open(self.row, clock.now())

    def answer(self, request, *args, **kwargs):
        # A second click, or the way back: the person whom the link let in goes on with their file.
        if self.row and self.row.streamer and self._let_in(request.user):
            return redirect("streamer_home")
        return super().answer(request, *args, **kwargs)

    def _let_in(self, user):
        return user.is_authenticated and self.row.streamer.user_id == user.pk

    def get_form_class(self):
        return StageForm if self.request.user.is_authenticated else NewcomerForm

    def get_initial(self):
        streamer = self.row.streamer
        return {"stage_name": streamer.stage_name if streamer else self.row.name}

    def act(self, form):
        self.count()
        given = {"stage_name": form.cleaned_data["stage_name"], "at": clock.now()}
        if self.request.user.is_authenticated:
            return invitation_actions.accept(self.row, user=self.request.user, **given)
        user, streamer = invitation_actions.accept_as_new(
            self.row,
            username=form.cleaned_data["username"],
            name=form.cleaned_data["person"],
            password=form.cleaned_data["password"],
            **given,
        )
        login(self.request, user, backend=BACKEND)
        return streamer

    def get_success_url(self):
        return reverse("streamer_application")

    def get_context_data(self, **kwargs):
        known = Streamer.objects.filter(user=self.request.user.pk).exists()
        return super().get_context_data(invitation=self.row, known=known, **kwargs)
