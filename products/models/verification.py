"""The items that are verified of a product."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Verification
from products.models.product import PartQuerySet, Product


class ProductVerification(Verification):
    """One item of a product looked at; it remembers a digest of what it saw, a later one supersedes it."""

    class Item(models.TextChoices):
        PACKAGING = "packaging", _("packaging")
        ORIGIN = "origin", _("origin")
        PRODUCER = "producer", _("producer")
        PERFORMANCE = "performance", _("performance")
        USES = "uses", _("uses")
        SPECIFICATION = "specification", _("specification")
        INGREDIENTS = "ingredients", _("ingredients or material")
        PRICE = "price", _("price")
        VALIDITY = "validity", _("validity")
        SERVICE_PROMISES = "service_promises", _("service promises")
        STANDARD = "standard_and_test_report", _("executing standard and test report")
        MARKS = "marks_and_certificates", _("marks and certificates")
        MEASUREMENT = "measurement", _("measurement")
        INTELLECTUAL_PROPERTY = "intellectual_property", _("intellectual property")
        TRACEABILITY = "traceability", _("traceability")
        RESTRICTION = "restriction", _("limits on its sale")

    # Quality control (DB4401 5.4.2.3) asks for these beside the items of DB4401 5.1.2.5.
    QUALITY = frozenset({Item.MEASUREMENT, Item.INTELLECTUAL_PROPERTY, Item.TRACEABILITY})

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("product")
    )
    item = models.CharField(_("item"), max_length=30, choices=Item)
    digest = models.CharField(_("digest"), max_length=64, editable=False, default="")
    # For lists and filters alone: the gate compares the digests themselves.
    stale_at = models.DateTimeField(_("changed since, at"), null=True, blank=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("product verification")
        verbose_name_plural = _("product verifications")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        indexes = [
            models.Index(fields=["next_due_on"], name="product_verification_due"),
            models.Index(fields=["stale_at"], name="product_verification_stale"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "item"],
                condition=Q(superseded_at=None),
                name="one_item_of_a_product_stands",
                violation_error_message=_(
                    "Another verification of this item was recorded at the same moment."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_item_display()} {self.verified_on:%Y-%m-%d}"

    @property
    def merchant_id(self):
        """Whose product it is about."""
        return self.product.merchant_id
