"""The guardian's page by a link of their own: read, sign, see what was signed, and take it back."""

import base64

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from streamers.actions import consent as consent_actions
from streamers.forms.consent import SignForm
from streamers.models import Consent
from streamers.portal.links import LinkPage
from streamers.rules.consent_text import first_of, words_of

State = Consent.State


class GuardianPage(LinkPage):
    """What every page of a guardian's link knows: the consent, and of the minor no more than it takes."""

    attempts = "guardians"

    def find(self, token):
        return consent_actions.find(token)

    def is_open(self):
        return consent_actions.is_open(self.row, clock.now())

    def get_success_url(self):
        return reverse("guardian", args=[self.kwargs["token"]])

    def get_context_data(self, **kwargs):
        streamer = self.row.streamer
        return super().get_context_data(
            consent=self.row,
            minor=first_of(streamer.name),
            stage_name=streamer.stage_name,
            token=self.kwargs["token"],
            **kwargs,
        )


class ConsentPage(GuardianPage):
    """The text with room to sign, and afterwards what was signed."""

    form_class = SignForm
    template_name = "streamers/portal/guardian.html"
    done = _("Thank you. Your consent was received; keep the link, with it you can take the consent back.")

    @cached_property
    def words(self):
        return words_of(self.row)

    def post(self, request, *args, **kwargs):
        if self.row.state != State.ASKED:  # a second click: what was signed stands already
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def get_initial(self):
        return {"text_sha256": self.words.sha256}

    def act(self, form):
        self.count()
        given = dict(form.cleaned_data)
        del given["read"]
        drawn = given.pop("signature")
        by = self.request.user if self.request.user.is_authenticated else None
        return consent_actions.sign(self.row, drawn=drawn, by=by, at=clock.now(), **given)

    def get_context_data(self, **kwargs):
        return super().get_context_data(words=self.words, drawing=self._drawing(), **kwargs)

    def _drawing(self):
        """The signature as an image on the page: its file is for staff alone."""
        if self.row.signature_id is None:
            return ""
        with self.row.signature.latest.file.open() as file:
            return f"data:image/png;base64,{base64.b64encode(file.read()).decode()}"


class RevokeForm(forms.Form):
    """A guardian's second thought, with room to say why."""

    note = forms.CharField(
        label=_("reason (you need not give one)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label=_("Yes, I take my consent back."))


class RevokePage(GuardianPage):
    """Takes the consent back at once."""

    form_class = RevokeForm
    template_name = "streamers/portal/guardian_revoke.html"
    done = _("Your consent is taken back. No new show is arranged from now on.")

    def answer(self, request, *args, **kwargs):
        if self.row and self.is_open() and self.row.state != State.SIGNED:
            return redirect(self.get_success_url())
        return super().answer(request, *args, **kwargs)

    def act(self, form):
        self.count()
        note = form.cleaned_data["note"]
        return consent_actions.revoke(self.row, note=note, by=None, at=clock.now())
