"""What a merchant's people may do to their own merchant's rows."""

from django.urls import reverse

from mcn.accounts.backends import PlacesBackend
from merchants.models import Membership


class MembershipBackend(PlacesBackend):
    """Grants permissions on one row by the user's membership of the merchant that the row belongs to."""

    def has_perm(self, user_obj, perm, obj=None):
        """Whether the membership's role allows the codename; a row tells its merchant by ``merchant_id``."""
        if obj is None or not user_obj.is_active or user_obj.is_staff:  # staff act by their role alone
            return False
        merchant_id = obj.pk if obj._meta.label == "merchants.Merchant" else getattr(obj, "merchant_id", None)
        if merchant_id is None:
            return False
        role = Membership.objects.filter(user=user_obj, merchant=merchant_id, ended_on=None).values_list(
            "role", flat=True
        )
        return any(perm in Membership.PERMISSIONS[name] for name in role)

    def places_of(self, user):
        """The merchants that the person works for, and as what."""
        memberships = Membership.objects.filter(user=user, ended_on=None).select_related("merchant")
        return [
            {
                "model": "merchants.merchant",
                "id": membership.merchant_id,
                "label": str(membership.merchant),
                "role": membership.role,
                "role_label": membership.get_role_display(),
                "url": reverse("portal_home", args=[membership.merchant.code]),
            }
            for membership in memberships.order_by("merchant__code")
        ]
