"""The tables of after-sales."""

from aftersales.models.delivery_alert import DeliveryAlert
from aftersales.models.order import Order, OrderLine
from aftersales.models.parcel import Parcel, TrackingEvent

__all__ = ["DeliveryAlert", "Order", "OrderLine", "Parcel", "TrackingEvent"]
