"""What stands around every page of a card: the merchant's portal, for staff the way back."""

from merchants.models import Membership


def shell(request, version):
    """The merchant that the card is of, and all merchants that the person works for."""
    memberships = Membership.objects.filter(user=request.user, ended_on=None).select_related("merchant")
    merchants = [row.merchant for row in memberships.order_by("merchant__code")]
    product = version.card.product
    return {
        "section": "cards",
        "merchants": merchants,
        "merchant": product.merchant if product.merchant in merchants else None,
        "version": version,
        "product": product,
    }
