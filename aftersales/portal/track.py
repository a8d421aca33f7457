"""A consumer's own complaint: found by number and code, read, added to, taken back, taken up again."""

import hmac

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.actions import complaint as complaints
from aftersales.actions import complaint_intake as intake
from aftersales.actions import complaint_talk as talk
from aftersales.actions import survey as survey_actions
from aftersales.actions.review_link import link_after
from aftersales.forms.complaint import ContentForm, TrackForm, WhyForm, WordsForm
from aftersales.models import Complaint, ComplaintEntry
from aftersales.portal.complain import SESSION_KEY, PrivateMixin
from aftersales.rules.complaint_process import stages
from mcn.kit import clock
from mcn.kit.attempts import count_attempt, count_number
from mcn.kit.portal import OpenFormPage

ATTEMPTS_AN_HOUR = 20
OF_ONE_NUMBER = 10
State = Complaint.State


def find(tracking, pin):
    """The complaint of a number and its code, or None; it takes as long for a number that is none."""
    complaint = Complaint.objects.filter(tracking=tracking.strip()).first()
    right = hmac.compare_digest((complaint.pin if complaint else "-").encode(), pin.strip().upper().encode())
    return complaint if right else None


class FindPage(PrivateMixin, OpenFormPage):
    """Asks for number and code; a wrong number and a wrong code are answered alike."""

    form_class = TrackForm
    template_name = "aftersales/public/find.html"
    done = gettext_lazy("Here is your complaint.")

    def get_initial(self):
        return {"tracking": self.request.GET.get("n", "")}

    def act(self, form):
        message = _("Too many attempts. Please try again in an hour, or call us.")
        count_attempt(self.request, "complaint_track", ATTEMPTS_AN_HOUR, message)
        tracking = form.cleaned_data["tracking"].strip()
        count_number("complaint", tracking, OF_ONE_NUMBER, message)
        complaint = find(tracking, form.cleaned_data["pin"])
        if complaint is None:
            raise forms.ValidationError(_("The number and the code do not belong together."))
        self.request.session[SESSION_KEY] = complaint.pk
        return complaint

    def get_success_url(self):
        return reverse("complain_track")


class OwnMixin(PrivateMixin):
    """The complaint that this browser opened by number and code; without one it is sent to do so."""

    def dispatch(self, request, *args, **kwargs):
        if self.complaint is None:
            return redirect("complain_find")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def complaint(self):
        return Complaint.objects.filter(pk=self.request.session.get(SESSION_KEY)).first()

    def get_success_url(self):
        return reverse("complain_track")


class TrackPage(OwnMixin, OpenFormPage):
    """How far it is, what was said, what comes next; and a form to add something."""

    form_class = WordsForm
    template_name = "aftersales/public/track.html"
    done = gettext_lazy("Added. Whoever deals with your complaint sees it at once.")

    def act(self, form):
        message = _("Too many messages came from here. Please try again in an hour, or call us.")
        count_attempt(self.request, "complaint_words", ATTEMPTS_AN_HOUR, message)
        return talk.say(self.complaint, at=clock.now(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        complaint = self.complaint
        entries = ComplaintEntry.objects.filter(complaint=complaint, for_consumer=True)
        return super().get_context_data(
            complaint=complaint,
            entries=entries.select_related("document").order_by("-number"),
            stages=stages(complaint),
            survey=survey_actions.open_link(complaint, clock.now()),
            review=link_after(complaint),
            may_add=complaint.state in Complaint.OPEN,
            verbs=[verb for verb in VERBS if verb in complaint.MOVES.leaving(complaint.state)],
            **kwargs,
        )


# What a consumer may do to their own complaint: the action, the form, title, question, button.
VERBS = {
    "call_back": (
        complaints.call_back,
        ContentForm,
        gettext_lazy("Tell us how content you are"),
        gettext_lazy("It goes into the file and tells us where we have to do better."),
        gettext_lazy("Send"),
    ),
    "reopen": (
        complaints.reopen,
        WhyForm,
        gettext_lazy("It is not settled"),
        gettext_lazy("Say what is still wrong: the complaint is taken up again."),
        gettext_lazy("Take it up again"),
    ),
    "withdraw": (
        intake.withdraw,
        WhyForm,
        gettext_lazy("Take the complaint back"),
        gettext_lazy("Nobody works on it then. You can always send a new one."),
        gettext_lazy("Take it back"),
    ),
}


class TrackVerbPage(OwnMixin, OpenFormPage):
    """One thing that the consumer does to their complaint."""

    template_name = "kit/portal/confirm.html"
    done = gettext_lazy("Done. Thank you.")

    @property
    def verb(self):
        if self.kwargs["verb"] not in VERBS:
            raise Http404
        return VERBS[self.kwargs["verb"]]

    def get_form_class(self):
        return self.verb[1]

    def act(self, form):
        message = _("Too many attempts. Please try again in an hour, or call us.")
        count_attempt(self.request, "complaint_words", ATTEMPTS_AN_HOUR, message)
        return self.verb[0](self.complaint, by=None, at=clock.now(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        _action, _form, title, question, label = self.verb
        asked = {"title": title, "question": question, "action": label, "back": self.get_success_url()}
        return super().get_context_data(**asked | kwargs)
