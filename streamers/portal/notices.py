"""My notices: what was found against a streamer and why, points, reminders, holds, tier and appeal."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Document, validate_upload
from mcn.kit import clock
from mcn.kit.portal import FormPage, Page
from streamers.actions import violation as violation_actions
from streamers.models import Correction, Violation
from streamers.portal.base import StreamerMixin
from streamers.rules.conduct import points
from streamers.rules.tier_history import explained
from streamers.rules.tiers import current, measures_of

SHOWN = 100


class NoticesPage(StreamerMixin, Page):
    """Everything that the agency has to tell a streamer about their conduct, the newest first."""

    template_name = "streamers/portal/notices.html"
    section = "notices"

    def get_context_data(self, **kwargs):
        on = clock.today()
        own = Violation.objects.visible_to(self.request.user).filter(streamer=self.streamer)
        violations = list(own.select_related("code", "correction").order_by("-happened_at")[:SHOWN])
        tier = current(self.streamer, on)
        return super().get_context_data(
            on=on,
            violations=violations,
            points=points(own, on),
            corrections=self.streamer.corrections.filter(state=Correction.State.OPEN).order_by("due_on"),
            holds=[row for row in self.streamer.holds.all() if row.holds(on)],
            tier=tier,
            tier_lines=explained(tier) if tier else [],
            measures=measures_of(self.streamer, on),
            **kwargs,
        )


class NoticeMixin(StreamerMixin):
    """One violation of the streamer's own; one that nobody has confirmed, or somebody else's, is 404."""

    section = "notices"

    @cached_property
    def violation(self):
        own = Violation.objects.visible_to(self.request.user).filter(streamer=self.streamer)
        return get_object_or_404(own.select_related("code"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        documents = Document.objects.filter(owner_model="streamers.violation", owner_id=self.violation.pk)
        on = clock.today()
        open_to_appeal = self.violation.state == Violation.State.CONFIRMED and (
            on <= self.violation.appeal_until
        )
        return super().get_context_data(
            violation=self.violation,
            counts=self.violation.counts(on),
            may_appeal=open_to_appeal,
            documents=documents.order_by("id").prefetch_related("revisions"),
            **kwargs,
        )


class NoticePage(NoticeMixin, Page):
    """One violation: what happened, by which clause, what was decided and why."""

    template_name = "streamers/portal/notice.html"


class AppealForm(forms.Form):
    """What the streamer says against it, with a file that proves it."""

    appeal = forms.CharField(
        label=_("Why it is wrong"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    file = forms.FileField(
        label=_("evidence"),
        required=False,
        validators=[validate_upload],
        help_text=_("A PDF or a picture: a screen shot, a report."),
    )


class AppealPage(NoticeMixin, FormPage):
    """Speak against a violation, once and in time."""

    form_class = AppealForm
    template_name = "streamers/portal/notice_appeal.html"
    done = _("Your appeal was sent. Somebody other than who decided will answer it.")

    def act(self, form):
        return violation_actions.appeal(
            self.violation, by=self.request.user, at=clock.now(), **form.cleaned_data
        )

    def get_success_url(self):
        return reverse("streamer_notice", args=[self.violation.pk])
