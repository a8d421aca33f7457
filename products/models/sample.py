"""A sample of a product: received, tried, given back."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.kit.fields import ActorField
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from products.models.product import PartQuerySet, Product


class Sample(Record):
    """A piece of the goods in the agency's hands, who tried it and what they found."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        TRIED = "tried", _("tried")
        RETURNED = "given_back", _("given back")

    MOVES = Moves(
        record_trial=([State.RECEIVED, State.TRIED], State.TRIED),
        give_back=([State.RECEIVED, State.TRIED], State.RETURNED),
    )

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="samples", verbose_name=_("product")
    )
    sku = models.ForeignKey(
        "products.Sku",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("SKU"),
    )
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    batch = models.CharField(_("batch number"), max_length=60, blank=True)
    received_on = models.DateField(_("received on"))
    tried_by = models.CharField(
        _("tried by"), max_length=60, blank=True, help_text=_("Usually the streamer.")
    )
    tried_on = models.DateField(_("tried on"), null=True, blank=True)
    impression = models.TextField(
        _("impression"), blank=True, help_text=_("What the person felt when using it.")
    )
    same_as_sold = models.BooleanField(_("same as the goods sold"), null=True, blank=True)
    returned_on = models.DateField(_("given back on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False)
    recorded_by = ActorField(_("recorded by"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("record_trial_sample", _("Can record how a sample was tried")),
            ("give_back_sample", _("Can give samples back")),
        ]

    def __str__(self):
        return f"{self.product} {self.received_on:%Y-%m-%d}"

    @property
    def merchant_id(self):
        """Whose goods they are."""
        return self.product.merchant_id

    def clean(self):
        """A sample of a SKU is of that SKU's product, and days follow each other."""
        if self.sku_id and self.sku.product_id != self.product_id:
            raise ValidationError({"sku": _("This SKU is of another product.")})
        for name in ("tried_on", "returned_on"):
            day = getattr(self, name)
            if day and self.received_on and day < self.received_on:
                raise ValidationError({name: _("This day cannot be before the sample was received.")})
