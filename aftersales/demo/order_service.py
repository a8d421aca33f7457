"""What the demo's buyers asked for after they had paid: the difference to a lower price, and invoices."""

from aftersales.actions import invoice as invoices
from aftersales.actions import price_claim as price_claims
from aftersales.models import Invoice, Order, OrderLine, PriceClaim
from products.demo.papers import scan
from streamers.models import Show

ISSUED = ["sent", "returned", "red"]
GIVEN = ["kind", "buyer", "title", "email", "tax_number", "further"]


class OrderServiceStories:
    """Claims and invoices for orders of the shows, on the buyer's own page."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """One: asked yesterday, settled today."""
        yield self._course()

    @property
    def owner(self):
        """Who pays and issues for the merchant."""
        return self.stage.owner("yuexiang")

    def _course(self):
        at = self.stage.calendar.at(-1, 12)
        yield at
        orders = list(Order.objects.filter(show__state=Show.State.ENDED).order_by("id")[:9])
        claims = [self._claim(line, at=at) for line in self._lines(orders)]
        asked = [
            self._ask(order, row, at=at) for order, row in zip(orders[3:], self.data["invoice"], strict=False)
        ]
        at = self.stage.calendar.now
        yield at
        owed = [claim for claim in claims if claim.state == PriceClaim.State.GRANTED]
        for claim in owed[:1]:
            price_claims.pay(claim, reference="TK4200002800000017", by=self.owner, at=at)
        for invoice, row in asked:
            if row["until"] in ISSUED:
                self._issue(invoice, row, at=at)

    def _lines(self, orders):
        """Goods that were dearer before the show, goods of the show, and goods of long ago."""
        sku = self.data["dear"]["sku"]
        same = OrderLine.objects.filter(sku__code=sku).select_related("order", "sku__product__category")
        dear = same.filter(price=self.data["dear"]["price"]).order_by("-id")
        return [*dear, *same.filter(order__in=orders)[:1], *same.order_by("order__paid_at")[:1]]

    def _claim(self, line, *, at):
        return price_claims.apply(line, by=None, at=at, channel=PriceClaim.Channel.BUYER)

    def _ask(self, order, row, *, at):
        given = {name: row[name] for name in GIVEN if name in row}
        return invoices.request(Invoice(order=order, **given), by=None, at=at), row

    def _issue(self, invoice, row, *, at):
        by, day = self.owner, self.stage.calendar.today
        paper = scan("电子发票（普通发票）", [f"发票号码 {row['number']}", f"金额 {invoice.amount} 元"])
        invoices.issue(invoice, number=row["number"], issued_on=day, file=paper, by=by, at=at)
        invoices.send(invoice, way=Invoice.Way.PAGE, by=by, at=at)
        if row["until"] != "sent":
            invoices.returned(invoice.order, by=None, at=at, why="消费者退货，商品已收到")
        if row["until"] == "red":
            invoice.refresh_from_db()
            invoices.red_letter(invoice, number=row["red"], reason="全部退货", by=by, at=at)
