"""A merchant's returns and repairs: what waits for it, what the law gives, and each step with its form."""

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.actions import repair as repairs
from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.forms import return_request as forms
from aftersales.models import DeadlineRule, Repair, RepairProvider, ReturnRequest
from aftersales.rules.clock import with_deadline
from aftersales.rules.reasoning import stored
from aftersales.rules.valuable import insurance
from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.portal import FormPage, NoteForm, Page, ReasonForm
from merchants.portal.base import MerchantMixin

PAGE = 20
SOONEST = F("due_at").asc(nulls_last=True)
Kind, State = ReturnRequest.Kind, ReturnRequest.State
DUE = [DeadlineRule.Kind.RETURN_DECIDE, DeadlineRule.Kind.RETURN_SETTLE]


class ReturnsPage(MerchantMixin, Page):
    """Requests and repairs of the merchant: what waits for it, the soonest due first, or all of them."""

    section = "returns"
    template_name = "aftersales/portal/returns.html"

    def get_context_data(self, **kwargs):
        own = ReturnRequest.objects.filter(merchant=self.merchant)
        rows = with_deadline(own, *DUE).select_related("line", "order")
        mine = rows.filter(state__in=ReturnRequest.MERCHANTS_TURN)
        query = self.request.GET.get("q", "").strip()
        everything = bool(query) or self.request.GET.get("all") is not None
        shown = rows.order_by("-id") if everything else mine.order_by(SOONEST, "asked_at", "id")
        if query:
            shown = shown.filter(Q(code__iexact=query) | Q(order__number=query) | Q(parcel=query))
        page = Paginator(shown, PAGE).get_page(self.request.GET.get("page"))
        open_repairs = Repair.objects.filter(merchant=self.merchant, state__in=Repair.OPEN)
        return super().get_context_data(
            page=page,
            everything=everything,
            query=query,
            waiting=mine.count(),
            repairs=open_repairs.select_related("line", "provider").order_by("id")[:PAGE],
            now=clock.now(),
            **kwargs,
        )


# What a merchant does with a return: its label, form and action, and whether a row is of its kind.
RETURN_VERBS = {
    "approve": (
        _("Approve the return"),
        forms.ApproveForm,
        returns.approve,
        lambda row: row.kind != Kind.REFUND,
    ),
    "refund": (
        _("Refund"),
        forms.RefundForm,
        returns.refund,
        lambda row: (
            row.kind == Kind.REFUND
            or (row.kind == Kind.RETURN and row.state != State.ASKED)
            or not row.same_model
        ),
    ),
    "arrive": (_("The goods are back"), forms.ArriveForm, returns.arrive, lambda row: True),
    "replace": (
        _("Send new goods"),
        forms.ReplaceForm,
        returns.replace,
        lambda row: row.kind == Kind.EXCHANGE,
    ),
    "dispute": (_("Open a dispute"), forms.DisputeForm, disputes.dispute, lambda row: not row.disputes.all()),
    "refuse": (_("Refuse"), ReasonForm, returns.refuse, lambda row: not row.entitled),
}
REPAIR_VERBS = {
    "take_in": (_("Take the goods in"), forms.TakeInForm, repairs.take_in, lambda row: True),
    "delay": (_("Note a delay"), forms.DelayForm, repairs.delay, lambda row: True),
    "finish": (_("Finish the repair"), forms.FinishForm, repairs.finish, lambda row: True),
    "hand_back": (_("Give the goods back"), NoteForm, repairs.hand_back, lambda row: True),
    "cancel": (_("Give the repair up"), ReasonForm, repairs.cancel, lambda row: True),
}


class RowMixin(MerchantMixin):
    """One return or one repair of the merchant."""

    section = "returns"
    kind = "return"

    @property
    def verbs(self):
        return RETURN_VERBS if self.kind == "return" else REPAIR_VERBS

    @cached_property
    def row(self):
        returns = self.kind == "return"
        rows = with_deadline(ReturnRequest.objects.all(), *DUE) if returns else Repair.objects.all()
        rows = rows.select_related("line", "order", "merchant")
        return get_object_or_404(rows, merchant=self.merchant, pk=self.kwargs["pk"])

    @property
    def url(self):
        return reverse(f"portal_{self.kind}", args=[self.merchant.code, self.kwargs["pk"]])

    def open_verbs(self):
        """What this person may do with the row now."""
        leaving = self.row.MOVES.leaving(self.row.state)
        return [
            (name, label)
            for name, (label, _form, _act, fits) in self.verbs.items()
            if name in leaving and fits(self.row) and may(self.request.user, name, self.row)
        ]


class ReturnPage(RowMixin, Page):
    """A return: what was asked for, what is due and why, what happened, what to do."""

    template_name = "aftersales/portal/return.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            row=self.row,
            insurance=insurance(self.row),
            answer=stored(self.row.entitlement),
            evidence=self.row.evidence.select_related("document").prefetch_related("document__revisions"),
            dispute=self.row.disputes.first(),
            verbs=self.open_verbs(),
            **kwargs,
        )


class RepairPage(RowMixin, Page):
    """A repair and its record."""

    kind = "repair"
    template_name = "aftersales/portal/repair.html"

    def get_context_data(self, **kwargs):
        answer = stored(self.row.entitlement)
        return super().get_context_data(row=self.row, answer=answer, verbs=self.open_verbs(), **kwargs)


class DoPage(RowMixin, FormPage):
    """One step of a return or a repair."""

    template_name = "aftersales/portal/return_do.html"
    done = _("Done.")

    @property
    def asked(self):
        if self.kwargs["verb"] not in self.verbs:
            raise Http404
        return self.verbs[self.kwargs["verb"]]

    def get_form_class(self):
        return self.asked[1]

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if "provider" in form.fields:
            able = RepairProvider.objects.open_for(self.merchant.pk, clock.today())
            form.fields["provider"].queryset = able
        return form

    def get_initial(self):
        """The address that the merchant gave last."""
        last = (
            ReturnRequest.objects.filter(merchant=self.merchant).exclude(return_to="").order_by("-id").first()
        )
        return {"return_to": last.return_to if last else "", "way": "post"}

    def act(self, form):
        given = dict(form.cleaned_data)
        _label, _form, action, _fits = self.asked
        if "files" in given:
            given |= {"side": "merchant"}
        return action(self.row, by=self.request.user, at=clock.now(), **given)

    def get_success_url(self):
        return self.url

    def get_context_data(self, **kwargs):
        asked = self.kind == "return" and self.kwargs["verb"] == "approve"
        shown = {"row": self.row, "title": self.asked[0], "back": self.url}
        return super().get_context_data(insurance=insurance(self.row) if asked else "", **shown | kwargs)
