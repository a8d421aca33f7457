"""Orders as programs tell them: put under platform and number, many in as few statements as one."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import order as order_actions
from aftersales.actions.order import Arrival, line_number
from aftersales.models import Order, OrderLine, Parcel
from mcn.kit import records
from mcn.kit.bulk import loaded

State = Order.State


@dataclass
class Told:
    """What a program says of one order; what it leaves out stays as it is."""

    platform: Any
    number: str
    own: dict
    lines: list[dict] = field(default_factory=list)
    parcels: list[dict] = field(default_factory=list)

    @property
    def key(self):
        return self.platform.pk, self.number


def put(told, *, by, at):
    """Add or change one order; a wrong one is told under its fields' names."""
    try:
        return put_many([told], by=by, at=at)[0]
    except records.ManyInvalid as wrong:
        raise next(iter(wrong.by_index.values())) from wrong


def put_many(many, *, by, at):
    """Add or change orders, all or none; return them in the order given."""
    with transaction.atomic():
        known = _known(many)
        errors = {}
        arrivals = {}
        for place, told in enumerate(many):
            try:
                arrivals[told.key] = _arrival(told, arrivals.get(told.key) or known.get(told.key), at)
            except ValidationError as error:
                errors[place] = error
        if errors:
            raise records.ManyInvalid(errors)
        order_actions.bring(list(arrivals.values()), by=by, at=at, verb="put")
    return [arrivals[told.key].order for told in many]


def _known(many):
    orders = Order.objects.select_for_update(of=("self",)).filter(
        platform__in={told.platform.pk for told in many}, number__among=[told.number for told in many]
    )
    by_id = {order.pk: Arrival(order) for order in loaded(orders)}
    for line in loaded(OrderLine.objects.filter(order__among=[*by_id]).order_by("pk")):
        by_id[line.order_id].lines.append(line)
    for parcel in loaded(Parcel.objects.filter(order__among=[*by_id])):
        by_id[parcel.order_id].parcels.append(parcel)
    return {(arrival.order.platform_id, arrival.order.number): arrival for arrival in by_id.values()}


def _arrival(told, arrival, at):
    if arrival is None:
        arrival = Arrival(Order(platform=told.platform, number=told.number, created_at=at))
    order, own = arrival.order, dict(told.own)
    merchant = own.pop("merchant", None)
    if order.merchant_id is None:
        order.merchant = merchant
    elif merchant and merchant.pk != order.merchant_id:
        raise ValidationError({"merchant": _("This order belongs to another merchant.")})
    for name, value in order_actions.news(order, own).items():
        setattr(order, name, value)
    _require_moments(order)
    if order.state == State.CLOSED and order.closed_at is None:
        order.closed_at = at
    for given in told.lines:
        _put_line(arrival, given)
    if not arrival.lines:
        raise ValidationError({"lines": _("An order is about some goods: add a line.")})
    for given in told.parcels:
        _put_parcel(arrival, given)
    return arrival


def _require_moments(order):
    for state, name in order_actions.MOMENTS.items():
        if order.state == state != State.CLOSED and getattr(order, name) is None:
            said = _("Say when: the order is told to be %(state)s.") % {"state": state.label}
            raise ValidationError({name: said})


def _put_line(arrival, given):
    number = given.get("number") or line_number(
        given.get("sku_code", ""), given.get("title", ""), given.get("spec", "")
    )
    line = next((line for line in arrival.lines if line.number == number), None)
    if line is None:
        line = OrderLine(number=number)
        arrival.lines.append(line)
    for name, value in given.items():
        setattr(line, name, value)
    line.number = number
    if line.sku is not None:
        line.product_id = line.sku.product_id


def _put_parcel(arrival, given):
    if any(parcel.number == given["number"] for parcel in arrival.parcels):
        return
    shipped_at = given.get("shipped_at") or arrival.order.shipped_at
    if shipped_at is None:
        raise ValidationError({"parcels": _("There is a waybill, but no word of when it was shipped.")})
    parcel = Parcel(
        carrier=given["carrier"], number=given["number"], shipped_at=shipped_at, heard_at=shipped_at
    )
    arrival.parcels.append(parcel)
