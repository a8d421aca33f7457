"""The step in which an applicant sends the pictures that show who they are."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import FormPage
from streamers.actions import paper as paper_actions
from streamers.forms.application import PapersForm
from streamers.models import IdentityPaper
from streamers.portal.application import StepMixin


class PapersPage(StepMixin, FormPage):
    """Which pictures were received, and room for those that were not; the pictures are for staff alone."""

    step = "papers"
    form_class = PapersForm
    template_name = "streamers/portal/papers.html"
    done = _("The pictures were received.")

    def act(self, form):
        at = clock.now()
        with transaction.atomic():
            for kind, file in form.cleaned_data.items():
                if file:
                    paper_actions.receive(self.streamer, kind, file, by=self.request.user, at=at)

    def get_success_url(self):
        here = next(part for part in self.parts if part.name == self.step)
        return self.next_url() if here.done else here.url

    def get_context_data(self, **kwargs):
        found = super().get_context_data(**kwargs)
        received = {paper.kind: paper for paper in self.streamer.papers.exclude(document=None)}
        rows = [(kind, received.get(kind), found["form"][kind.value]) for kind in IdentityPaper.Kind]
        return found | {"rows": rows, "next_url": self.next_url()}
