"""Alerts about deliveries: raised and settled by a sweep, told to each merchant, settled by hand."""

import datetime
from collections import Counter

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.models import DeliveryAlert, Order, Parcel
from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.notices.actions import Telling, tell_many
from merchants.models import Membership

Kind = DeliveryAlert.Kind
State = DeliveryAlert.State
# A day to send the slip in; after a month nobody has it any more.
TO_PROVE, PROVABLE = datetime.timedelta(days=1), datetime.timedelta(days=30)


def sweep(*, at):
    """Raise what went wrong since, settle what came right, tell the merchants; twice is as good as once."""
    silent_since = at - datetime.timedelta(hours=figure(Figure.Key.PARCEL_STUCK_HOURS, business_day(at)))
    with transaction.atomic():
        raised = [
            *_raise(Kind.LATE, late(at), at=at),
            *_raise(Kind.STUCK, stuck(silent_since), at=at),
            *_raise(Kind.DAMAGED, damaged(), at=at),
            *_raise(Kind.UNPROVEN, unproven(at), at=at),
        ]
        settled = _settle_by_itself(at=at)
        _tell(raised, at=at)
    return raised, settled


def late(at):
    """Orders that are late and of which nobody was told."""
    told = DeliveryAlert.objects.filter(kind=Kind.LATE, order=OuterRef("pk"))
    return Order.objects.late(at).filter(~Exists(told))


def stuck(silent_since):
    """Parcels of which nothing was heard for so long, and nobody was told since."""
    told = DeliveryAlert.objects.filter(
        kind=Kind.STUCK, parcel=OuterRef("pk"), raised_at__gte=OuterRef("heard_at")
    )
    silent = Parcel.objects.under_way().filter(heard_at__lt=silent_since, order__state=Order.State.SHIPPED)
    return silent.filter(~Exists(told))


def damaged():
    """Parcels that a carrier called damaged, and nobody was told."""
    told = DeliveryAlert.objects.filter(kind=Kind.DAMAGED, parcel=OuterRef("pk"))
    return Parcel.objects.filter(damaged_at__isnull=False).filter(~Exists(told))


def unproven(at):
    """Valuable parcels received a day ago or longer without proof, of which nobody was told."""
    told = DeliveryAlert.objects.filter(kind=Kind.UNPROVEN, parcel=OuterRef("pk"))
    received = Parcel.objects.filter(
        state=Parcel.State.RECEIVED, received_at__range=(at - PROVABLE, at - TO_PROVE)
    )
    least = figure(Figure.Key.VALUABLE_YUAN, business_day(at))
    return received.without_proof().filter(order__amount__gte=least).filter(~Exists(told))


def _raise(kind, found, *, at):
    """One alert for each row that a condition finds, a chunk at a time."""
    of_orders, raised, last = found.model is Order, [], 0
    columns = ("pk", "pk") if of_orders else ("order_id", "pk")
    while pairs := list(found.filter(pk__gt=last).order_by("pk").values_list(*columns)[: records.CHUNK]):
        last = pairs[-1][1]
        made = [
            records.new(
                DeliveryAlert,
                kind=kind.value,
                order_id=order,
                parcel_id=None if of_orders else row,
                raised_at=at,
                created_at=at,
            )
            for order, row in pairs
        ]
        raised += records.save_many(made, by=None, at=at, verb="alert")
    return raised


def _settle_by_itself(*, at):
    """Settle the alerts whose cause is gone: the order was shipped or closed, the parcel heard of again."""
    waiting = DeliveryAlert.objects.open()
    shipped = waiting.filter(kind=Kind.LATE).exclude(order__state=Order.State.PAID)
    heard = waiting.filter(kind=Kind.STUCK, parcel__heard_at__gt=F("raised_at"))
    arrived = waiting.filter(kind=Kind.STUCK).exclude(order__state=Order.State.SHIPPED)
    proved = waiting.filter(kind=Kind.UNPROVEN).exclude(parcel__in=Parcel.objects.without_proof())
    settled = 0
    for cause, said in [
        (shipped, _("No longer to be shipped.")),
        (heard, _("The carrier told of it again.")),
        (arrived, _("No longer on its way.")),
        (proved, _("The proof is kept.")),
    ]:
        rows = list(cause.order_by("pk"))
        for alert in rows:
            alert.state, alert.settled_at, alert.outcome = State.SETTLED, at, said
        settled += len(records.save_many(rows, by=None, at=at, verb="settle"))
    return settled


def _tell(raised, *, at):
    """Tell the people of each merchant once how many deliveries need them."""
    if not raised:
        return
    owners = Order.objects.filter(pk__among=[alert.order_id for alert in raised])
    merchant_of = dict(owners.values_list("pk", "merchant_id"))
    counts = Counter((merchant_of[alert.order_id], alert.kind) for alert in raised)
    people = {}
    members = Membership.objects.filter(merchant__in={merchant for merchant, _kind in counts}, ended_on=None)
    for member in members.select_related("user", "merchant").order_by("pk"):
        people.setdefault(member.merchant, []).append(member.user)
    tellings = []
    for merchant, users in people.items():
        page = reverse("portal_orders", args=[merchant.code])
        tellings.append(Telling(users, _said(merchant, counts), "order", url=page))
    tell_many(tellings, at=at)


def _said(merchant, counts):
    """How many of each kind there are."""
    told = [f"{kind.label} {counts[merchant.pk, kind]}" for kind in Kind if counts[merchant.pk, kind.value]]
    return _("Deliveries that need you: %(counts)s") % {"counts": "，".join(told)}


def settle(alert, *, note, by, at):
    """Close an alert by hand, saying what was agreed with buyer, merchant or carrier."""
    with transaction.atomic(), moves.move(alert, "settle", by=by, at=at, note=moves.said(note)) as locked:
        locked.settled_at, locked.settled_by, locked.outcome = at, by, note
    return alert
