"""What is bought: a specification of a product with its barcode, price and stock, and its price history."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mcn.kit.identity import compact, is_gtin, normalise, validate_gtin
from mcn.kit.records import Record
from merchants.models import Merchant
from products.models.product import PartQuerySet, Product

CENT = Decimal("0.01")


class GtinField(models.CharField):
    """A barcode (EAN-8, UPC-A, EAN-13 or GTIN-14), kept as its digits alone."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 14, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)
        self.validators.append(validate_gtin)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "blank", "default"):
            kwargs.pop(key)
        return name, path, args, kwargs

    def to_python(self, value):
        return compact(super().to_python(value))

    def plainly_right(self, kinds, values):
        """Whether all are barcodes in digits alone, asked at once for very many."""
        return kinds <= {str} and all(map(is_gtin, filter(None, values)))


class Sku(Record):
    """One specification of a product that can be ordered; its code is unique within the merchant."""

    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        related_name="skus",
        editable=False,
        verbose_name=_("merchant"),
        # The constraint on merchant and code has an index that begins with it.
        db_index=False,
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="skus", verbose_name=_("product")
    )
    code = models.CharField(_("SKU code"), max_length=60)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    gtin = GtinField(_("barcode"), db_index=True, help_text=_("EAN or GTIN."))
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(CENT)]
    )
    list_price = models.DecimalField(
        _("struck-through price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT)],
    )
    cost_price = models.DecimalField(
        _("cost price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    stock = models.PositiveIntegerField(_("declared stock"), null=True, blank=True)
    on_sale = models.BooleanField(_("on sale"), default=True)
    lowest_before = models.DecimalField(
        _("lowest price before"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
        help_text=_("The lowest price charged in the days before the present offer began."),
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("SKU")
        verbose_name_plural = _("SKUs")
        ordering = ["id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "code"],
                name="sku_code_once_a_merchant",
                violation_error_message=_("This merchant has a SKU with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=CENT),
                name="sku_costs_something",
                violation_error_message=_("A price is at least 0.01 yuan."),
            ),
            models.CheckConstraint(
                condition=Q(list_price=None) | Q(list_price__gte=F("price")),
                name="sku_list_price_above_price",
                violation_error_message=_("The struck-through price cannot be below the price."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.specification}".strip()

    def clean(self):
        """Its merchant is its product's: the column lets the code be unique within the merchant."""
        self.code = normalise(self.code)
        if self.product_id and self.merchant_id and self.merchant_id != self.product.merchant_id:
            raise ValidationError({"product": _("The product belongs to another merchant.")})


class PriceRecordQuerySet(PartQuerySet):
    """Price records."""

    product = "sku__product"


class PriceRecord(Record):
    """That a SKU had a price from a moment on; written whenever a price changes, never changed itself."""

    audited = False

    class Kind(models.TextChoices):
        DEAL = "deal", _("price charged")
        LIST = "list", _("struck-through price")

    sku = models.ForeignKey(
        Sku,
        on_delete=models.PROTECT,
        related_name="price_records",
        verbose_name=_("SKU"),
        # price_of_a_sku begins with it.
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    price = models.DecimalField(
        _("price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty when a price was taken away."),
    )
    from_at = models.DateTimeField(_("from"))

    objects = PriceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("price record")
        verbose_name_plural = _("price records")
        ordering = ["from_at", "id"]
        indexes = [models.Index(fields=["sku", "kind", "from_at"], name="price_of_a_sku")]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.sku} {self.price}"
