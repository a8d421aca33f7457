"""What a buyer does with an order, without an account: price protection, an invoice, a broken promise."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from aftersales.actions import invoice as invoices
from aftersales.actions import price_claim as price_claims
from aftersales.actions import promise as promises
from aftersales.actions.review_link import link_after
from aftersales.forms.order_service import BreachForm, InvoiceForm, OrderForm
from aftersales.models import Breach, Invoice, PriceClaim
from aftersales.portal import returns_public
from aftersales.portal.help import PRIVATE, too_many
from aftersales.rules.buyer import order_by, order_of, token_of
from aftersales.rules.invoice import TOLD
from aftersales.rules.promise import shown
from aftersales.rules.valuable import is_valuable
from mcn.evidence.files import give
from mcn.kit import clock
from mcn.kit.attempts import count_attempt, count_number
from mcn.kit.portal import OpenFormPage
from mcn.kit.refusal import Refused, WrongState
from merchants.models import Merchant

LOOKS, DEEDS, OF_ONE_NUMBER = 20, 20, 8
MOST_LINES = 50


class EntryPage(OpenFormPage):
    """From the order's number and the phone on it to the page of the order."""

    form_class = OrderForm
    template_name = "aftersales/portal/order_entry.html"
    done = gettext_lazy("Found your order.")

    def act(self, form):
        count_attempt(self.request, "order_look", LOOKS, too_many())
        count_number("order", form.cleaned_data["number"], OF_ONE_NUMBER, too_many())
        self.order = order_of(**form.cleaned_data)
        if self.order is None:
            raise ValidationError(_("We find no order with this number and phone: look at both again."))
        return self.order

    def get_success_url(self):
        return reverse("buyer_order", args=[token_of(self.order)])


class OrderMixin:
    """The order of a signed link, good for a day; anything else leads back to the entry."""

    def dispatch(self, request, *args, **kwargs):
        self.order = order_by(kwargs["token"])
        if self.order is None:
            return TemplateResponse(request, "aftersales/portal/order_gone.html", status=404)
        answer = super().dispatch(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer

    @property
    def url(self):
        return reverse("buyer_order", args=[self.kwargs["token"]])

    def get_success_url(self):
        return self.url

    @cached_property
    def promises(self):
        """What was promised for the goods of the order on the day it was paid."""
        return shown(self.order.merchant, clock.business_day(self.order.paid_at))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"order": self.order, "token": self.kwargs["token"]})


class OrderPage(OrderMixin, TemplateView):
    """An order with what can be done about it, and how far each thing is."""

    template_name = "aftersales/portal/order.html"

    def get_context_data(self, **kwargs):
        lines = list(self.order.lines.select_related("sku__product__category")[:MOST_LINES])
        claims = {claim.line_id: claim for claim in PriceClaim.objects.filter(line__in=lines).order_by("id")}
        return super().get_context_data(
            lines=[(line, claims.get(line.pk)) for line in lines],
            invoice=self.order.invoices.order_by("id").last(),
            promises=self.promises,
            breaches=self.order.breaches.select_related("promise__kind"),
            returns=returns_public.page_of(self.order),
            review=link_after(self.order),
            valuable=is_valuable(self.order),
            **kwargs,
        )


class PriceClaimPage(OrderMixin, View):
    """The buyer applies for price protection of one line and learns at once what it comes to."""

    http_method_names = ["post"]

    def post(self, request, token, pk):
        line = get_object_or_404(self.order.lines, pk=pk)
        try:
            count_attempt(request, "order_deed", DEEDS, too_many())
            claim = price_claims.apply(line, by=None, at=clock.now(), channel=PriceClaim.Channel.BUYER)
        except Refused as no:
            messages.error(request, str(no))
        else:
            self._tell(claim)
        return redirect(self.url)

    def _tell(self, claim):
        if claim.state == PriceClaim.State.GRANTED:
            told = {"amount": claim.amount, "day": f"{clock.business_day(claim.due_at):%Y-%m-%d}"}
            said = _("%(amount)s yuan come back to you the way you paid, by %(day)s.") % told
            messages.success(self.request, said)
        else:
            messages.warning(self.request, claim.get_reason_display())


class InvoicePage(OrderMixin, OpenFormPage):
    """The buyer asks for an invoice."""

    form_class = InvoiceForm
    template_name = "aftersales/portal/invoice_form.html"
    done = gettext_lazy("Your request was received. The invoice appears on this page.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Invoice(order=self.order)}

    def get_context_data(self, **kwargs):
        told = [(label, TOLD[kind]) for kind, label in Invoice.Kind.choices]
        return super().get_context_data(told=told, **kwargs)

    def act(self, form):
        count_attempt(self.request, "order_deed", DEEDS, too_many())
        return invoices.request(form.instance, by=None, at=clock.now())


class InvoiceFile(OrderMixin, View):
    """The invoice's file, once it was sent to this page."""

    def get(self, request, token):
        sent = [Invoice.State.SENT, Invoice.State.ISSUED]
        invoice = self.order.invoices.filter(state__in=sent).select_related("document").last()
        revision = invoice.document.latest if invoice and invoice.document else None
        if revision is None:
            raise Http404
        return give(revision)


class BreachPage(OrderMixin, OpenFormPage):
    """The buyer says that a promise was broken."""

    form_class = BreachForm
    template_name = "aftersales/portal/breach_form.html"
    done = gettext_lazy("Your report was received. What comes of it stands on this page.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"promises": self.promises}

    def get_initial(self):
        return {"promise": self.request.GET.get("promise")}

    def act(self, form):
        count_attempt(self.request, "order_deed", DEEDS, too_many())
        promise = form.cleaned_data["promise"]
        told = self.order.breaches.filter(promise=promise).exclude(state=Breach.State.DISMISSED)
        if told.exists():
            raise WrongState(_("You told us of this already: see on the page of the order what comes of it."))
        breach = Breach(
            promise=promise, order=self.order, source=Breach.Source.BUYER, text=form.cleaned_data["text"]
        )
        return promises.report(breach, by=None, at=clock.now())


class PromisesPage(TemplateView):
    """What a merchant promises its buyers, for everybody to read (EJAS 6.10.1)."""

    template_name = "aftersales/portal/promises_shown.html"

    def get_context_data(self, **kwargs):
        admitted = Merchant.objects.filter(state=Merchant.State.ADMITTED)
        merchant = get_object_or_404(admitted, code=self.kwargs["code"])
        rows = shown(merchant, clock.today())
        groups = [
            (_("Owed by law"), [row for row in rows if row.kind.by_law]),
            (_("Promised by the merchant beyond the law"), [row for row in rows if not row.kind.by_law]),
        ]
        return super().get_context_data(merchant=merchant, groups=groups, **kwargs)
