"""In which show an order was sold: the one on its platform that had the goods on air when it was paid."""

from django.db.models import Q

from streamers.models import RunItem


def shows_of(orders, products):
    """The show of each order in hand that one alone can be; ``products`` are the ids of goods by order.

    Goods that two shows offered at the same moment are given to neither: who sold them would be a guess.
    """
    asked = [order for order in orders if products.get(id(order))]
    if not asked:
        return {}
    ids = {product for order in asked for product in products[id(order)]}
    first, last = min(order.paid_at for order in asked), max(order.paid_at for order in asked)
    on_air = RunItem.objects.filter(
        Q(removed_at=None),
        Q(show__ended_at=None) | Q(show__ended_at__gte=first),
        product__among=ids,
        show__started_at__lte=last,
    )
    offered = {}
    rows = on_air.values_list(
        "product_id", "show_id", "show__room__platform_id", "show__started_at", "show__ended_at"
    )
    for product, *show in rows:
        offered.setdefault(product, []).append(show)
    found = {}
    for order in asked:
        fitting = {
            show
            for product in products[id(order)]
            for show, platform, started, ended in offered.get(product, ())
            if platform == order.platform_id
            and started <= order.paid_at
            and (ended is None or order.paid_at <= ended)
        }
        if len(fitting) == 1:
            found[id(order)] = fitting.pop()
    return found
