"""What buyers ordered in the last days of the demo, and what became of it on the way."""

import datetime
from decimal import Decimal
from functools import cached_property

from aftersales.actions import delivery_alert as alert_actions
from aftersales.actions import order as order_actions
from aftersales.actions import parcel as parcel_actions
from aftersales.actions.order import Arrival
from aftersales.models import Order, OrderLine, Parcel, TrackingEvent
from mcn.agency.models import Platform
from mcn.kit.clock import SHANGHAI
from products.models import Product, Sku
from streamers.models import Offer, Show

HOUR = datetime.timedelta(hours=1)
# On which day the orders of the weeks before are brought in, and where the numbers of each group begin.
BEFORE = -4
FIRST_BEFORE, FIRST_DEAR, FIRST_SOLD, FIRST_LIVE = 1_000, 2_000, 3_000, 4_000
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
        """Three: what was sold in earlier weeks, in shows, and what is brought in today."""
        yield self._before()
        yield self._sold()
        yield self._today()

    def _before(self):
        at = self.stage.calendar.at(BEFORE)
        yield at
        ages = [7 * back + place % 7 for back, count in self._weeks() for place in range(count)]
        rows = [
            self._arrival(FIRST_BEFORE + place, self._sku(place), self._evening(age, place), "received")
            for place, age in enumerate(ages)
        ]
        self._bring(rows, ["received"] * len(rows), at=at)
        dear = self.data["dear"]
        sku = next(one for one in self._skus() if one.code == dear["sku"])
        rows = [
            self._arrival(
                FIRST_DEAR + place, sku, self._evening(age, place), "received", pieces, Decimal(dear["price"])
            )
            for place, (age, pieces) in enumerate(dear["bought"])
        ]
        self._bring(rows, ["received"] * len(rows), at=at)

    def _weeks(self):
        counts = self.data["weeks"]
        return zip(range(len(counts), 0, -1), counts, strict=True)

    def _sold(self):
        """Paid while a show was on air, of its goods and on its platform: so an order finds its show."""
        at = self.stage.calendar.at(-1, 9)
        yield at
        self._sell(Show.objects.filter(state=Show.State.ENDED), self.data["sold"]["ended"], FIRST_SOLD, at)
        at = self.stage.calendar.now
        yield at
        self._sell(Show.objects.filter(state=Show.State.LIVE), self.data["sold"]["live"], FIRST_LIVE, at)

    def _sell(self, shows, count, first, at):
        for show in shows.select_related("room__platform"):
            skus = [offer.sku for offer in _offers(show)]
            step = ((show.ended_at or at) - show.started_at) / (count + 1)
            fates = [
                self.data["sold_fates"][place % len(self.data["sold_fates"])] if show.ended_at else "paid"
                for place in range(count)
            ]
            rows = [
                self._arrival(
                    first + place,
                    skus[place % len(skus)],
                    show.started_at + (place + 1) * step,
                    fate,
                    platform=show.room.platform,
                )
                for place, fate in enumerate(fates)
            ]
            self._bring(rows, fates, at=at)

    def _today(self):
        at = self.stage.calendar.now
        yield at
        rows = [
            self._arrival(place, self._sku(place), self._paid_at(place, age, at), fate)
            for place, (age, fate) in enumerate(self.data["fates"])
        ]
        self._bring(rows, [fate for _age, fate in self.data["fates"]], at=at)
        alert_actions.sweep(at=at)

    def _bring(self, arrivals, fates, *, at):
        """Orders and the tracks of their parcels, as a platform's exports bring them."""
        order_actions.bring(arrivals, by=None, at=at)
        told = [
            (parcel, event)
            for arrival, fate in zip(arrivals, fates, strict=True)
            for parcel in arrival.parcels
            for event in self._track(parcel, fate, at)
        ]
        parcel_actions.track(told, by=None, at=at)

    def _arrival(self, place, sku, paid_at, fate, pieces=0, price=None, platform=None):
        pieces, price = pieces or 1 + place % 2, price or sku.price
        name, address = self.data["buyers"][place % len(self.data["buyers"])]
        order = Order(
            platform=platform or self.platforms[place % len(self.platforms)],
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
            quantity=pieces,
            price=price,
            paid=price * pieces,
        )
        arrival = Arrival(order, [line])
        if fate == "closed":
            order.closed_at = paid_at + 6 * HOUR
        elif fate in GONE:
            order.shipped_at = paid_at + 14 * HOUR
            arrival.parcels.append(
                Parcel(
                    carrier=self.data["carriers"][place % 3],
                    number=f"78{place:012d}",
                    shipped_at=order.shipped_at,
                    heard_at=order.shipped_at,
                )
            )
        return arrival

    @cached_property
    def platforms(self):
        """The platforms that orders come from, in turn."""
        rows = {row.code: row for row in Platform.objects.all()}
        return [rows[code] for code in self.data["platforms"]]

    def _sku(self, place):
        return self._skus()[place % len(self._skus())]

    def _skus(self):
        if not hasattr(self, "skus"):
            verified = Sku.objects.filter(product__state=Product.State.VERIFIED, on_sale=True)
            self.skus = list(verified.select_related("product").order_by("pk"))
        return self.skus

    def _paid_at(self, place, age, at):
        return min(self._evening(age, place), at - (place + 1) * HOUR / 6)

    def _evening(self, age, place):
        evening = datetime.time(20, place * 7 % 60, tzinfo=SHANGHAI)
        return datetime.datetime.combine(self.stage.calendar.on(-age), evening)

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


def _offers(show):
    """What a show sells, in the order of its run sheet."""
    offers = Offer.objects.filter(item__show=show, removed_at=None, item__removed_at=None)
    return offers.select_related("sku__product").order_by("item__position", "id")
