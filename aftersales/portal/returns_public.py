"""A buyer's own pages about returns and repairs: found by order number and phone, without an account.

The address of an order carries a signed token that is good for two hours. Nothing tells whether a number
exists to whom does not know the phone; attempts are counted by address and by number.
"""

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.actions import repair as repairs
from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.actions.return_evidence import give_files
from aftersales.actions.review_link import link_after
from aftersales.forms.return_request import REPAIR, AskForm, DisputeForm, EvidenceForm, FindForm, SendForm
from aftersales.models import DeadlineRule, Order, OrderLine, Repair, RepairProvider, ReturnRequest
from aftersales.rules.buyer import token_of
from aftersales.rules.clock import with_deadline
from aftersales.rules.entitlement import entitlement
from aftersales.rules.guarantee import Catalogue
from aftersales.rules.reasoning import stored
from aftersales.rules.return_facts import facts_of, possible_reasons, share
from aftersales.rules.valuable import insurance, is_valuable
from mcn.kit import clock
from mcn.kit.attempts import HOUR, count_attempt, count_number
from mcn.kit.portal import NoteForm, OpenFormPage
from mcn.kit.privacy import keyed_hash
from streamers.portal.links import LinkPage

SALT = "aftersales.returns"
GOOD_FOR = 2 * HOUR
ATTEMPTS_AN_HOUR = 20
OF_ONE_NUMBER = 8
TOO_MANY = gettext_lazy("Too many attempts came from here. Please try again in an hour.")
State = ReturnRequest.State


def page_of(order):
    """The buyer's page about the returns of an order, by a token that is good for some hours."""
    return reverse("returns_order", args=[signing.dumps(order.pk, salt=SALT)])


class FindPage(OpenFormPage):
    """Where a buyer begins: the order, and the rules that hold for everybody."""

    form_class = FindForm
    template_name = "aftersales/public/returns_find.html"
    done = gettext_lazy("This is your order.")
    found: Order | None = None

    def act(self, form):
        count_attempt(self.request, "returns", ATTEMPTS_AN_HOUR, TOO_MANY)
        number, phone = form.cleaned_data["number"], form.cleaned_data["phone"]
        count_number("order", number, OF_ONE_NUMBER, TOO_MANY)
        orders = Order.objects.filter(number=number, buyer_phone_hash=keyed_hash(phone))
        self.found = orders.first() if keyed_hash(phone) else None
        if self.found is None:
            raise ValidationError(_("No order fits this number and this phone. Look at both once more."))

    def get_success_url(self):
        return page_of(self.found)

    def get_context_data(self, **kwargs):
        on = clock.today()
        newest = Catalogue(on).rows
        terms = [newest[code] for code in sorted(newest)]
        providers = RepairProvider.objects.filter(state="admitted", merchant=None)[:50]
        return super().get_context_data(terms=terms, providers=providers, **kwargs)


