"""The application, step by step: who one is, what one has done, what is still missing, and handing it in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import FormPage, RecordPage
from mcn.kit.refusal import Finding
from streamers.actions import application as application_actions
from streamers.forms.application import ExperienceForm, IdentityForm
from streamers.portal.base import StreamerMixin
from streamers.rules import ad_penalty, age, verification
from streamers.rules import application as rules
from streamers.rules.application import oddities

# The steps in their order: name, address, label, and the checks that each of them answers.
STEPS = [
    (
        "identity",
        "streamer_identity",
        _("Who you are"),
        [
            verification.gives_the_real_name,
            verification.gives_phone_and_address,
            age.is_of_working_age,
            ad_penalty.is_not_barred_by_a_penalty,
        ],
    ),
    ("accounts", "streamer_accounts", _("Accounts"), [rules.names_an_account]),
    ("experience", "streamer_experience", _("Experience"), [rules.tells_their_experience]),
    ("papers", "streamer_papers", _("Pictures"), [rules.sends_the_papers]),
    (
        "guardian",
        "streamer_guardian",
        _("Guardian"),
        [rules.names_the_guardian, rules.has_the_guardians_signature],
    ),
]


@dataclass(frozen=True)
class Part:
    """One step of the application, and what is still to be given there."""

    name: str
    label: Any
    url: str
    findings: list

    @property
    def done(self):
        """Whether nothing that is a must is missing in it."""
        return not any(finding.blocks for finding in self.findings)


def parts_of(streamer, on):
    """The steps of an application with what each of them still lacks; a guardian's only for minors."""
    seen = rules.for_application(type(streamer).objects.filter(pk=streamer.pk)).get()
    found = []
    for name, address, label, checks in STEPS:
        url = reverse(address)
        findings = [
            Finding(check.clauses[0], check.level, row, message, url)
            for check in checks
            for row, message in check(seen, on)
        ]
        if name != "guardian" or age.is_minor(seen, on):
            found.append(Part(name, label, url, findings))
    return found


class ApplicationMixin(StreamerMixin):
    """A page of the application: its steps, and which of them are done."""

    section = "application"

    @cached_property
    def parts(self):
        return parts_of(self.streamer, clock.today())

    @property
    def editable(self):
        return application_actions.may_change(self.streamer, self.request.user)

    def next_url(self):
        """The step after this one, or the summary after the last."""
        names = [part.name for part in self.parts]
        later = self.parts[names.index(self.step) + 1 :] if self.step in names else []
        return later[0].url if later else reverse("streamer_application")

    def get_context_data(self, **kwargs):
        own = {"parts": self.parts, "minor": age.is_minor(self.streamer, clock.today())}
        return super().get_context_data(**own | {"editable": self.editable} | kwargs)


class StepMixin(ApplicationMixin):
    """A step that is filled in: while the application is a draft, and not afterwards."""

    def elsewhere(self):
        return None if self.editable else redirect("streamer_application")


class SummaryPage(ApplicationMixin, FormPage):
    """What is still missing, what was given, and the button that hands it in."""

    form_class = forms.Form
    template_name = "streamers/portal/application.html"
    done = _("Handed in. The agency verifies your data and gets in touch.")

    def act(self, form):
        return application_actions.apply(self.streamer, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("streamer_home")

    def get_context_data(self, **kwargs):
        findings = [finding for part in self.parts for finding in part.findings]
        return super().get_context_data(
            missing=findings,
            blocked=any(finding.blocks for finding in findings),
            oddities=oddities(self.streamer, clock.today()),
            accounts=self.streamer.accounts.filter(ended_on=None).select_related("platform"),
            papers=self.streamer.papers.exclude(document=None),
            **kwargs,
        )


class TypedStep(StepMixin, RecordPage):
    """A step of typed text, which also saves itself while it is typed."""

    template_name = "streamers/portal/step.html"

    def get_object(self):
        return self.streamer

    def act(self, form):
        return application_actions.change(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return self.next_url()

    def form_invalid(self, form):
        if isinstance(self.refusal, application_actions.TooYoung):
            return too_young(self.request, self.refusal)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            oddities=oddities(self.stored, clock.today()) if self.step == "identity" else [],
            autosave_url=reverse("streamer_autosave", args=[self.step]),
            **kwargs,
        )

    @property
    def stored(self):
        """The row as it is stored, whatever the form has put into the one in hand."""
        return type(self.streamer).objects.get(pk=self.streamer.pk)


def too_young(request, no):
    """The kind word to somebody under sixteen; what they typed is neither stored nor shown again."""
    return TemplateResponse(request, "streamers/portal/too_young.html", {"refusal": no}, status=no.status)


class IdentityPage(TypedStep):
    """Who one is."""

    step = "identity"
    form_class = IdentityForm


class ExperiencePage(TypedStep):
    """What one has done before."""

    step = "experience"
    form_class = ExperienceForm


TYPED = {page.step: page.form_class for page in (IdentityPage, ExperiencePage)}
