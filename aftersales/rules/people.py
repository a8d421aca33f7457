"""Who is told of what in after-sales: the people of a role, and those who answer for a merchant."""

from django.contrib.auth import get_user_model

from merchants.models import Membership


def of_roles(*names):
    """The active staff who have one of these roles."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True, groups__name__in=names)
    return list(staff.distinct().order_by("pk"))


def owners_of(merchants):
    """``{merchant id: [people]}``: the owners of some merchants, by one query."""
    found: dict = {}
    owners = Membership.objects.filter(
        merchant__in=merchants, role=Membership.Role.OWNER, ended_on=None, user__is_active=True
    )
    for membership in owners.select_related("user").order_by("pk"):
        found.setdefault(membership.merchant_id, []).append(membership.user)
    return found
