"""The links by which consumers review a service that is over: made where somebody may hand them out."""

from django.core import signing
from django.urls import reverse

from aftersales.models import Complaint, Order, Repair, ReturnRequest, Review
from aftersales.models.review import Service
from mcn.kit.identity import normalise
from products.models import Product

SALT = "aftersales.review"
NAMED = [*Review.ABOUT, "platform"]
SETTLED = [ReturnRequest.State.REFUNDED, ReturnRequest.State.EXCHANGED, ReturnRequest.State.REFUSED]
HEARD = [Complaint.State.ANSWERED, Complaint.State.CALLED_BACK, Complaint.State.CLOSED]


def token_of(service, number, **about):
    """What a link to a review carries, signed: after which service, under which number, about whom."""
    ids = {name: row.pk for name, row in about.items() if row is not None}
    return signing.dumps([str(service), number, ids], salt=SALT)


def begun(token):
    """The review that a link's token stands for, not saved yet, or None where the token is not ours."""
    try:
        service, number, ids = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    keys = {f"{name}_id": key for name, key in ids.items() if name in NAMED}
    return Review(service=service, number=number, **keys)


def is_given(review):
    """Whether a consumer reviewed this service already."""
    return Review.objects.filter(
        service=review.service, number=normalise(review.number), platform=review.platform_id
    ).exists()


def token_after(matter):
    """What a link to the review of an order, return, repair or complaint carries.

    Empty before the matter is over, and once it was reviewed.
    """
    service, number, over, about = TOLD[type(matter)](matter)
    if not over or is_given(Review(service=service, number=number, platform=about.get("platform"))):
        return ""
    return token_of(service, number, **about)


def link_after(matter):
    """The address of that review; empty where there is none to be written."""
    token = token_after(matter)
    return reverse("review", args=[token]) if token else ""


def _order(order):
    products = Product.objects.filter(order_lines__order=order.pk).order_by("pk").distinct()[:2]
    about = {"merchant": order.merchant, "show": order.show, "platform": order.platform}
    if len(products) == 1:
        about["product"] = products[0]
    return Service.PURCHASE, order.number, order.received_at is not None, about


def _return(request):
    return Service.RETURN, request.code, request.state in SETTLED, _of_line(request)


def _repair(repair):
    return Service.REPAIR, repair.code, repair.state == Repair.State.HANDED_BACK, _of_line(repair)


def _of_line(matter):
    return {"merchant": matter.merchant, "product": matter.line.product, "show": matter.order.show}


def _complaint(complaint):
    over = complaint.state in HEARD and complaint.answered_at is not None
    about = {name: getattr(complaint, name) for name in Review.ABOUT}
    return Service.COMPLAINT, complaint.code, over, about


TOLD = {Order: _order, ReturnRequest: _return, Repair: _repair, Complaint: _complaint}
