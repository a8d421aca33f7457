"""What a merchant's people do for buyers: answer questions, pay differences, issue invoices, compensate."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.actions import inquiry as inquiries
from aftersales.actions import invoice as invoices
from aftersales.actions import price_claim as price_claims
from aftersales.actions import promise as promises
from aftersales.forms.order_service import InquiryAnswerForm, IssueForm, RedForm, ReferenceForm
from aftersales.models import Breach, Inquiry, Invoice, PriceClaim
from mcn.kit import clock
from mcn.kit.portal import FormPage, Page
from merchants.portal.base import MerchantMixin

PAGE = 20


ISSUED = [Invoice.State.ISSUED, Invoice.State.SENT]
# What waits on the desk, by the word of the address that asks for it: its label, its rows, their order.
PILES = {
    "questions": (
        _("Questions to answer"),
        Inquiry.objects.filter(state=Inquiry.State.WAITING),
        "due_at",
    ),
    "differences": (
        _("Price differences to pay"),
        PriceClaim.objects.filter(state=PriceClaim.State.GRANTED).select_related("line__order"),
        "due_at",
    ),
    "invoices": (
        _("Invoices to issue"),
        Invoice.objects.filter(state=Invoice.State.REQUESTED).select_related("order"),
        "due_at",
    ),
    "red": (
        _("Invoices to red-letter"),
        Invoice.objects.filter(state__in=ISSUED, returned_at__isnull=False).select_related("order"),
        "returned_at",
    ),
    "compensations": (
        _("Compensations to pay"),
        Breach.objects.filter(state=Breach.State.CONFIRMED).select_related("promise__kind", "order"),
        "due_at",
    ),
    "reported": (
        _("Broken promises that the agency looks into"),
        Breach.objects.filter(state=Breach.State.REPORTED).select_related("promise__kind", "order"),
        "reported_at",
    ),
}


class DeskPage(MerchantMixin, Page):
    """What waits for the merchant, one kind at a time and page by page, the soonest due first."""

    section = "buyers"
    template_name = "aftersales/portal/merchant_desk.html"

    def get_context_data(self, **kwargs):
        piles = {
            name: (label, rows.filter(**{rows.owner: self.merchant}).order_by(first, "pk"))
            for name, (label, rows, first) in PILES.items()
        }
        counts = {name: rows.count() for name, (_label, rows) in piles.items()}
        asked = self.request.GET.get("show")
        shown = asked if asked in piles else next((name for name in piles if counts[name]), "questions")
        return super().get_context_data(
            tabs=[
                (name, label, counts[name], name == shown)
                for name, (label, _rows) in piles.items()
                if counts[name]
            ],
            shown=shown,
            label=piles[shown][0],
            page=Paginator(piles[shown][1], PAGE).get_page(self.request.GET.get("page")),
            now=clock.now(),
            **kwargs,
        )


class DeskForm(MerchantMixin, FormPage):
    """One thing that waits for the merchant, with the form that settles it; another merchant's is 404."""

    section = "buyers"
    template_name = "aftersales/portal/merchant_form.html"
    title = ""
    model: type

    @cached_property
    def row(self):
        """The row of the address, if it is this merchant's."""
        rows = self.model.objects.visible_to(self.request.user)
        return get_object_or_404(rows.filter(**{rows.owner: self.merchant}), pk=self.kwargs["pk"])

    def facts(self):
        """What the person has to know of it."""
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.title, row=self.row, facts=self.facts(), back=self.get_success_url(), **kwargs
        )

    def get_success_url(self):
        return reverse("portal_buyers", args=[self.merchant.code])


class AnswerInquiryPage(DeskForm):
    """Answer a buyer's question that the agency handed over."""

    model, form_class, title = Inquiry, InquiryAnswerForm, _("Answer the buyer")
    done = _("The answer stands on the buyer's page.")

    def facts(self):
        return [
            (pgettext_lazy("question", "question"), self.row.text),
            (_("order number"), self.row.order_number),
        ]

    def act(self, form):
        return inquiries.answer(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)


class PayClaimPage(DeskForm):
    """Note that a price difference was paid back."""

    model, form_class, title = PriceClaim, ReferenceForm, _("Note the payment")
    done = _("Noted: the buyer sees it on the page of the order.")

    def facts(self):
        claim = self.row
        return [
            (_("order"), claim.line.order),
            (_("goods"), claim.line),
            (_("difference owed"), f"{claim.amount} 元"),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=self.row.reasoning, **kwargs)

    def act(self, form):
        return price_claims.pay(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)


class IssueInvoicePage(DeskForm):
    """Enter an invoice with its file; it goes to the buyer's page at once."""

    model, form_class, title = Invoice, IssueForm, _("Issue the invoice")
    done = _("The invoice stands on the buyer's page.")

    def facts(self):
        invoice = self.row
        return [
            (_("order"), invoice.order),
            (_("kind"), invoice.get_kind_display()),
            # The merchant cannot make it out to stars: it is the one who has to write it.
            (_("made out to"), invoice.title),
            (_("taxpayer's number"), invoice.tax_number),
            (_("address, phone, bank and account"), invoice.further),
            (_("amount"), f"{invoice.amount} 元"),
        ]

    def act(self, form):
        by, at = self.request.user, clock.now()
        invoices.issue(self.row, by=by, at=at, **form.cleaned_data)
        return invoices.send(self.row, way=Invoice.Way.PAGE, by=by, at=at)


class RedLetterPage(DeskForm):
    """Red-letter the invoice of goods that came back."""

    model, form_class, title = Invoice, RedForm, _("Red-letter the invoice")
    done = _("Noted: the buyer sees that the invoice is good no more.")

    def facts(self):
        return [(_("order"), self.row.order), (_("invoice number"), self.row.number)]

    def act(self, form):
        return invoices.red_letter(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)


class CompensatePage(DeskForm):
    """Note how a buyer was compensated for a broken promise."""

    model, form_class, title = Breach, ReferenceForm, _("Note the compensation")
    done = _("Noted: the buyer sees it on the page of the order.")

    def facts(self):
        breach = self.row
        return [
            (_("service promise"), breach.promise.kind),
            (pgettext_lazy("breach", "what happened"), breach.text),
            (_("order"), breach.order),
            (_("compensation (yuan)"), breach.amount or breach.promise.compensation),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=self.row.reasoning, **kwargs)

    def act(self, form):
        return promises.compensate(self.row, by=self.request.user, at=clock.now(), **form.cleaned_data)
