"""What is valuable: from which amount it is opened on receipt, and who insures what goes back."""

from django.utils.translation import gettext_lazy as _

from aftersales.models import ReturnRequest
from aftersales.models.guarantee import SELLERS_FAULT, Reason
from mcn.agency.models import Figure, figure
from mcn.kit.clock import business_day

# Whom the insurance of a return is on, as the consumer protection law puts the freight (article 25).
MERCHANT, BUYER = _("at the merchant's expense"), _("at the buyer's expense")


def is_valuable(order):
    """Whether its parcels are opened before they are signed for, by the figure of the day it was paid."""
    return order.amount >= figure(Figure.Key.VALUABLE_YUAN, business_day(order.paid_at))


def insurer(request):
    """Who pays for the insurance: the merchant for the seller's fault and its own pick-up, else the buyer."""
    sellers = request.reason in [*SELLERS_FAULT, Reason.FAULT] or request.way == ReturnRequest.Way.PICKUP
    return MERCHANT if sellers else BUYER


def insurance(request):
    """What is asked of a return that travels insured, in words; nothing of any other."""
    if not request.insure or request.way == ReturnRequest.Way.DOOR:
        return ""
    said = _("The parcel travels insured for at least %(amount)s yuan, %(payer)s.")
    return said % {"amount": request.amount, "payer": insurer(request)}
