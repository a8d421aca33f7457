"""What buyers ordered in the last days of the demo, and what became of it on the way."""

import datetime

from aftersales.actions import delivery_alert as alert_actions
from aftersales.actions import order as order_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.actions.order import Arrival
from aftersales.models import Order, OrderLine, Parcel, TrackingEvent
from mcn.agency.models import Platform
from mcn.kit.clock import SHANGHAI
from products.models import Product, Sku

HOUR = datetime.timedelta(hours=1)
# How many steps of a track a parcel has gone, by what became of it.
GONE = {"moving": 2, "stuck": 2, "delivering": 3, "received": 4, "damaged": 4}
STATES = {
    "moving": "shipped",
    "delivering": "shipped",
    "stuck": "shipped",
    "damaged": "shipped",
    "late": "paid",
}


class OrderStories:
    """Orders as a platform's export brings them, then their tracks, then what the sweep finds wrong."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """One: all is brought in today."""
        yield self._today()

    def _today(self):
        at = self.stage.calendar.now
        yield at
        arrivals = [self._arrival(place, *fate, at=at) for place, fate in enumerate(self.data["fates"])]
        order_actions.bring(arrivals, by=None, at=at)
        fates = [fate for _age, fate in self.data["fates"]]
        told = [
            (parcel, event)
            for arrival, fate in zip(arrivals, fates, strict=True)
            for parcel in arrival.parcels
            for event in self._track(parcel, fate, at)
        ]
        parcel_actions.track(told, by=None, at=at)
        alert_actions.sweep(at=at)

    def _arrival(self, place, age, fate, *, at):
        sku = self._skus()[place % len(self._skus())]
        paid_at = self._paid_at(place, age, at)
        name, address = self.data["buyers"][place % len(self.data["buyers"])]
        order = Order(
            platform=Platform.objects.get(code=self.data["platforms"][place % 3]),
            number=f"69{paid_at:%Y%m%d}{place:08d}",
            merchant_id=sku.merchant_id,
            buyer_name=name,
            buyer_phone=f"1380013{8000 + place % len(self.data['buyers'])}",
            buyer_address=address,
            paid_at=paid_at,
            state=STATES.get(fate, "shipped" if fate == "received" else fate),
        )
        line = OrderLine(
            number="1",
            product=sku.product,
            sku=sku,
            sku_code=sku.code,
            title=sku.product.name,
            spec=sku.specification,
            quantity=1 + place % 2,
            price=sku.price,
            paid=sku.price * (1 + place % 2),
        )
        arrival = Arrival(order, [line])
        if fate == "closed":
            order.closed_at = paid_at + 6 * HOUR
        elif fate in GONE:
            order.shipped_at = paid_at + 14 * HOUR
            carrier = self.data["carriers"][place % 3]
            arrival.parcels.append(
                Parcel(
                    carrier=carrier,
                    number=f"78{place:012d}",
                    shipped_at=order.shipped_at,
                    heard_at=order.shipped_at,
                )
            )
        return arrival

    def _skus(self):
        if not hasattr(self, "skus"):
            verified = Sku.objects.filter(product__state=Product.State.VERIFIED, on_sale=True)
            self.skus = list(verified.select_related("product").order_by("pk"))
        return self.skus

    def _paid_at(self, place, age, at):
        evening = datetime.time(20, place * 7 % 60, tzinfo=SHANGHAI)
        moment = datetime.datetime.combine(self.stage.calendar.on(-age), evening)
        return min(moment, at - (place + 1) * HOUR / 6)

    def _track(self, parcel, fate, at):
        steps = [*self.data["step"][: GONE[fate]]]
        if fate == "damaged":
            steps.insert(2, self.data["damage"] | {"kind": "damaged"})
        for step in steps:
            happened_at = parcel.shipped_at + step["hours"] * HOUR
            if happened_at <= at:
                yield TrackingEvent(
                    kind=step["kind"], happened_at=happened_at, place=step["place"], text=step["text"]
                )
