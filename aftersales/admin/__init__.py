"""The back office's pages about after-sales."""

from aftersales.admin import article, inquiry
from aftersales.admin.delivery_alert import DeliveryAlertAdmin
from aftersales.admin.order import OrderAdmin
from aftersales.admin.parcel import ParcelAdmin

__all__ = [
    "DeliveryAlertAdmin",
    "OrderAdmin",
    "ParcelAdmin",
    "article",
    "inquiry",
]
