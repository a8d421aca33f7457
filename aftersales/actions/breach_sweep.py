"""Breaches that nobody has to report: orders shipped late against a promise, opened by a sweep."""

import datetime
from collections import Counter

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftersales.models import Breach, Order, OrderLine, PromiseKind, ServicePromise
from mcn.kit import records
from mcn.kit.clock import SHANGHAI
from mcn.kit.codes import last_number
from mcn.notices.actions import Telling, tell_many
from merchants.models import Membership

# What was due longer ago was swept while it was new, or came in by an old export.
LOOKED_BACK = datetime.timedelta(days=30)


def sweep(*, at):
    """Open a breach for each order shipped late that a promise covers; twice is as good as once.

    The agency then confirms it with what is owed, or dismisses it; what it dismissed is not opened again.
    """
    with transaction.atomic():
        # Two that sweep at once come one after the other, and the second finds what the first opened.
        kind = PromiseKind.objects.select_for_update().filter(code=PromiseKind.LATE_SHIPPING).first()
        opened = _open(broken(kind, at), at=at) if kind else []
        _tell(opened, at=at)
    return opened


def broken(kind, at):
    """Orders late at a moment, or shipped late, each with the promise that covered it when it was paid."""
    ordered = OrderLine.objects.filter(order=OuterRef(OuterRef("pk"))).values("product")
    promises = ServicePromise.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("paid_at__date")),
        Q(product=None) | Q(product__in=ordered),
        kind=kind,
        merchant=OuterRef("merchant"),
        state__in=ServicePromise.FROZEN,
        valid_from__lte=OuterRef("paid_at__date"),
        decided_at__lte=OuterRef("paid_at"),
    )
    closest = promises.order_by(F("product").asc(nulls_last=True), "-id")
    known = Breach.objects.filter(order=OuterRef("pk"), promise__kind=kind)
    late = Order.objects.filter(
        Q(state=Order.State.PAID) | Q(shipped_at__gt=F("ship_by")),
        merchant__in=ServicePromise.objects.filter(kind=kind).values("merchant"),
        ship_by__range=(at - LOOKED_BACK, at),
    )
    found = late.filter(~Exists(known)).annotate(promise=Subquery(closest.values("pk")[:1]))
    return found.exclude(promise=None)


def _open(orders, *, at):
    opened, last, number = [], 0, last_number(Breach)
    while rows := list(orders.filter(pk__gt=last).order_by("pk")[: records.CHUNK]):
        last = rows[-1].pk
        made = [
            records.new(
                Breach,
                code=f"B{number + place:06d}",
                promise_id=order.promise,
                order=order,
                source=Breach.Source.AGENCY,
                text=_said(order),
                reported_at=at,
                created_at=at,
            )
            for place, order in enumerate(rows, start=1)
        ]
        number += len(made)
        opened += records.save_many(made, by=None, at=at, verb="report")
    return opened


def _said(order):
    due = {"due": order.deadline_text}
    if order.shipped_at is None:
        return _("To be shipped by %(due)s and not shipped yet.") % due
    shipped = date_format(order.shipped_at.astimezone(SHANGHAI), "Y-m-d H:i")
    return _("To be shipped by %(due)s, shipped at %(shipped)s.") % (due | {"shipped": shipped})


def _tell(opened, *, at):
    """Tell the people of each merchant once how many promises were found broken."""
    if not opened:
        return
    counts = Counter(breach.order.merchant_id for breach in opened)
    people = {}
    members = Membership.objects.filter(merchant__in=counts, ended_on=None)
    for member in members.select_related("user", "merchant").order_by("pk"):
        people.setdefault(member.merchant, []).append(member.user)
    said = _("%(count)s orders were shipped late against your promise; the agency looks into them.")
    tell_many(
        [
            Telling(
                users,
                said % {"count": counts[merchant.pk]},
                "promise",
                url=reverse("portal_buyers", args=[merchant.code]),
            )
            for merchant, users in people.items()
        ],
        at=at,
    )
