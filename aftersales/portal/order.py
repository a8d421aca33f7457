"""A merchant's orders: what has to ship by when, what went wrong on its way, each order with its parcels."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from aftersales.actions import delivery_alert as alert_actions
from aftersales.actions import order as order_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.actions.review_link import link_after
from aftersales.forms.order import ProofForm, ShipForm
from aftersales.models import Breach, DeliveryAlert, Order, Parcel
from aftersales.rules.ship_by import due_soon, explain
from aftersales.rules.valuable import is_valuable
from mcn.kit import clock
from mcn.kit.attempts import TooMany, count_look_up
from mcn.kit.moves import may
from mcn.kit.portal import FormPage, Page, ReasonForm, VerbPage
from mcn.kit.privacy import keyed_hash, mask
from mcn.kit.qr import qr_image
from merchants.portal.base import MerchantMixin

PAGE = 30
PHONE_DIGITS = 11
TABS = [
    ("paid", _("To ship")),
    ("late", _("Late")),
    ("soon", _("Due soon")),
    ("alerts", _("On the way, in trouble")),
    ("shipped", _("Shipped")),
    ("", _("All")),
]


class OrdersPage(MerchantMixin, Page):
    """What has to ship, the most urgent first; what is late; and where parcels are in trouble."""

    section = "orders"
    template_name = "aftersales/portal/orders.html"

    def get_context_data(self, **kwargs):
        at, asked = clock.now(), self.request.GET.get("show", "paid")
        query = self.request.GET.get("q", "").strip()
        own = Order.objects.filter(merchant=self.merchant)
        rows = self._found(own, query) if query else self._narrowed(own, asked, at)
        page = Paginator(rows.select_related("platform"), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rows=[(order, order.standing(at)) for order in page],
            tabs=[(key, label, key == asked and not query) for key, label in TABS],
            late=own.late(at).count(),
            troubled=DeliveryAlert.objects.open().filter(order__merchant=self.merchant).count(),
            asked=asked,
            query=query,
            may_ship="aftersales.ship_order" in self.allowed,
            **kwargs,
        )

    def _narrowed(self, own, asked, at):
        if asked == "late":
            return own.late(at).order_by("ship_by", "pk")
        if asked == "soon":
            return due_soon(own, at).order_by("ship_by", "pk")
        if asked == "alerts":
            opened = DeliveryAlert.objects.open().filter(order__merchant=self.merchant)
            return own.filter(pk__in=opened.values("order")).order_by("ship_by", "pk")
        if asked == "paid":
            return own.to_ship().order_by("ship_by", "pk")
        return own.filter(state=asked).order_by("-pk") if asked in Order.State.values else own.order_by("-pk")

    def _found(self, own, query):
        """By a whole number: of the order, of a waybill, or the buyer's phone."""
        if order := own.filter(number=query).first():
            return own.filter(pk=order.pk).order_by("-pk")
        if len(query) >= PHONE_DIGITS and (bought := self._bought(own, query)).exists():
            return bought.order_by("-pk")
        parcels = Parcel.objects.filter(number=query, order__merchant=self.merchant)
        return own.filter(pk__in=parcels.values("order")).order_by("-pk")

    def _bought(self, own, phone):
        """What the buyer with this phone bought; with a word instead where phones are tried one by one."""
        try:
            count_look_up(self.request.user)
        except TooMany as no:
            messages.error(self.request, str(no))
            return own.none()
        return own.filter(buyer_phone_hash=keyed_hash(phone))


class OrderMixin(MerchantMixin):
    """One order of the merchant of the address; any other is 404."""

    section = "orders"

    @cached_property
    def order(self):
        own = Order.objects.filter(merchant=self.merchant).select_related("platform", "merchant", "show")
        return get_object_or_404(own, pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("portal_order", args=[self.merchant.code, self.order.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"order": self.order, "back": self.get_success_url()} | kwargs)


class OrderPage(OrderMixin, Page):
    """An order with its goods, its parcels and their tracks, and what went wrong."""

    template_name = "aftersales/portal/merchant_order.html"

    def get_context_data(self, **kwargs):
        order, user, review = self.order, self.request.user, link_after(self.order)
        link = self.request.build_absolute_uri(review) if review else ""
        return super().get_context_data(
            standing=order.standing(clock.now()),
            steps=explain(order) if order.state == Order.State.PAID else [],
            buyer=[mask(told) for told in (order.buyer_name, order.buyer_phone, order.buyer_address) if told],
            lines=order.lines.all(),
            parcels=order.parcels.select_related("receipt").prefetch_related("events", "receipt__revisions"),
            alerts=order.delivery_alerts.all(),
            breaches=order.breaches.exclude(state=Breach.State.DISMISSED).select_related("promise__kind"),
            link=link,
            valuable=is_valuable(order),
            qr=qr_image(link) if link else "",
            may_ship=order.state == Order.State.PAID and may(user, "ship", order),
            may_pack=order.state == Order.State.SHIPPED and may(user, "ship", order),
            may_prove="aftersales.prove_parcel" in self.allowed,
            may_settle="aftersales.settle_deliveryalert" in self.allowed,
            **kwargs,
        )


class ShipPage(OrderMixin, FormPage):
    """Hands a parcel to its carrier: the first ships the order, a further one is added."""

    form_class = ShipForm
    template_name = "aftersales/portal/order_form.html"
    done = _("Noted: the parcel is on its way.")

    def act(self, form):
        ship = parcel_actions.pack if self.order.state == Order.State.SHIPPED else order_actions.ship
        return ship(self.order, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        shown = {"title": _("Ship the order"), "action": _("Ship")}
        return super().get_context_data(**shown | kwargs)


class ProvePage(OrderMixin, FormPage):
    """Keeps the proof that a parcel was received."""

    form_class = ProofForm
    template_name = "aftersales/portal/order_form.html"
    done = _("The proof is kept.")

    def act(self, form):
        parcel = get_object_or_404(self.order.parcels, pk=self.kwargs["parcel"])
        return parcel_actions.prove(parcel, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_context_data(self, **kwargs):
        shown = {"title": _("Proof of receipt"), "action": _("Keep it")}
        return super().get_context_data(**shown | kwargs)


class SettlePage(OrderMixin, VerbPage):
    """Says how an alert was settled with the buyer or the carrier."""

    form_class = ReasonForm
    title = action = _("Settle the alert")
    question = _("Say what was agreed with the buyer or the carrier; the agency reads it too.")
    done = _("Settled.")

    def act(self, form):
        alert = get_object_or_404(self.order.delivery_alerts, pk=self.kwargs["alert"])
        return alert_actions.settle(alert, by=self.request.user, at=clock.now(), **form.cleaned_data)
