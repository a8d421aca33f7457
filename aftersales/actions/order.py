"""Orders: brought by exports and programs, shipped, received, closed; their deadlines kept in step."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Order, OrderLine, Parcel
from aftersales.models.order import NOTHING
from aftersales.rules.ship_by import Deadlines
from aftersales.rules.sold_in import shows_of
from mcn.kit import moves, records

State = Order.State
RANK = {state.value: rank for rank, state in enumerate(State)}
BUYER = ["buyer_name", "buyer_phone", "buyer_address"]
MOMENTS = {State.SHIPPED: "shipped_at", State.RECEIVED: "received_at", State.CLOSED: "closed_at"}


@dataclass(slots=True)
class Arrival:
    """An order as another system tells it, with all its lines and with the parcels it tells of."""

    order: Order
    lines: list = field(default_factory=list)
    parcels: list = field(default_factory=list)


def news(order, told):
    """Of what a platform tells, what is news: an older export takes no order back to an earlier state.

    Nor does it bring a buyer back whose term of keeping is over.
    """
    if order.purged_at is not None:
        told = {name: value for name, value in told.items() if name not in BUYER}
    state = told.get("state")
    if state and RANK[state] < RANK[order.state]:
        return {name: value for name, value in told.items() if name != "state"}
    return told


def bring(arrivals, *, by, at, verb="import"):
    """Write orders with their lines and parcels in few statements, each with its show and its deadline."""
    orders = [arrival.order for arrival in arrivals]
    for order in {order.merchant_id: order for order in orders}.values():
        moves.require_may(by, "add", order)
        moves.require_may(by, "change", order)
    with transaction.atomic():
        _find_shows(arrivals)
        _sum_up(arrivals)
        _set_deadlines(arrivals)
        records.save_many(orders, by=by, at=at, verb=verb)
        for name in ("lines", "parcels"):
            rows = [row for arrival in arrivals for row in _tied(arrival, name)]
            records.save_many(rows, by=by, at=at, verb=verb)
    return orders


def _tied(arrival, name):
    """The rows of an order, which has a number now."""
    rows = getattr(arrival, name)
    for row in rows:
        row.order = arrival.order
    return rows


def _find_shows(arrivals):
    new = [arrival for arrival in arrivals if arrival.order._state.adding and arrival.order.show_id is None]
    products = {
        id(arrival.order): [line.product_id for line in arrival.lines if line.product_id] for arrival in new
    }
    found = shows_of([arrival.order for arrival in new], products)
    for arrival in new:
        arrival.order.show_id = found.get(id(arrival.order))


def _sum_up(arrivals):
    for arrival in arrivals:
        if arrival.lines:
            arrival.order.amount = sum((line.paid for line in arrival.lines), NOTHING)


def _set_deadlines(arrivals):
    """Once shipped, an order keeps the deadline it had."""
    open_ones = [
        arrival for arrival in arrivals if arrival.order._state.adding or arrival.order.state == State.PAID
    ]
    deadlines = Deadlines([arrival.order for arrival in open_ones])
    for arrival in open_ones:
        skus = [line.sku_id for line in arrival.lines if line.sku_id]
        arrival.order.ship_by, arrival.order.ship_by_basis = deadlines.of(arrival.order, skus)


def add(order, lines, *, by, at):
    """Enter one order by hand or by a program, with what was ordered."""
    if not lines:
        raise ValidationError(_("An order is about some goods: add a line."))
    for line in lines:
        line.number = line.number or line_number(line.sku_code, line.title, line.spec)
    return _bring_one(Arrival(order, lines), by=by, at=at, verb="add")


def change(order, *, by, at):
    """Correct an order; its deadline follows while it is not shipped."""
    return _bring_one(Arrival(order, list(order.lines.all())), by=by, at=at, verb="change")


def _bring_one(arrival, *, by, at, verb):
    try:
        bring([arrival], by=by, at=at, verb=verb)
    except records.ManyInvalid as wrong:
        # One order comes from one form: what is wrong is told under its fields' names.
        raise next(iter(wrong.by_index.values())) from wrong
    return arrival.order


def line_number(sku_code, title, spec):
    """By what a line is known where its platform gives it no number."""
    return (sku_code or " ".join(filter(None, [title, spec])))[
        : OrderLine._meta.get_field("number").max_length
    ]


def ship(order, *, carrier, number, by, at, shipped_at=None, note=""):
    """Hand a parcel of an order to its carrier; a further parcel of a shipped order is added by ``pack``."""
    shipped_at = shipped_at or at
    if shipped_at > at:
        raise ValidationError({"shipped_at": _("This lies in the future.")})
    with moves.move(order, "ship", by=by, at=at, note=note) as locked:
        locked.shipped_at = shipped_at
        parcel = Parcel(
            order=locked, carrier=carrier, number=number, shipped_at=shipped_at, heard_at=shipped_at
        )
        records.save(parcel, by=by, at=at, verb="ship")
    return order


def receive(order, *, by, at, received_at=None, note=""):
    """Note that the buyer has the goods, as of now or an earlier moment."""
    received_at = received_at or at
    if received_at > at:
        raise ValidationError({"received_at": _("This lies in the future.")})
    with moves.move(order, "receive", by=by, at=at, note=note) as locked:
        locked.received_at = received_at
    return order


def close(order, *, note, by, at):
    """Close an order that comes to nothing more: called off, refunded, or long done."""
    with moves.move(order, "close", by=by, at=at, note=moves.said(note)) as locked:
        locked.closed_at = at
    return order


def reckon_again(*, at, by=None):
    """Bring the deadlines of all orders still to be shipped in step with calendar, figures and plans."""
    changed = 0
    waiting = Order.objects.to_ship().filter(promised_on=None).order_by("pk")
    last = 0
    while batch := list(waiting.filter(pk__gt=last)[: records.CHUNK]):
        last = batch[-1].pk
        changed += len(_reckoned(batch, by=by, at=at))
    return changed


def _reckoned(orders, *, by, at):
    goods = {}
    lines = OrderLine.objects.filter(order__among=[order.pk for order in orders], sku__isnull=False)
    for order, sku in lines.values_list("order_id", "sku_id"):
        goods.setdefault(order, []).append(sku)
    deadlines = Deadlines(orders)
    moved = []
    for order in orders:
        fresh = deadlines.of(order, goods.get(order.pk, ()))
        if fresh != (order.ship_by, order.ship_by_basis):
            order.ship_by, order.ship_by_basis = fresh
            moved.append(order)
    return records.save_many(moved, by=by, at=at, verb="reckon")
