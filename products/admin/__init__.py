"""The back office's pages about products."""

from products.admin.card import CardAdmin, CardVersionAdmin
from products.admin.credential import ProductCredentialAdmin
from products.admin.hold import ProductHoldAdmin
from products.admin.product import ProductAdmin
from products.admin.sample import SampleAdmin
from products.admin.sku import PriceRecordAdmin, SkuAdmin
from products.admin.verification import ProductVerificationAdmin

__all__ = [
    "CardAdmin",
    "CardVersionAdmin",
    "PriceRecordAdmin",
    "ProductAdmin",
    "ProductCredentialAdmin",
    "ProductHoldAdmin",
    "ProductVerificationAdmin",
    "SampleAdmin",
    "SkuAdmin",
]
