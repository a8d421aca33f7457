"""A stop on one product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Hold
from products.models.product import PartQuerySet, Product


class ProductHold(Hold):
    """A hold or blacklisting of one product: it may not be listed, nor shown, while it lasts."""

    SUBJECT = "product"

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="holds", verbose_name=_("product")
    )

    objects = PartQuerySet.as_manager()

    class Meta(Hold.Meta):
        verbose_name = _("product hold")
        verbose_name_plural = _("product holds")
        ordering = ["-id"]
        default_permissions = ["view"]
        permissions = [
            ("appeal_producthold", _("Can appeal against product holds")),
            ("uphold_producthold", _("Can turn down appeals against product holds")),
            ("lift_producthold", _("Can lift product holds")),
        ]

    def __str__(self):
        return f"{self.product}: {self.get_kind_display()}"

    @property
    def merchant_id(self):
        """Whose people may appeal."""
        return self.product.merchant_id
