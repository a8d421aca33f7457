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
from aftersales.forms.order_service import (
    InquiryAnswerForm,
    IssueForm,
    PromiseForm,
    RedForm,
    ReferenceForm,
)
from aftersales.models import Breach, Inquiry, Invoice, PriceClaim, ServicePromise
from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.portal import FormPage, Page, RecordPage, VerbPage
from merchants.portal.base import MerchantMixin

PAGE = 20
ROWS = 50


class DeskPage(MerchantMixin, Page):
    """What waits for the merchant, the soonest due first."""

    section = "buyers"
    template_name = "aftersales/portal/merchant_desk.html"

    def get_context_data(self, **kwargs):
        mine = self.merchant
        issued = [Invoice.State.ISSUED, Invoice.State.SENT]
        return super().get_context_data(
            now=clock.now(),
            inquiries=mine.inquiries.filter(state=Inquiry.State.WAITING).order_by("due_at")[:ROWS],
            claims=PriceClaim.objects.filter(line__order__merchant=mine, state=PriceClaim.State.GRANTED)
            .select_related("line__order")
            .order_by("due_at")[:ROWS],
            requested=Invoice.objects.filter(order__merchant=mine, state=Invoice.State.REQUESTED)
            .select_related("order")
            .order_by("due_at")[:ROWS],
            back=Invoice.objects.filter(order__merchant=mine, state__in=issued, returned_at__isnull=False)
            .select_related("order")
            .order_by("returned_at")[:ROWS],
            breaches=Breach.objects.filter(promise__merchant=mine, state=Breach.State.CONFIRMED)
            .select_related("promise__kind", "order")
            .order_by("due_at")[:ROWS],
            reported=Breach.objects.filter(promise__merchant=mine, state=Breach.State.REPORTED)
            .select_related("promise__kind", "order")
            .order_by("reported_at", "id")[:ROWS],
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


class PromisesPage(MerchantMixin, Page):
    """What the merchant promises its buyers, and how far each promise is."""

    section = "promises"
    template_name = "aftersales/portal/merchant_promises.html"

    def get_context_data(self, **kwargs):
        rows = self.merchant.promises.select_related("kind", "product").order_by("-id")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class PromiseMixin(MerchantMixin):
    """One promise of the merchant of the address."""

    section = "promises"

    @cached_property
    def promise(self):
        rows = self.merchant.promises.select_related("kind", "product", "merchant")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("portal_promises", args=[self.merchant.code])


class PromisePage(PromiseMixin, RecordPage):
    """Write a promise; one that is looked at or in force is only read."""

    form_class = PromiseForm
    template_name = "aftersales/portal/merchant_promise.html"
    done = _("Saved. Submit it when it is complete.")

    def get_object(self):
        return self.promise if "pk" in self.kwargs else ServicePromise(merchant=self.merchant)

    def get_context_data(self, **kwargs):
        row = self.promise if "pk" in self.kwargs else None
        return super().get_context_data(promise=row, moves=self.moves(row), **kwargs)

    def moves(self, row):
        """The verbs that this person may use now, with their pages."""
        verbs = row.MOVES.leaving(row.state) if row else []
        mine = [verb for verb in verbs if verb in VERBS and may(self.request.user, verb, row)]
        place = [self.merchant.code, row.pk] if row else []
        return [(reverse(f"portal_promise_{verb}", args=place), VERBS[verb].action) for verb in mine]

    def act(self, form):
        by, at = self.request.user, clock.now()
        if form.instance.pk is None:
            return promises.add(form.instance, by=by, at=at)
        words = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        return promises.save_draft(self.promise, words=words, by=by, at=at)


class PromiseVerbPage(PromiseMixin, VerbPage):
    """Submit a promise, take it back, or end it."""

    verb: str

    def act(self, form):
        return getattr(promises, self.verb)(
            self.promise, by=self.request.user, at=clock.now(), **form.cleaned_data
        )


class SubmitPage(PromiseVerbPage):
    verb = "submit"
    title = action = _("Submit for review")
    question = _("The agency looks at whether it can be kept, then buyers are shown it.")
    done = _("Submitted: the agency looks at it.")


class WithdrawPage(PromiseVerbPage):
    verb = "withdraw"
    title = action = _("Take the promise back")
    question = _("You can then change it and submit it again.")
    done = _("Taken back: you can go on writing.")


class EndPage(PromiseVerbPage):
    verb = "end"
    title = action = _("End the promise")
    question = _("Buyers are shown it no more; for what was bought until today it holds.")
    done = _("The promise ends with today.")
    danger = True


VERBS = {page.verb: page for page in (SubmitPage, WithdrawPage, EndPage)}
