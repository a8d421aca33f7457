"""Returns and repairs of the buyers of the demo: refunded, approved, on the way back, disputed, in repair."""

from decimal import Decimal

from aftersales.actions import guarantee as guarantees
from aftersales.actions import order as orders
from aftersales.actions import repair as repairs
from aftersales.actions import repair_provider as providers
from aftersales.actions import return_dispute as disputes
from aftersales.actions import return_request as returns
from aftersales.models import Order, OrderLine, Repair, RepairProvider, ReturnRequest
from mcn.agency.models import Platform
from products.models import Sku

PAID, SHIPPED, RECEIVED = 5, 4, 2  # days before the buyer asks


class ReturnStories:
    """A story for each request and repair of the data, about goods of the catalogue."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """The catalogue and the repairers first, then one story for each buyer."""
        yield self._ground()
        for place, row in enumerate(self.data["request"]):
            yield self._tell(place, row)

    def _ground(self):
        at = self.stage.calendar.at(self.data["ground_days"])
        yield at
        guarantees.sync_guarantees(at=at)
        for row in self.data["provider"]:
            provider = RepairProvider(**row["given"])
            providers.put_forward(provider, by=None, at=at)
            if row["admitted"]:
                agent = self.stage.staff("after_sales")
                providers.admit(provider, assessment=self.data["assessment"], by=agent, at=at)

    def _tell(self, place, row):
        at = self.stage.calendar.at(row["days"] - PAID, place)
        yield at
        line = self._order(place, row, at)
        if line is None:
            return
        agent = self.stage.staff("after_sales")
        for day, act in [(SHIPPED, self._ship), (RECEIVED, self._receive)]:
            if row["way"] != "unshipped":
                at = self.stage.calendar.at(row["days"] - day, place)
                yield at
                act(line.order, place, by=agent, at=at)
        at = self.stage.calendar.at(row["days"], place)
        yield at
        line = OrderLine.objects.select_related("order", "product__category").get(pk=line.pk)
        if row["kind"] == "repair":
            self._repair(line, row, at)
            return
        given = {name: row[name] for name in ("kind", "reason", "words") if name in row}
        request = returns.ask(ReturnRequest(line=line, **given), by=None, at=at)
        for number, verb in enumerate(WAYS[row["way"]], start=1):
            at = self.stage.calendar.at(min(row["days"] + number, 0), place + number)
            yield at
            verb(request, self.data, at, agent)

    def _order(self, place, row, at):
        """An order of goods of the catalogue, by a buyer of the data; None while there are none."""
        wanted = Sku.objects.filter(product__category__code__startswith=row.get("category", ""))
        skus = list(wanted.select_related("product__merchant").order_by("product_id", "id")[:40])
        if not skus:
            return None
        sku = skus[place * 5 % len(skus)]
        product = sku.product
        price = Decimal(row.get("price", "89.00"))
        order = Order(
            platform=Platform.objects.get(code=self.data["platform"]),
            number=f"{self.data['first_number'] + place}",
            merchant=product.merchant,
            buyer_name=row["buyer"],
            buyer_phone=row["phone"],
            paid_at=at,
            amount=price,
        )
        line = OrderLine(
            product=product,
            sku=sku,
            sku_code=sku.code,
            title=product.name,
            spec=sku.specification,
            price=price,
            paid=price,
        )
        orders.add(order, [line], by=self.stage.staff("after_sales"), at=at)
        return order.lines.get()

    def _ship(self, order, place, *, by, at):
        order.refresh_from_db()
        number = f"{self.data['first_parcel'] + place}"
        orders.ship(order, carrier="中通快递", number=number, by=by, at=at)

    def _receive(self, order, place, *, by, at):
        order.refresh_from_db()
        orders.receive(order, by=by, at=at)

    def _repair(self, line, row, at):
        repair = repairs.ask(Repair(line=line, fault=row["words"]), by=None, at=at)
        provider = RepairProvider.objects.open_for(repair.merchant_id, at.date()).first()
        price = None if repair.free else Decimal(self.data["repair_price"])
        agent = self.stage.staff("after_sales")
        repairs.take_in(repair, provider=provider, price=price, by=agent, at=at)
        if row["way"] == "delayed":
            repairs.delay(repair, cause="parts", words=self.data["delay"], by=agent, at=at)


def _approve(request, data, at, by):
    returns.approve(request, way="post", return_to=data["return_to"], by=by, at=at)


def _send(request, data, at, by):
    returns.send(request, carrier="圆通速递", parcel=f"YT{request.pk:012d}", by=None, at=at)


def _arrive(request, data, at, by):
    returns.arrive(request, condition=data["condition"], by=by, at=at)


def _refund(request, data, at, by):
    returns.refund(request, reference=f"TK{request.pk:010d}", by=by, at=at)


def _dispute(request, data, at, by):
    disputes.dispute(request, side="merchant", subject="damage", words=data["disputed"], by=None, at=at)


WAYS = {
    "unshipped": [],
    "asked": [],
    "approved": [_approve],
    "sent": [_approve, _send],
    "arrived": [_approve, _send, _arrive],
    "refunded": [_approve, _send, _arrive, _refund],
    "disputed": [_approve, _send, _arrive, _dispute],
}
