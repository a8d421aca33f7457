"""A stop on a merchant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Hold
from merchants.models.merchant import Merchant
from merchants.models.owned import OwnedQuerySet


class MerchantHold(Hold):
    """A hold or blacklisting of a merchant: every gate stops, and a blacklisted one does not come back."""

    SUBJECT = "merchant"

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="holds", verbose_name=_("merchant")
    )

    objects = OwnedQuerySet.as_manager()

    class Meta(Hold.Meta):
        verbose_name = _("merchant hold")
        verbose_name_plural = _("merchant holds")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("appeal_merchanthold", _("Can appeal against a hold on a merchant")),
            ("uphold_merchanthold", _("Can turn down an appeal against a hold on a merchant")),
            ("lift_merchanthold", _("Can lift a hold on a merchant")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.valid_from:%Y-%m-%d}"
