"""The goods of an order: what the buyer saw, what was ordered, and what was paid for it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersales.models.order import NOTHING, Order
from mcn.kit.records import Record
from merchants.models import OwnedQuerySet
from products.models import Product, Sku


class OrderLineQuerySet(OwnedQuerySet):
    """Lines of orders: seen by whom the order is."""

    owner = "order__merchant"


class OrderLine(Record):
    """One kind of goods in an order: what the buyer saw, what was ordered, and what was paid for it."""

    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("order"),
        # The constraint on order and number has an index that begins with it.
        db_index=False,
    )
    number = models.CharField(
        _("line number"),
        max_length=60,
        help_text=_("The platform's own; where it gives none, the SKU code or the goods in words."),
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="order_lines",
        verbose_name=_("product"),
    )
    sku = models.ForeignKey(
        Sku,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="order_lines",
        verbose_name=_("SKU"),
    )
    sku_code = models.CharField(
        _("merchant's SKU code"), max_length=60, blank=True, help_text=_("As the platform tells it.")
    )
    title = models.CharField(_("goods on the platform"), max_length=200)
    spec = models.CharField(_("specification"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1, validators=[MinValueValidator(1)])
    price = models.DecimalField(
        _("unit price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(NOTHING)]
    )
    paid = models.DecimalField(
        _("paid for it"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(NOTHING)],
        help_text=_("For all pieces, after discounts."),
    )

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of an order")
        ordering = ["id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"],
                name="line_number_once_an_order",
                violation_error_message=_("This order has a line with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="order_line_has_a_piece",
                violation_error_message=_("A line is about one piece at least."),
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.spec}".strip()

    @property
    def merchant_id(self):
        """Whose people see it."""
        return self.order.merchant_id
