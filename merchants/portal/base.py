"""What every page of a merchant knows: which merchant, and what this person may do there."""

from django.contrib.auth.mixins import AccessMixin
from django.shortcuts import get_object_or_404

from merchants.models import Membership


class MerchantMixin(AccessMixin):
    """The merchant of the address (``/portal/m/<code>/``), for its members alone; anybody else's is 404.

    Gives ``self.merchant``, ``self.membership`` and ``self.allowed``; and to templates ``merchant``,
    ``membership``, ``allowed`` (the codenames of the role), ``section`` and ``tab``.
    """

    section = ""
    tab = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        memberships = Membership.objects.filter(user=request.user, ended_on=None)
        self.membership = get_object_or_404(
            memberships.select_related("merchant"), merchant__code=kwargs["code"]
        )
        self.merchant = self.membership.merchant
        return super().dispatch(request, *args, **kwargs)

    @property
    def allowed(self):
        """The codenames that the person's role allows on this merchant's rows."""
        return Membership.PERMISSIONS[self.membership.role]

    def get_context_data(self, **kwargs):
        own = {
            "merchant": self.merchant,
            "membership": self.membership,
            "allowed": self.allowed,
            "section": self.section,
            "tab": self.tab,
        }
        return super().get_context_data(**own | kwargs)
