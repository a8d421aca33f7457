"""What has a term about trades: who bought, what was said and sent about it (see mcn/evidence/retention.py).

Three years from the end of each trade (DB4401 5.1.5.3). What was bought, when and for how much stays, for it
tells of nobody any more.
"""

import datetime

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from aftersales.actions.order import BUYER
from aftersales.models import Complaint, Inquiry, Invoice, Mention, Order, Repair, ReturnRequest, Review
from aftersales.models.parcel import TrackingEvent
from mcn.evidence.actions import EMPTIED, empty
from mcn.evidence.models import RetentionClass
from mcn.evidence.retention import Retained
from mcn.kit import records
from mcn.kit.clock import SHANGHAI, business_day

ASKED = ["merchant", "show"]


def _emptied(row, words, *, by, at, needed=()):
    """Save a row without some words; where words have to stand, it says that they went."""
    for name in words:
        if getattr(row, name):
            setattr(row, name, EMPTIED if name in needed else "")
    row.purged_at = at
    return records.save(row, by=by, at=at, verb="purge")


def _over(moment):
    return {RetentionClass.TRADE: moment and business_day(moment)}


def _day(day):
    return {RetentionClass.TRADE: day}


def wholes_of(row):
    """The row, its order, merchant and show: a legal hold on any of them keeps it."""
    order = getattr(row, "order", None)
    show = row.show if isinstance(row, Order | Inquiry | Review | Mention) else order and order.show
    return [whole for whole in (row, order, order.merchant if order else row.merchant, show) if whole]


def orders():
    """The orders that came to their end and still name their buyer, with what goes on about them."""
    about = {"order": OuterRef("pk")}
    returns = ReturnRequest.objects.filter(**about)
    complaints = Complaint.objects.filter(**about)
    rows = Order.objects.filter(purged_at=None).exclude(received_at=None, closed_at=None)
    rows = rows.annotate(
        goes_on=Exists(returns.filter(state__in=ReturnRequest.OPEN))
        | Exists(Repair.objects.filter(**about, state__in=Repair.OPEN))
        | Exists(Invoice.objects.filter(**about, state__in=[Invoice.State.REQUESTED, Invoice.State.ISSUED]))
        | Exists(complaints.filter(state__in=Complaint.OPEN)),
        last_return=_last(returns, "closed_at"),
        last_complaint=_last(complaints, "closed_at"),
    )
    return rows.select_related("merchant", "show")


def _last(rows, name):
    return Subquery(rows.order_by().values("order").annotate(last=Max(name)).values("last"))


def starts_of_order(order):
    """From the last that happened about it; while something goes on, no term has begun."""
    moments = [order.received_at, order.closed_at, order.last_return, order.last_complaint]
    return _over(None if order.goes_on else max(moment for moment in moments if moment))


def ended_by(rows, day):
    """The orders received or closed by the end of a day."""
    end = datetime.datetime.combine(day, datetime.time.max, SHANGHAI)
    return rows.filter(Q(received_at__lte=end) | Q(received_at=None, closed_at__lte=end))


def purge_order(order, *, by, at):
    """Empty who bought, the slips of receipt and what carriers wrote; the goods and the sums stay."""
    parcels = order.parcels.select_related("receipt")
    empty([parcel.receipt for parcel in parcels], by=by, at=at)
    events = list(TrackingEvent.objects.filter(parcel__order=order).exclude(text=""))
    for event in events:
        event.text = ""
    records.save_many(events, by=by, at=at, verb="purge")
    return _emptied(order, BUYER, by=by, at=at)


def returns():
    """The returns that ended and still say something."""
    rows = ReturnRequest.objects.filter(purged_at=None).exclude(closed_at=None)
    return rows.select_related("order__show", "order__merchant")


def purge_return(request, *, by, at):
    """Empty the words of both sides, the address and the evidence; what was due and paid stays."""
    evidence = list(request.evidence.select_related("document"))
    empty([piece.document for piece in evidence], by=by, at=at)
    for piece in evidence:
        piece.note = ""
    disputes = list(request.disputes.all())
    for dispute in disputes:
        dispute.words, dispute.basis = EMPTIED, dispute.basis and EMPTIED
    for rows in (evidence, disputes):
        records.save_many(rows, by=by, at=at, verb="purge")
    return _emptied(request, ["words", "condition", "decision", "return_to"], by=by, at=at)


