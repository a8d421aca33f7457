"""The pages by which a consumer complains without an account, and learns how complaints are dealt with."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from aftersales.actions import complaint_intake as intake
from aftersales.forms.complaint import ComplainForm
from aftersales.models import Channel, Complaint
from aftersales.rules.complaint_process import deadlines, drawn
from aftersales.rules.service_channel import channels_on
from mcn.kit import clock
from mcn.kit.attempts import count_attempt
from mcn.kit.portal import OpenFormPage
from streamers.models import Room, Show
from streamers.portal.links import PRIVATE

COMPLAINTS_AN_HOUR = 5
# Where the browser that complained finds the number and the code of what it sent.
SESSION_KEY = "complaint"


class PrivateMixin:
    """Pages about one person's complaint: not kept by browsers, not told to other sites."""

    def dispatch(self, request, *args, **kwargs):
        answer = super().dispatch(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer


class ComplainPage(PrivateMixin, OpenFormPage):
    """The form that a QR code leads to; the code says about which show or room it was scanned."""

    form_class = ComplainForm
    template_name = "aftersales/public/complain.html"
    done = gettext_lazy("Your complaint was received.")

    @cached_property
    def about(self):
        """The show or the room that the QR code names; an unknown one is 404."""
        code = self.kwargs.get("about")
        if code is None:
            return None
        found = Show.objects.filter(code=code).exclude(started_at=None).select_related("room").first()
        if found is None and code[1:].isdecimal():
            found = Room.objects.filter(pk=int(code[1:][:9])).first() if code[0] == "R" else None
        if found is None:
            raise Http404
        return found

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self._new()}

    def _new(self):
        complaint = Complaint(channel=Channel.FORM)
        if isinstance(self.about, Show):
            complaint.show, complaint.room = self.about, self.about.room
        elif self.about:
            complaint.room = self.about
        if complaint.room:
            complaint.platform_id = complaint.room.platform_id
        return complaint

    def act(self, form):
        message = _("Too many complaints came from here. Please try again in an hour, or call us.")
        count_attempt(self.request, "complaints", COMPLAINTS_AN_HOUR, message)
        file = form.cleaned_data["file"]
        complaint = intake.receive(form.instance, file=file, by=None, at=clock.now())
        self.request.session[SESSION_KEY] = complaint.pk
        return complaint

    def form_valid(self, form):
        answer = super().form_valid(form)
        return redirect("complain_received") if answer.status_code == 302 else answer

    def get_success_url(self):
        return "/"

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.about, **kwargs)


class ReceivedPage(PrivateMixin, TemplateView):
    """The tracking number and code, shown to the browser that complained and to nobody else."""

    template_name = "aftersales/public/received.html"

    def get_context_data(self, **kwargs):
        complaint = Complaint.objects.filter(pk=self.request.session.get(SESSION_KEY)).first()
        if complaint is None:
            raise Http404
        return super().get_context_data(complaint=complaint, **kwargs)


class ProcessPage(TemplateView):
    """How complaints are dealt with: the flow, the deadlines and who answers for what (GDAS 5.3, annex A)."""

    template_name = "aftersales/public/process.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        shown = {"flow": drawn(), "deadlines": deadlines(on), "channels": channels_on(on)}
        return super().get_context_data(**shown, **kwargs)
