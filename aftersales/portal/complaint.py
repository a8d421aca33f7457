"""A merchant's complaints: what waits for its answer, and the part of each file that concerns it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.actions import complaint_talk as talk
from aftersales.forms.complaint import ReplyForm
from aftersales.models import Clock, Complaint, ComplaintEntry, DeadlineRule
from mcn.kit import clock
from mcn.kit.portal import FormPage, Page
from merchants.portal.base import MerchantMixin

PAGE = 20
SHOWN = ["product", "show", "order", "platform"]
TABS = {"waiting": _("Wait for your answer"), "open": _("Under way"), "all": _("All")}


def deadlines_of(complaints):
    """``{complaint's id: the clock of the merchant's answer}`` for those that are asked."""
    rows = Clock.objects.open().filter(
        content_type__app_label="aftersales",
        content_type__model="complaint",
        object_id__in=[complaint.pk for complaint in complaints],
        kind=DeadlineRule.Kind.COMPLAINT_MERCHANT,
    )
    return {row.object_id: row for row in rows}


class ComplaintsPage(MerchantMixin, Page):
    """Complaints about the merchant, page by page: those that wait for its answer, those under way, all."""

    section = "complaints"
    template_name = "aftersales/portal/complaints.html"

    def get_context_data(self, **kwargs):
        own = Complaint.objects.visible_to(self.request.user).filter(merchant=self.merchant)
        query, waiting = self.request.GET.get("q", "").strip(), own.filter(turn=Complaint.Turn.MERCHANT)
        count, asked = waiting.count(), self.request.GET.get("show")
        shown = asked if asked in TABS else "waiting" if count else "all"
        if query:
            shown, rows = "", own.filter(search__tokens=query).order_by("-pk")
        elif shown == "waiting":
            rows = waiting.order_by("priority", "turn_since", "pk")
        else:
            rows = (own.open() if shown == "open" else own).order_by("-pk")
        page = Paginator(rows.select_related(*SHOWN), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            tabs=[(name, label, name == shown) for name, label in TABS.items()],
            waiting=count,
            query=query,
            page=page,
            deadlines=deadlines_of(page),
            now=clock.now(),
            **kwargs,
        )


class ComplaintPage(MerchantMixin, FormPage):
    """One complaint about the merchant, its part of the file, and a form to answer while it is asked."""

    section = "complaints"
    form_class = ReplyForm
    template_name = "aftersales/portal/complaint.html"
    done = _("Your answer is in the file. The agency goes on from here.")

    @cached_property
    def complaint(self):
        own = Complaint.objects.visible_to(self.request.user).filter(merchant=self.merchant)
        return get_object_or_404(own.select_related(*SHOWN), pk=self.kwargs["pk"])

    def act(self, form):
        return talk.reply(self.complaint, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_complaint", args=[self.merchant.code, self.complaint.pk])

    def get_context_data(self, **kwargs):
        entries = ComplaintEntry.objects.filter(complaint=self.complaint, for_merchant=True)
        return super().get_context_data(
            complaint=self.complaint,
            entries=entries.select_related("document").prefetch_related("document__revisions"),
            deadline=deadlines_of([self.complaint]).get(self.complaint.pk),
            may_reply="aftersales.reply_complaint" in self.allowed and self.complaint.state in talk.TALKED_OF,
            now=clock.now(),
            **kwargs,
        )
