"""What promises, price claims and invoices put on a person's start page."""

from django.utils.translation import gettext as _

from aftersales.models import Breach, Invoice, PriceClaim, ServicePromise
from aftersales.rules.clock import time_left
from mcn.kit import clock
from mcn.kit.start import EXPIRES, WAITS, pile, waited


def work(user, on):
    """Promises to review, breaches to confirm or compensate, differences to pay, invoices to issue."""
    if user.has_perm("aftersales.approve_servicepromise"):
        waiting = ServicePromise.objects.filter(state=ServicePromise.State.SUBMITTED)
        yield pile(
            WAITS,
            _("Service promises to review"),
            waiting.exclude(submitted_by=user)
            .select_related("merchant", "kind")
            .order_by("submitted_at", "id"),
            "state__exact=submitted",
            lambda promise: (str(promise), waited(promise.submitted_at, on)),
        )
    if user.has_perm("aftersales.confirm_breach"):
        reported = Breach.objects.filter(state=Breach.State.REPORTED)
        yield pile(
            WAITS,
            _("Broken promises to look into"),
            reported.select_related("promise__merchant", "promise__kind").order_by("id"),
            "state__exact=reported",
            lambda breach: (f"{breach.code} · {breach.promise}", waited(breach.reported_at, on)),
        )
    if user.has_perm("aftersales.compensate_breach"):
        yield _owed(_("Compensations to pay"), Breach, "confirmed")
    if user.has_perm("aftersales.pay_priceclaim"):
        yield _owed(_("Price differences to pay"), PriceClaim, "granted")
    if user.has_perm("aftersales.issue_invoice"):
        yield _owed(_("Invoices to issue"), Invoice, "requested")
    if user.has_perm("aftersales.red_letter_invoice"):
        issued = [Invoice.State.ISSUED, Invoice.State.SENT]
        back = Invoice.objects.filter(state__in=issued, returned_at__isnull=False)
        yield pile(
            WAITS,
            _("Invoices to red-letter"),
            back.order_by("returned_at", "id"),
            "back=yes",
            lambda invoice: (f"{invoice.code} · {invoice.number}", waited(invoice.returned_at, on)),
        )


def _owed(label, model, state):
    """What is owed to buyers until a moment, the soonest first, and how late it is."""
    at = clock.now()
    return pile(
        EXPIRES,
        label,
        model.objects.filter(state=state).order_by("due_at", "id"),
        f"state__exact={state}",
        lambda row: (f"{row.code} · {row.amount or 0} 元", time_left(row.due_at, None, at).words),
    )