class OrderMixin(LinkPage):
    """A page of one order, by its token."""

    attempts = "returns_do"

    def find(self, token):
        try:
            number = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            return None
        return Order.objects.select_related("platform", "merchant").filter(pk=number).first()

    def is_open(self):
        return True

    @property
    def token(self):
        return self.kwargs["token"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(order=self.row, token=self.token, **kwargs)


class OrderPage(OrderMixin):
    """The goods of an order: what runs about each, and what may be asked."""

    form_class = NoteForm
    http_method_names = ["get", "head"]
    template_name = "aftersales/public/returns_order.html"

    def get_context_data(self, **kwargs):
        lines = self.row.lines.prefetch_related("returns", "repairs").order_by("id")
        for line in lines:
            runs = any(one.is_open for one in line.returns.all())
            in_repair = any(one.state in Repair.OPEN for one in line.repairs.all())
            gone = sum(one.quantity for one in line.returns.all() if one.state == State.REFUNDED)
            line.open_now = runs or in_repair or gone >= line.quantity
        told = {"review": link_after(self.row), "valuable": is_valuable(self.row)}
        service = reverse("buyer_order", args=[token_of(self.row)])
        return super().get_context_data(lines=lines, service=service, **told, **kwargs)


class AskPage(OrderMixin):
    """What a buyer wants about some goods; beside it what the law gives for each reason."""

    form_class = AskForm
    template_name = "aftersales/public/returns_ask.html"
    done = gettext_lazy("We have it. Keep the number, and come back with your order number and phone.")
    made: ReturnRequest | Repair | None = None

    @cached_property
    def line(self):
        lines = OrderLine.objects.select_related("order", "product__category")
        return get_object_or_404(lines, order=self.row, pk=self.kwargs["line"])

    def get_form_kwargs(self):
        more = {"line": self.line, "reasons": possible_reasons(self.line)}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs):
        on = clock.today()
        catalogue = Catalogue(on)
        given = [
            (reason, entitlement(facts_of(self.line, reason, on, catalogue=catalogue), on))
            for reason in possible_reasons(self.line)
        ]
        return super().get_context_data(line=self.line, given=given, **kwargs)

    def act(self, form):
        self.count()
        given, at = dict(form.cleaned_data), clock.now()
        files = given.pop("files", [])
        if given["kind"] == REPAIR:
            repair = Repair(line=self.line, fault=given["words"])
            self.made = repairs.ask(repair, by=None, at=at)
            return
        quantity = given.get("quantity", self.line.quantity)
        given["amount"] = share(self.line, min(quantity, self.line.quantity))
        request = ReturnRequest(line=self.line, **given)
        self.made = returns.ask(request, files, by=None, at=at)

    def get_success_url(self):
        if isinstance(self.made, Repair):
            return reverse("returns_order", args=[self.token])
        return reverse("returns_request", args=[self.token, self.made.pk])


class RequestMixin(OrderMixin):
    """A page of one request of the order."""

    @cached_property
    def request_row(self):
        rows = with_deadline(ReturnRequest.objects.select_related("line"), DeadlineRule.Kind.RETURN_SETTLE)
        return get_object_or_404(rows, order=self.row, pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("returns_request", args=[self.token, self.kwargs["pk"]])

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.request_row, **kwargs)


class RequestPage(RequestMixin):
    """How far a request is, why, and what the buyer can do now."""

    form_class = NoteForm
    http_method_names = ["get", "head"]
    template_name = "aftersales/public/returns_request.html"

    def get_context_data(self, **kwargs):
        row = self.request_row
        return super().get_context_data(
            answer=stored(row.entitlement),
            evidence=row.evidence.all(),
            dispute=row.disputes.first(),
            review=link_after(row),
            insurance=insurance(row),
            verbs=[(name, label) for name, (label, _form, fits) in DO.items() if fits(row)],
            **kwargs,
        )


class DoPage(RequestMixin):
    """One thing that a buyer does about a request."""

    template_name = "aftersales/public/returns_do.html"
    done = gettext_lazy("Done.")

    @property
    def asked(self):
        if self.kwargs["verb"] not in DO:
            raise Http404
        return DO[self.kwargs["verb"]]

    def get_form_class(self):
        return self.asked[1]

    def get_context_data(self, **kwargs):
        asked = insurance(self.request_row) if self.kwargs["verb"] == "send" else ""
        return super().get_context_data(title=self.asked[0], insurance=asked, **kwargs)

    def act(self, form):
        self.count()
        row, at, given = self.request_row, clock.now(), dict(form.cleaned_data)
        files = given.pop("files", [])
        verb = self.kwargs["verb"]
        if verb == "send":
            returns.send(row, by=None, at=at, **given)
        elif verb == "dispute":
            disputes.dispute(row, files, side="buyer", by=None, at=at, **given)
        elif verb == "evidence":
            give_files(row, files, side="buyer", by=None, at=at)
        else:
            returns.cancel(row, by=None, at=at, **given)


# What a buyer may do: its label, its form, and when.
DO = {
    "send": (gettext_lazy("I have sent it back"), SendForm, lambda row: row.state == State.APPROVED),
    "evidence": (gettext_lazy("Add pictures"), EvidenceForm, lambda row: row.is_open),
    "dispute": (
        gettext_lazy("I do not agree: open a dispute"),
        DisputeForm,
        lambda row: row.state == State.REFUSED and not row.disputes.all(),
    ),
    "cancel": (
        gettext_lazy("Withdraw"),
        NoteForm,
        lambda row: row.state in (State.ASKED, State.APPROVED) and not row.advanced,
    ),
}
