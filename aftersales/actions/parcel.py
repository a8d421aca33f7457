"""Parcels: packed, followed by what their carriers tell, received, and the receipt proved."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.models import Order, Parcel, TrackingEvent
from aftersales.rules.valuable import is_valuable
from mcn.evidence.actions import attach
from mcn.kit import moves, records
from mcn.kit.bulk import loaded
from mcn.kit.refusal import WrongState

Kind = TrackingEvent.Kind
State = Parcel.State
# What a carrier's word makes of a parcel; damage and trouble leave it where it is.
BECOMES = {
    Kind.SHIPPED: State.SHIPPED,
    Kind.MOVING: State.MOVING,
    Kind.DELIVERING: State.DELIVERING,
    Kind.RECEIVED: State.RECEIVED,
    Kind.RETURNED: State.RETURNED,
}
RANK = {state: rank for rank, state in enumerate(State)}


def pack(order, *, carrier, number, by, at, shipped_at=None):
    """Add a further parcel to an order that is on its way."""
    with transaction.atomic():
        locked = moves.lock(order)
        moves.require_may(by, "ship", locked)
        if locked.state != Order.State.SHIPPED:
            raise WrongState(_("A further parcel belongs to an order that is being shipped."))
        shipped_at = shipped_at or at
        if shipped_at > at:
            raise ValidationError({"shipped_at": _("This lies in the future.")})
        parcel = Parcel(
            order=locked, carrier=carrier, number=number, shipped_at=shipped_at, heard_at=shipped_at
        )
        return records.save(parcel, by=by, at=at, verb="pack")


def note(parcel, *, kind, by, at, happened_at=None, place="", text=""):
    """Note by hand what a carrier told of a parcel."""
    moves.require_may(by, "change", parcel)
    event = TrackingEvent(kind=kind, happened_at=happened_at or at, place=place, text=text)
    try:
        track([(parcel, event)], by=by, at=at)
    except records.ManyInvalid as wrong:
        raise next(iter(wrong.by_index.values())) from wrong
    parcel.refresh_from_db()
    return parcel


def track(told, *, by, at, verb="track"):
    """Take over what carriers tell of parcels, in few statements; what was told before changes nothing.

    ``told`` are pairs of a parcel and an event without one. Orders whose parcels are all received are
    received with the last of them.
    """
    for parcel in {parcel.order.merchant_id: parcel for parcel, _event in told}.values() if by else []:
        moves.require_may(by, "change", parcel)
    with transaction.atomic():
        parcels = _locked({parcel.pk for parcel, _event in told})
        fresh = _not_told_before([(parcels[parcel.pk], event) for parcel, event in told])
        for parcel, event in fresh:
            event.parcel = parcel
        _require_past([event for _parcel, event in fresh], at)
        records.save_many([event for _parcel, event in fresh], by=by, at=at)
        for parcel, event in sorted(fresh, key=lambda pair: pair[1].happened_at):
            _follow(parcel, event)
        changed = list({parcel.pk: parcel for parcel, _event in fresh}.values())
        records.save_many(changed, by=by, at=at, verb=verb)
        _receive_orders([parcel for parcel in changed if parcel.state == State.RECEIVED], by=by, at=at)
    return len(fresh)


def match(events, parcels):
    """Pairs of a parcel and an event for what carriers tell by waybill number; an unknown one is wrong.

    A waybill of several orders tells each of them; ``parcels`` are those that the teller may know of.
    """
    by_number = {}
    numbers = [event["number"] for event in events]
    for parcel in parcels.select_related("order").filter(number__among=numbers).order_by("pk"):
        by_number.setdefault(parcel.number, []).append(parcel)
    told, wrong = [], {}
    for place, given in enumerate(events):
        same = of_carrier(by_number.get(given["number"], []), given.get("carrier"))
        if not same:
            wrong[place] = ValidationError({"number": _("No parcel has this waybill number.")})
        words = {name: value for name, value in given.items() if name not in ("number", "carrier")}
        told += [(parcel, TrackingEvent(**words)) for parcel in same]
    if wrong:
        raise records.ManyInvalid(wrong)
    return told


def of_carrier(parcels, carrier):
    """Of parcels with one number those of a carrier, as far as any is known by that name."""
    return [parcel for parcel in parcels if parcel.carrier == carrier] or parcels


def _locked(ids):
    rows = Parcel.objects.select_for_update(of=("self",)).filter(pk__among=list(ids))
    return {parcel.pk: parcel for parcel in loaded(rows)}


def _not_told_before(told):
    known = TrackingEvent.objects.filter(parcel__among=[parcel.pk for parcel, _event in told])
    seen = set(known.values_list("parcel_id", "happened_at", "kind"))
    fresh = []
    for parcel, event in told:
        key = (parcel.pk, event.happened_at, event.kind)
        if key not in seen:
            seen.add(key)
            fresh.append((parcel, event))
    return fresh


def _require_past(events, at):
    wrong = {
        place: ValidationError({"happened_at": _("This lies in the future.")})
        for place, event in enumerate(events)
        if event.happened_at and event.happened_at > at
    }
    if wrong:
        raise records.ManyInvalid(wrong)


def _follow(parcel, event):
    """What an event makes of its parcel; one that comes late takes nothing back."""
    parcel.heard_at = max(parcel.heard_at, event.happened_at)
    if event.kind == Kind.DAMAGED:
        parcel.damaged_at = parcel.damaged_at or event.happened_at
    becomes = BECOMES.get(event.kind)
    if becomes and RANK[becomes] > RANK[parcel.state]:
        parcel.state = becomes
    if event.kind == Kind.RECEIVED and parcel.received_at is None:
        parcel.received_at = max(event.happened_at, parcel.shipped_at)


def _receive_orders(parcels, *, by, at):
    """Receive the orders of which no parcel is under way any more, with the last that came."""
    ids = {parcel.order_id for parcel in parcels}
    still = set(Parcel.objects.under_way().filter(order__among=list(ids)).values_list("order_id", flat=True))
    came = {}
    for parcel in parcels:
        came[parcel.order_id] = max(came.get(parcel.order_id, parcel.received_at), parcel.received_at)
    waiting = Order.objects.filter(pk__among=list(ids - still), state=Order.State.SHIPPED)
    orders = loaded(waiting.select_for_update(of=("self",)))
    for order in orders:
        order.state, order.received_at = Order.State.RECEIVED, max(came[order.pk], order.shipped_at)
    records.save_many(orders, by=by, at=at, verb="receive")


def prove(parcel, *, file, by, at, inspected=None):
    """Keep the proof that a parcel was received: the signed slip, and whether the buyer looked inside."""
    with transaction.atomic():
        locked = moves.lock(parcel)
        moves.require_may(by, "prove", locked)
        if locked.state != State.RECEIVED:
            raise WrongState(_("Only a received parcel has a proof of receipt."))
        if inspected is None and is_valuable(locked.order):
            message = _("The goods are valuable: say whether they were opened and looked at on receipt.")
            raise ValidationError({"inspected": message})
        title = _("Proof of receipt %(number)s") % {"number": locked.number}
        locked.receipt = attach(locked, file, title=title, by=by, at=at)
        locked.inspected = inspected
        records.save(locked, by=by, at=at, verb="prove")
    parcel.refresh_from_db()
    return parcel
