"""Products and what belongs to them."""

from products.models.credential import ProductCredential
from products.models.hold import ProductHold
from products.models.product import PartQuerySet, Product
from products.models.sample import Sample
from products.models.sku import PriceRecord, Sku
from products.models.verification import COVERS, ProductVerification, digest, facts, is_told, items_of

__all__ = [
    "COVERS",
    "PartQuerySet",
    "PriceRecord",
    "Product",
    "ProductCredential",
    "ProductHold",
    "ProductVerification",
    "Sample",
    "Sku",
    "digest",
    "facts",
    "is_told",
    "items_of",
]