def repairs():
    """The repairs that ended and still say something."""
    rows = Repair.objects.filter(purged_at=None).exclude(state__in=Repair.OPEN)
    return rows.select_related("order__show", "order__merchant")


def purge_repair(repair, *, by, at):
    """Empty the faults and the work in words; days, outcome and price stay."""
    words = ["fault", "found", "work_done", "delay_note"]
    return _emptied(repair, words, by=by, at=at, needed=["fault"])


def invoices():
    """The invoices that were sent, red-lettered or cancelled and still tell who has them."""
    over = [Invoice.State.SENT, Invoice.State.RED, Invoice.State.CANCELLED]
    rows = Invoice.objects.filter(purged_at=None, state__in=over)
    return rows.select_related("order__show", "order__merchant")


def starts_of_invoice(invoice):
    """From the day it was sent, red-lettered or asked for in vain; one to be red-lettered has no term yet."""
    if invoice.state == Invoice.State.SENT:
        return _over(None if invoice.returned_at else invoice.sent_at)
    return _day(invoice.red_on or business_day(invoice.requested_at))


def purge_invoice(invoice, *, by, at):
    """Empty whom it was made out to and its file; number, day and sum stay."""
    empty([invoice.document], by=by, at=at)
    return _emptied(invoice, ["title", "email", "further"], by=by, at=at, needed=["title", "further"])


def inquiries():
    """The questions that nobody waits for any more and that still say something."""
    return Inquiry.objects.filter(purged_at=None).exclude(state__in=Inquiry.OPEN).select_related(*ASKED)


def purge_inquiry(inquiry, *, by, at):
    """Empty the question, the phone and the answer; topic and moments stay."""
    words = ["text", "contact", "answer"]
    return _emptied(inquiry, words, by=by, at=at, needed=["text", "answer"])


def authors(model):
    """What named people said in public, as long as it names them."""
    return lambda: model.objects.exclude(author="").select_related(*ASKED)


def purge_author(row, *, by, at):
    """Empty who said it; what was said stays, for it tells of the goods."""
    row.author = ""
    return records.save(row, by=by, at=at, verb="purge")


ORDERS = Retained(
    name="orders",
    label=_("buyers of orders"),
    rows=orders,
    starts=starts_of_order,
    wholes=wholes_of,
    purge=purge_order,
    term=RetentionClass.TRADE,
    begun=ended_by,
)
RETURNS = Retained(
    name="returns",
    label=_("words and evidence of returns"),
    rows=returns,
    starts=lambda row: _over(row.closed_at),
    wholes=wholes_of,
    purge=purge_return,
)
REPAIRS = Retained(
    name="repairs",
    label=_("words of repairs"),
    rows=repairs,
    starts=lambda row: _day(row.handed_back_on or row.finished_on or business_day(row.asked_at)),
    wholes=wholes_of,
    purge=purge_repair,
)
INVOICES = Retained(
    name="invoices",
    label=_("holders of invoices"),
    rows=invoices,
    starts=starts_of_invoice,
    wholes=wholes_of,
    purge=purge_invoice,
)
INQUIRIES = Retained(
    name="inquiries",
    label=_("buyers' questions"),
    rows=inquiries,
    starts=lambda row: _over(row.answered_at or row.asked_at),
    wholes=wholes_of,
    purge=purge_inquiry,
)
REVIEWS = Retained(
    name="reviews",
    label=_("names under reviews"),
    rows=authors(Review),
    starts=lambda row: _day(row.given_on),
    wholes=wholes_of,
    purge=purge_author,
)
MENTIONS = Retained(
    name="mentions",
    label=_("names under what was said in public"),
    rows=authors(Mention),
    starts=lambda row: _day(row.published_on),
    wholes=wholes_of,
    purge=purge_author,
)
