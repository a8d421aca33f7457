"""Whether every streamer of a show has verified its products themselves, as they stand now."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from products.models import ProductVerification
from products.rules.facts import facts, is_told, words
from streamers.models import CastReview, ShowCast

Aspect = CastReview.Aspect
Outcome = CastReview.Outcome
Role = ShowCast.Role
NAMED = 3

# The facts of a product that each aspect is answered by.
SEEN_IN = {
    Aspect.PRODUCER: ProductVerification.Item.PRODUCER,
    Aspect.PERFORMANCE: ProductVerification.Item.PERFORMANCE,
    Aspect.USES: ProductVerification.Item.USES,
    Aspect.SPECIFICATION: ProductVerification.Item.SPECIFICATION,
    Aspect.INGREDIENTS: ProductVerification.Item.INGREDIENTS,
    Aspect.PRICE: ProductVerification.Item.PRICE,
    Aspect.TEST_REPORT: ProductVerification.Item.STANDARD,
    Aspect.VALIDITY: ProductVerification.Item.VALIDITY,
    Aspect.SERVICE_PROMISES: ProductVerification.Item.SERVICE_PROMISES,
}
PREFETCH = [
    Prefetch(
        "cast_reviews",
        CastReview.objects.filter(superseded_at=None).only(
            "show", "streamer", "product", "outcome", "note", "digest", "superseded_at"
        ),
    )
]


class Status(models.TextChoices):
    """How a streamer's review of a product stands."""

    GOOD = "good", gettext_lazy("reviewed")
    MISSING = "missing", gettext_lazy("not reviewed yet")
    BAD = "bad", gettext_lazy("something is not right")
    STALE = "stale", gettext_lazy("changed since the review")


@dataclass(frozen=True)
class ReviewStatus:
    """One product of a show for one of its streamers, with the review that stands for it (or None)."""

    item: Any
    review: CastReview | None
    status: Status


def facts_digest(product):
    """The digest of a product's own facts; worked out once for a product that many shows share."""
    if "_seen_by_cast" not in product.__dict__:
        told = [facts(product, item) for item in SEEN_IN.values()]
        product.__dict__["_seen_by_cast"] = _hash(told)
    return product.__dict__["_seen_by_cast"]


def digest(item):
    """SHA-256 of what a streamer reviews of a product: its facts, and its card and prices in the show."""
    offers = [offer for offer in rows_of(item, "offers") if offer.removed_at is None]
    prices = sorted([offer.sku_id, f"{offer.price:.2f}"] for offer in offers)
    return _hash([facts_digest(item.product), item.card_version_id, prices])


def _hash(value):
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def told_of(item):
    """``[(aspect, pairs of label and text, whether anything is told)]`` of a product as it is offered."""
    product, found = item.product, []
    for aspect, seen in SEEN_IN.items():
        pairs = [(label, text) for label, text in words(product, seen) if text]
        told = is_told(product, seen)
        if aspect == Aspect.PRICE:
            offers = [offer for offer in item.offers.all() if offer.removed_at is None]
            prices = [(_("in the show: %(sku)s") % {"sku": row.sku}, f"¥{row.price:.2f}") for row in offers]
            pairs, told = [*prices, *pairs], told or bool(prices)
        found.append((aspect, pairs, told))
    return found


def reviewers(show):
    """Those of the cast who sell: guests only visit."""
    return [row for row in show.cast.all() if row.removed_at is None and row.role != Role.GUEST]


def statuses(show, streamer_id, items=None):
    """How the reviews of a streamer stand, for each product on the run sheet or for some of them."""
    found = {
        row.product_id: row
        for row in show.cast_reviews.all()
        if row.streamer_id == streamer_id and row.superseded_at is None
    }
    items = [item for item in show.items.all() if item.removed_at is None] if items is None else items
    return [
        ReviewStatus(item, found.get(item.product_id), _status(item, found.get(item.product_id)))
        for item in items
    ]


def _status(item, review):
    if review is None:
        return Status.MISSING
    if review.digest != digest(item):
        return Status.STALE
    return Status.BAD if review.outcome == Outcome.BAD else Status.GOOD


def page(row):
    """Where reviews of a show are seen and recorded."""
    return reverse("admin:streamers_castreview_show", args=[row.show_id])


@clause("DB4401 5.2.2.5", "LSMS 7.1.2 b", mend=page)
def was_reviewed_by_its_streamers(show, on):
    """Every host and co-host has verified every product themselves, and it has not changed since."""
    for row in reviewers(show):
        found = statuses(show, row.streamer_id)
        for status in (Status.MISSING, Status.STALE):
            products = [line.item.product for line in found if line.status == status]
            if products:
                yield row, _lack(row, status, products)
        for line in found:
            if line.status == Status.BAD:
                yield (
                    line.review,
                    _("%(streamer)s found of %(product)s: %(note)s")
                    % {"streamer": row.streamer, "product": line.item.product, "note": line.review.note},
                )


def _lack(row, status, products):
    named = "、".join(str(product) for product in products[:NAMED])
    message = (
        _("%(streamer)s has not reviewed %(count)s products yet: %(names)s")
        if status == Status.MISSING
        else _("%(streamer)s has to review %(count)s products again, they changed: %(names)s")
    )
    more = "…" if len(products) > NAMED else ""
    return message % {"streamer": row.streamer, "count": len(products), "names": f"{named}{more}"}


CHECKS = [was_reviewed_by_its_streamers]
