"""What after-sales puts on the first page of a merchant's portal: what waits, the soonest due first."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.models import (
    Breach,
    Complaint,
    DeadlineRule,
    DeliveryAlert,
    Inquiry,
    Invoice,
    Order,
    PriceClaim,
    Repair,
    ReturnRequest,
    Review,
)
from aftersales.rules.clock import Face, next_due, time_left, with_deadline
from aftersales.rules.ship_by import due_soon
from mcn.kit.clock import business_day
from mcn.kit.start import WAITS, Pile, waited

# So many of each pile stand on the page; its list has them all.
SHOWN = 3
Kind = DeadlineRule.Kind
TROUBLES = [kind for kind in DeliveryAlert.Kind if kind != DeliveryAlert.Kind.LATE]


def work(merchant, at):
    """Complaints to answer, orders late or soon due, parcels in trouble, returns, repairs and reviews."""
    desk = Desk(merchant, at)
    asked = Complaint.objects.filter(turn=Complaint.Turn.MERCHANT, accepted_at__isnull=False)
    label = _("Complaints waiting for your answer")
    yield desk.timed(label, asked, "portal_complaint", "portal_complaints", Kind.COMPLAINT_MERCHANT)
    yield desk.orders(_("Orders not shipped in time"), Order.objects.late(at), "late")
    yield desk.orders(_("Orders to be shipped soon"), due_soon(Order.objects.all(), at), "soon")
    yield desk.troubles()
    asked = ReturnRequest.objects.filter(state__in=ReturnRequest.MERCHANTS_TURN)
    kinds = [Kind.RETURN_DECIDE, Kind.RETURN_SETTLE]
    label = _("Returns waiting for you")
    yield desk.timed(label, asked, "portal_return", "portal_returns", *kinds, name=_return)
    asked = Repair.objects.filter(state__in=Repair.OPEN)
    yield desk.timed(_("Repairs under way"), asked, "portal_repair", "portal_returns", Kind.REPAIR)
    yield from desk.asked_for()
    asked = Review.objects.filter(state=Review.State.WAITING)
    label = _("Reviews waiting for your answer")
    yield desk.timed(label, asked, "portal_review", "portal_reviews", Kind.REVIEW_ANSWER)


def _return(row):
    return f"{row} · {row.get_kind_display()}"


class Desk:
    """The piles of one merchant at one moment."""

    def __init__(self, merchant, at):
        self.merchant, self.at = merchant, at

    def timed(self, label, rows, page, where, *kinds, name=str):
        """What an open deadline of these kinds puts in its order."""
        own = rows.filter(merchant=self.merchant)
        first = with_deadline(own, *kinds).order_by(F("due_at").asc(nulls_last=True), "pk")
        return self._pile(label, own, first, self._at(where), page, self._timed(name))

    def asked_for(self):
        """What buyers asked for and were told a moment of, on one page of the portal."""
        answered = Inquiry.objects.filter(state=Inquiry.State.WAITING)
        yield self._promised(_("Questions to answer"), answered, "portal_buyer_question", "questions")
        granted = PriceClaim.objects.filter(state=PriceClaim.State.GRANTED)
        yield self._promised(_("Price differences to pay"), granted, "portal_buyer_claim", "differences")
        requested = Invoice.objects.filter(state=Invoice.State.REQUESTED)
        yield self._promised(_("Invoices to issue"), requested, "portal_buyer_invoice", "invoices")
        confirmed = Breach.objects.filter(state=Breach.State.CONFIRMED)
        yield self._promised(_("Compensations to pay"), confirmed, "portal_buyer_breach", "compensations")

    def _promised(self, label, rows, page, tab):
        own = rows.filter(**{rows.owner: self.merchant})
        first = own.annotate(warn_at=next_due(rows.model, column="warn_at"))
        first = first.order_by(F("due_at").asc(nulls_last=True), "pk")
        url = f"{self._at('portal_buyers')}?show={tab}"
        return self._pile(label, own, first, url, page, self._timed(str))

    def orders(self, label, rows, tab):
        """Orders to ship, shown by a tab of their list."""
        own = rows.filter(merchant=self.merchant)
        url = f"{self._at('portal_orders')}?show={tab}"
        return self._pile(label, own, own.order_by("ship_by", "pk"), url, "portal_order", self._shipping)

    def troubles(self):
        """Orders of which a parcel is silent, damaged or unproven."""
        alerts = DeliveryAlert.objects.open().filter(kind__in=TROUBLES)
        own = alerts.filter(order__merchant=self.merchant).select_related("order").order_by("raised_at", "pk")
        url = f"{self._at('portal_orders')}?show=alerts"
        return self._pile(_("Parcels in trouble"), own, own, url, "portal_order", self._alert, "order_id")

    def _pile(self, label, rows, first, url, page, tell, key="pk"):
        return Pile(
            WAITS,
            label,
            rows,
            url,
            lambda: first[:SHOWN],
            tell,
            lambda row: self._at(page, getattr(row, key)),
        )

    def _at(self, page, *key):
        return reverse(page, args=[self.merchant.code, *key])

    def _timed(self, name):
        return lambda row: (name(row), row.due_at and time_left(row.due_at, row.warn_at, self.at))

    def _shipping(self, order):
        return str(order), time_left(order.ship_by, self.at, self.at)

    def _alert(self, alert):
        since = waited(alert.raised_at, business_day(self.at))
        return f"{alert.order} · {alert.get_kind_display()}", Face("warn", since)
