"""The items that are verified of a product, and the digest by which each knows that its facts have changed."""

import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import Verification
from products.models.product import PartQuerySet, Product

TEST_REPORT = "test_report"


class ProductVerification(Verification):
    """One item of a product looked at: it remembers a digest of the facts seen, and a later one supersedes it."""

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

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("product verification")
        verbose_name_plural = _("product verifications")
        ordering = ["product", "-id"]
        default_permissions = ["add", "view"]
        indexes = [models.Index(fields=["next_due_on"], name="product_verification_due")]
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


Item = ProductVerification.Item

# Each fact belongs to exactly one item: a change makes that item stale, and no other.
COVERS = {
    Item.PACKAGING: ["name", "packaging"],
    Item.ORIGIN: ["origin"],
    Item.PRODUCER: ["producer", "producer_address"],
    Item.PERFORMANCE: ["performance"],
    Item.USES: ["uses"],
    Item.SPECIFICATION: ["specification", "unit"],
    Item.INGREDIENTS: ["ingredients"],
    Item.PRICE: ["list_price_basis"],
    Item.VALIDITY: ["shelf_life_days", "validity_term"],
    Item.SERVICE_PROMISES: ["service_promises"],
    Item.STANDARD: ["standard"],
    Item.MARKS: ["marks"],
    Item.MEASUREMENT: ["net_content"],
    Item.INTELLECTUAL_PROPERTY: ["brand", "intellectual_property"],
    Item.TRACEABILITY: ["traceability"],
    Item.RESTRICTION: ["category_id"],
}


def _specifications(product):
    return sorted([sku.code, sku.specification, sku.gtin] for sku in product.skus.all())


def _prices(product):
    return sorted([sku.code, _yuan(sku.price), _yuan(sku.list_price)] for sku in product.skus.all())


def _papers(product, reports):
    """What its credentials that are test reports (or that are not) say, withdrawn ones left out."""
    return sorted(
        [
            paper.kind.code,
            paper.number,
            paper.issuer,
            str(paper.valid_from),
            str(paper.valid_to),
            paper.file_sha256,
        ]
        for paper in product.credentials.all()
        if paper.ended_on is None and (paper.kind.code == TEST_REPORT) == reports
    )


ROWS = {
    Item.SPECIFICATION: _specifications,
    Item.PRICE: _prices,
    Item.STANDARD: lambda product: _papers(product, reports=True),
    Item.MARKS: lambda product: _papers(product, reports=False),
}


def _yuan(value):
    return "" if value is None else f"{value:.2f}"


def facts(item, product):
    """What an item covers: the product's own fields, and what its SKUs or credentials say, as plain values."""
    values = [getattr(product, name) for name in COVERS[item]]
    rows = ROWS.get(item)
    return [*values, rows(product)] if rows else values


def digest(item, product):
    """SHA-256 of what an item covers; ``skus`` and ``credentials__kind`` are best prefetched."""
    return hashlib.sha256(json.dumps(facts(item, product), ensure_ascii=False).encode()).hexdigest()


def is_told(item, product):
    """Whether the merchant has said anything that the item could be verified by."""
    return any(value not in ("", None, []) for value in facts(item, product))


def items_of(product):
    """The items that a product must be verified by: the limits on its sale only where its category has some."""
    category = product.category
    restricted = category is not None and category.regime == category.Regime.RESTRICTED
    return [item for item in Item if item != Item.RESTRICTION or restricted]
