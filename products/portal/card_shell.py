"""What stands around every page of a card: the merchant's portal, for staff the way back."""

from merchants.models import Membership


def shell(request, version):
    """The merchant that the card is of, where the person works for it."""
    product = version.card.product
    member = Membership.objects.filter(user=request.user, merchant=product.merchant_id, ended_on=None)
    return {
        "section": "cards",
        "merchant": product.merchant if member.exists() else None,
        "version": version,
        "product": product,
    }
