"""What a complaint is about, as far as it follows from what is known of it already."""

from django.db.models import Q

from aftersales.models import Complaint, Order
from streamers.models import ShowCast

LIKELY = 8


def link(complaints):
    """Fill in order, product, show, streamer and merchant where what was given leads there."""
    orders = _orders(complaints)
    for complaint in complaints:
        if complaint.order is None:
            complaint.order = _order_of(complaint, orders)
        if complaint.order:
            _follow_order(complaint, complaint.order)
        if complaint.product and complaint.merchant_id is None:
            complaint.merchant_id = complaint.product.merchant_id
        if complaint.show and complaint.room_id is None:
            complaint.room_id = complaint.show.room_id
    hosts = _hosts([complaint.show_id for complaint in complaints if complaint.show_id])
    for complaint in complaints:
        if complaint.streamer_id is None and len(found := hosts.get(complaint.show_id, [])) == 1:
            complaint.streamer_id = found[0]
    return complaints


def _orders(complaints):
    wanted = {complaint.order_number for complaint in complaints if complaint.order_number}
    if not wanted:
        return {}
    found = {}
    rows = Order.objects.filter(number__in=wanted).select_related("show").prefetch_related("lines")
    for order in rows:
        found.setdefault(order.number, []).append(order)
    return found


def _order_of(complaint, orders):
    """The order of that number; on which platform has to be plain."""
    found = [
        order
        for order in orders.get(complaint.order_number, [])
        if complaint.platform_id in (None, order.platform_id)
    ]
    return found[0] if len(found) == 1 else None


def _follow_order(complaint, order):
    complaint.order_number = order.number
    complaint.platform_id = order.platform_id
    complaint.merchant_id = complaint.merchant_id or order.merchant_id
    complaint.show = complaint.show or order.show
    products = {line.product_id for line in order.lines.all() if line.product_id}
    if complaint.product_id is None and len(products) == 1:
        complaint.product_id = products.pop()


def _hosts(shows):
    found = {}
    if shows:
        cast = ShowCast.objects.filter(show__in=shows, removed_at=None, role=ShowCast.Role.HOST)
        for show, streamer in cast.values_list("show", "streamer"):
            found.setdefault(show, []).append(streamer)
    return found


def likely_duplicates(complaint):
    """Other complaints of the same person or about the same order, on which somebody still works."""
    same = Q(pk__in=[])
    if complaint.order_number:
        same |= Q(order_number=complaint.order_number)
    for name in ("phone_hash", "contact_hash"):
        if value := getattr(complaint, name):
            same |= Q(**{name: value})
    others = Complaint.objects.open().filter(same).exclude(pk=complaint.pk)
    return others.order_by("pk")[:LIKELY]
