"""A streamer's qualifications: added with their file, corrected, given a better file."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import Page, RecordPage
from streamers.actions import credential as credential_actions
from streamers.forms.qualification import QualificationForm
from streamers.models import Qualification
from streamers.portal.base import StreamerMixin
from streamers.rules.qualification import PREFETCH, proving, unreported


class QualificationsPage(StreamerMixin, Page):
    """In which fields the streamer works, what each still lacks, and every paper."""

    section = "qualifications"
    template_name = "streamers/portal/qualifications.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        streamer = type(self.streamer).objects.prefetch_related(*PREFETCH).get(pk=self.streamer.pk)
        fields = [
            (row, proving(streamer, row.field, on), unreported(streamer, row.field, on))
            for row in streamer.specialisms.all()
        ]
        papers = self.streamer.qualifications.prefetch_related("document__revisions", "reports__platform")
        told = [(paper, self._state(paper, on)) for paper in papers]
        return super().get_context_data(fields=fields, papers=told, **kwargs)

    def _state(self, paper, on):
        """How a paper stands: the code of its tone and the word for it."""
        if paper.ended_on is not None:
            return "ended", _("withdrawn")
        if not paper.long_term and paper.valid_to < on:
            return "expired", _("expired")
        return ("verified", _("verified")) if paper.is_verified else ("unverified", _("not verified yet"))


class QualificationPage(StreamerMixin, RecordPage):
    """One paper: uploaded, corrected, or given a better file."""

    section = "qualifications"
    form_class = QualificationForm
    template_name = "streamers/portal/qualification.html"
    done = _("The paper was saved. The agency will verify it.")

    def get_object(self):
        if "pk" in self.kwargs:
            standing = self.streamer.qualifications.filter(ended_on=None)
            return get_object_or_404(standing, pk=self.kwargs["pk"])
        return Qualification(streamer=self.streamer)

    def act(self, form):
        verb = credential_actions.change if form.instance.pk else credential_actions.add
        return verb(form.instance, form.cleaned_data["file"], by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("streamer_qualifications")
