"""How a buyer without an account is known: by the order's number together with the phone on it."""

from django.core import signing

from aftersales.models import Order
from mcn.kit.privacy import keyed_hash

SALT = "order of a buyer"
SECONDS = 24 * 3600


def order_of(number, phone):
    """The order of a number whose buyer has this phone, or None; which of both is wrong is not told."""
    hashed = keyed_hash(phone)
    # Orders without a phone are nobody's.
    found = Order.objects.filter(number=number.strip(), buyer_phone_hash=hashed).exclude(buyer_phone_hash="")
    return found.order_by("-id").first()


def token_of(order):
    """What leads a buyer to the pages of an order for a day; it cannot be guessed."""
    return signing.dumps(order.pk, salt=SALT)


def order_by(token):
    """The order that a token leads to, or None where it is not ours or too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return Order.objects.select_related("merchant", "platform", "show").filter(pk=number).first()
