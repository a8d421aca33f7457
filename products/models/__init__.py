"""Products and what belongs to them."""

from products.models.card import Card, CardVersion
from products.models.card_parts import CardComment, CardScan, SellingPoint, SetAside
from products.models.credential import ProductCredential
from products.models.hold import ProductHold
from products.models.product import PartQuerySet, Product
from products.models.sample import Sample
from products.models.sku import PriceRecord, Sku
from products.models.verification import ProductVerification

__all__ = [
    "Card",
    "CardComment",
    "CardScan",
    "CardVersion",
    "PartQuerySet",
    "PriceRecord",
    "Product",
    "ProductCredential",
    "ProductHold",
    "ProductVerification",
    "Sample",
    "SellingPoint",
    "SetAside",
    "Sku",
]
