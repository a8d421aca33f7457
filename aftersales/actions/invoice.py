"""Invoices: requested, issued with their file, sent, red-lettered when goods come back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.models import DeadlineRule, Invoice
from mcn.audit import trail
from mcn.evidence.actions import attach
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState

State = Invoice.State
Step = DeadlineRule.Kind
# What lies encrypted of whom an invoice is made out to.
PARTICULARS = ["title", "email", "further"]


def request(invoice, *, by, at, replaces=None):
    """Ask for an invoice over what was paid for an order; ``by`` is nobody where the buyer asks."""
    if by is not None:
        moves.require_may(by, "add", invoice)
    with transaction.atomic():
        # Two clicks at once find one invoice: the order is locked while it is asked for.
        order = moves.lock(invoice.order)
        there = order.invoices.filter(state__in=Invoice.LIVE).first()
        if there is not None:
            raise Refused(_("Invoice %(invoice)s for this order is there already.") % {"invoice": there})
        invoice.code = next_code(Invoice, "F", 6)
        invoice.amount = invoice.amount or order.amount
        invoice.requested_at, invoice.due_at = at, clocks.until(Step.INVOICE, at=at)
        invoice.replaces = replaces
        records.save(invoice, by=by, at=at, verb="ask")
        clocks.begin(invoice, Step.INVOICE, by=by, at=at, merchant=order.merchant)
    return invoice


def particulars(invoice, *, by, at):
    """What a tax system has to be told to issue a requested invoice, in clear; the trail says who took it."""
    # A merchant writes its own invoices; the agency's staff need the right to see people in clear.
    moves.require_may(by, "reveal" if by.is_staff else "issue", invoice)
    if invoice.state != State.REQUESTED:
        raise WrongState(_("Whom it is made out to is told in clear until it is issued."))
    hidden = {name: [trail.CHANGED, trail.CHANGED] for name in PARTICULARS}
    with transaction.atomic():
        trail.note(invoice, by=by, at=at, verb="reveal", changes=hidden, why=_("to issue the invoice"))
    return {name: getattr(invoice, name) for name in ["buyer", "tax_number", *PARTICULARS]}


def issue(invoice, *, number, issued_on, by, at, file=None, note=""):
    """Keep the invoice's number and day, with its file where the tax system gave one."""
    with moves.move(invoice, "issue", by=by, at=at, note=note) as locked:
        locked.number, locked.issued_on, locked.issued_by = number.strip(), issued_on, by
        if file is not None:
            _attach(locked, file, by=by, at=at)
        clocks.stop(locked, Step.INVOICE, by=by, at=at)
    return invoice


def _attach(invoice, file, *, by, at):
    title = _("Invoice %(number)s") % {"number": invoice.number}
    invoice.document = attach(invoice, file, title=title, by=by, at=at, evidence_on=invoice.issued_on)


def send(invoice, *, way, by, at, sent_to="", file=None, note=""):
    """Note how the invoice went to the buyer; by post with the parcel's number, by the page with its file."""
    with moves.move(invoice, "send", by=by, at=at, note=note) as locked:
        if way == Invoice.Way.POST and not sent_to.strip():
            raise Refused(_("Give the number of the parcel, so that the buyer can follow it."))
        if file is not None:
            _attach(locked, file, by=by, at=at)
        if way == Invoice.Way.PAGE and locked.document is None:
            raise Refused(_("Add the invoice's file: the buyer downloads it on the page of the order."))
        locked.way, locked.sent_to, locked.sent_at = way, sent_to.strip(), at
    return invoice


def cancel(invoice, *, note, by, at):
    """Take a request back before it is issued, saying why."""
    with moves.move(invoice, "cancel", by=by, at=at, note=said(note)) as locked:
        clocks.stop(locked, by=by, at=at)
    return invoice


def returned(order, *, by, at, why=""):
    """Tell that goods came back: a request falls away, what is issued waits for its red letter."""
    with transaction.atomic():
        for invoice in order.invoices.filter(state__in=Invoice.LIVE).select_for_update():
            if invoice.state == State.REQUESTED:
                invoice.state = State.CANCELLED
                clocks.stop(invoice, by=by, at=at)
            elif invoice.returned_at is None:
                invoice.returned_at = at
                clocks.begin(invoice, Step.INVOICE_RED, by=by, at=at, merchant=order.merchant)
            records.save(invoice, by=by, at=at, verb="return", why=why)


def red_letter(invoice, *, number, reason, by, at, red_on=None, keep=None):
    """Red-letter an invoice; ``keep`` is the amount of goods that were not returned, invoiced anew."""
    with transaction.atomic():
        with moves.move(invoice, "red_letter", by=by, at=at, note=reason) as locked:
            locked.red_number, locked.red_reason = number.strip(), reason.strip()
            locked.red_on = red_on or business_day(at)
            if keep and keep >= locked.amount:
                raise ValidationError({"keep": _("Less than the whole invoice stays.")})
            clocks.stop(locked, by=by, at=at)
        if keep:
            fresh = Invoice(
                **{
                    name: getattr(invoice, name) for name in ("order", "kind", "buyer", "title", "tax_number")
                },
                email=invoice.email,
                further=invoice.further,
                amount=keep,
            )
            request(fresh, by=None, at=at, replaces=invoice)
    return invoice
