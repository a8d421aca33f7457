"""What belongs to a merchant, and who may see it."""

from django.apps import apps
from django.db import models


def merchants_of(user):
    """The ids of the merchants that a person works for now, as a subquery."""
    memberships = apps.get_model("merchants.Membership").objects
    return memberships.filter(user_id=user.pk, ended_on=None).values("merchant_id")


class OwnedQuerySet(models.QuerySet):
    """Rows with a ``merchant``: staff who may view see all, a merchant's people their own, others none."""

    owner = "merchant"

    def visible_to(self, user):
        """The rows that this person may know of."""
        if user.has_perm(f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"):
            return self
        return self.filter(**{f"{self.owner}__in": merchants_of(user)})
