"""INVOICES: whether invoices are issued in time and red-lettered when goods come back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import DeadlineRule, Invoice
from aftersales.rules.clock import next_due
from mcn.kit.clock import business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = Invoice.State
# What a buyer learns before asking for the kind.
TOLD = {
    Invoice.Kind.ORDINARY: gettext_lazy("For persons and companies; comes as a file to download here."),
    Invoice.Kind.SPECIAL: gettext_lazy(
        "Only for companies that are general taxpayers: have the name, the taxpayer's number, address, phone,"
        " bank and account ready, exactly as registered."
    ),
}


@clause("EJAS 6.9.1", "EJAS 6.9.2")
def is_issued_in_time(invoice, on):
    """A requested invoice is issued by the moment that the buyer was told."""
    if invoice.state == State.REQUESTED and invoice.due_at and business_day(invoice.due_at) < on:
        yield (
            invoice,
            _("it was to be issued by %(day)s") % {"day": f"{business_day(invoice.due_at):%Y-%m-%d}"},
        )


@clause("EJAS 6.9.2")
def is_red_lettered_after_a_return(invoice, on):
    """The invoice of goods that came back is red-lettered by its deadline."""
    if invoice.red_by and business_day(invoice.red_by) < on:
        told = {"day": f"{business_day(invoice.returned_at):%Y-%m-%d}"}
        yield invoice, _("the goods came back on %(day)s and it is not red-lettered") % told


INVOICES = Rulebook(
    "invoices",
    gettext_lazy("invoices"),
    [is_issued_in_time, is_red_lettered_after_a_return],
    lambda invoices: invoices.annotate(red_by=next_due(Invoice, DeadlineRule.Kind.INVOICE_RED)),
    mend=admin_page,
    subjects=lambda: Invoice.objects.filter(state__in=Invoice.LIVE),
)
