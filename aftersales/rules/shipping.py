"""SHIPPING: whether merchants ship in time and settle what goes wrong on the way; asked every night."""

import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import DeliveryAlert, Order
from mcn.kit.clock import SHANGHAI, business_day
from mcn.standards.checks import Rulebook, clause
from merchants.models import Merchant

# EJAS 6.2.3.2 names no time: within three days a carrier's enquiry is usually answered.
DAYS_TO_SETTLE = 3
Kind = DeliveryAlert.Kind
TROUBLES = [Kind.STUCK, Kind.DAMAGED]


def for_inspection(merchants):
    """Merchants, each with its oldest deadline not met and its oldest alert not settled."""
    owed = Order.objects.to_ship().filter(merchant=OuterRef("pk"), ship_by__isnull=False).order_by("ship_by")
    opened = DeliveryAlert.objects.open().filter(order__merchant=OuterRef("pk")).order_by("raised_at")
    return merchants.annotate(
        owed_since=Subquery(owed.values("ship_by")[:1]),
        alert_since=Subquery(opened.filter(kind__in=TROUBLES).values("raised_at")[:1]),
        unproven_since=Subquery(opened.filter(kind=Kind.UNPROVEN).values("raised_at")[:1]),
    )


def selling():
    """The merchants who have something to ship, or something wrong on its way."""
    owed = Order.objects.to_ship().filter(merchant=OuterRef("pk"))
    opened = DeliveryAlert.objects.open().filter(order__merchant=OuterRef("pk"))
    return Merchant.objects.filter(Exists(owed) | Exists(opened))


def late_orders(merchant):
    """The list of a merchant's late orders."""
    return f"{reverse('admin:aftersales_order_changelist')}?deadline=late&merchant__id__exact={merchant.pk}"


def open_alerts(merchant):
    """The list of a merchant's alerts that wait."""
    page = reverse("admin:aftersales_deliveryalert_changelist")
    return f"{page}?state__exact=open&order__merchant__id__exact={merchant.pk}"


@clause("DB4401 5.5.2.4", "DB4401 6.4.3 b", "EJAS 6.2.2.1", mend=late_orders)
def ships_in_time(merchant, on):
    """A merchant ships as promised, else within the working days from the payment."""
    midnight = datetime.datetime.combine(on, datetime.time(), SHANGHAI)
    if merchant.owed_since is not None and merchant.owed_since <= midnight:
        last_day = business_day(merchant.owed_since - datetime.timedelta(seconds=1))
        yield merchant, _("orders that were to be shipped by %(day)s are not") % {"day": last_day}


@clause("EJAS 6.2.1.2", "EJAS 6.2.3.2", mend=open_alerts)
def settles_what_went_wrong(merchant, on):
    """A merchant settles stuck and damaged parcels within three days."""
    since = merchant.alert_since and business_day(merchant.alert_since)
    if since and (on - since).days > DAYS_TO_SETTLE:
        yield merchant, _("parcels in trouble since %(day)s are not settled") % {"day": since}


@clause("EJAS 6.2.3.1", level="should", mend=open_alerts)
def proves_the_receipt_of_what_is_valuable(merchant, on):
    """A merchant keeps the proof that valuable goods were opened on receipt and signed for."""
    if merchant.unproven_since is not None:
        since = business_day(merchant.unproven_since)
        yield merchant, _("valuable parcels lack the proof of their receipt since %(day)s") % {"day": since}


SHIPPING = Rulebook(
    "shipping",
    gettext_lazy("orders shipped in time"),
    [ships_in_time, settles_what_went_wrong, proves_the_receipt_of_what_is_valuable],
    for_inspection,
    subjects=selling,
)
