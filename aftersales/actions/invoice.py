"""Invoices: requested, issued with their file, sent, red-lettered when goods come back."""

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Invoice
from aftersales.rules.invoice import due_at
from mcn.evidence.actions import attach
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Refused

State = Invoice.State


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
        last = Invoice.objects.select_for_update().order_by("-id").values_list("code", flat=True).first()
        invoice.code = f"F{int(last[1:]) + 1 if last else 1:06d}"
        invoice.amount = invoice.amount or order.amount
        invoice.requested_at, invoice.due_at = at, due_at(at)
        invoice.replaces = replaces
        return records.save(invoice, by=by, at=at, verb="ask")


def issue(invoice, *, number, issued_on, file, by, at, note=""):
    """Keep the invoice's number, day and file."""
    with moves.move(invoice, "issue", by=by, at=at, note=note) as locked:
        locked.number, locked.issued_on, locked.issued_by = number.strip(), issued_on, by
        title = _("Invoice %(number)s") % {"number": locked.number}
        locked.document = attach(locked, file, title=title, by=by, at=at, evidence_on=issued_on)
    return invoice


def send(invoice, *, way, by, at, sent_to="", note=""):
    """Note how the invoice went to the buyer; by post with the parcel's number, to be followed."""
    with moves.move(invoice, "send", by=by, at=at, note=note) as locked:
        if way == Invoice.Way.POST and not sent_to.strip():
            raise Refused(_("Give the number of the parcel, so that the buyer can follow it."))
        locked.way, locked.sent_to, locked.sent_at = way, sent_to.strip(), at
    return invoice


def cancel(invoice, *, note, by, at):
    """Take a request back before it is issued, saying why."""
    with moves.move(invoice, "cancel", by=by, at=at, note=said(note)):
        pass
    return invoice


def returned(order, *, by, at, why=""):
    """Tell that goods came back: a request falls away, what is issued waits for its red letter."""
    with transaction.atomic():
        for invoice in order.invoices.filter(state__in=Invoice.LIVE).select_for_update():
            if invoice.state == State.REQUESTED:
                invoice.state = State.CANCELLED
            else:
                invoice.returned_at = invoice.returned_at or at
            records.save(invoice, by=by, at=at, verb="return", why=why)


def red_letter(invoice, *, number, reason, by, at, red_on=None, keep=None):
    """Red-letter an invoice; ``keep`` is the amount of goods that were not returned, invoiced anew."""
    with transaction.atomic():
        with moves.move(invoice, "red_letter", by=by, at=at, note=reason) as locked:
            locked.red_number, locked.red_reason = number.strip(), reason.strip()
            locked.red_on = red_on or business_day(at)
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
