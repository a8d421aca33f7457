"""How each item of a product stands on a day: what screens show and what the checks ask."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mcn.kit.gather import rows_of
from merchants.models import Category
from products.models import ProductVerification
from products.rules.facts import digest, items_of


class Status(models.TextChoices):
    """What can be said of an item."""

    GOOD = "good", _("verified")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    MISSING = "missing", _("not verified yet")
    BAD = "bad", _("found not good")
    DUE = "due", _("due to be verified again")
    STALE = "stale", _("changed since it was verified")

    @property
    def settled(self):
        """Whether nothing more is to be done about it."""
        return self in (Status.GOOD, Status.NOT_APPLICABLE)


Item = ProductVerification.Item
Outcome = ProductVerification.Outcome


@dataclass(frozen=True)
class ItemStatus:
    """One item, the verification that stands for it (or None), and what can be said of it on a day."""

    item: Any
    verification: ProductVerification | None
    status: Status


def standing(product):
    """The verifications of a product that no later one superseded, by item."""
    return {row.item: row for row in rows_of(product, "verifications") if row.superseded_at is None}


def status_of(product, item, verification, on):
    """What can be said of an item by the verification that stands for it."""
    if verification is None:
        return Status.MISSING
    if verification.outcome == Outcome.BAD:
        return Status.BAD
    if not verification.stands(on):
        return Status.DUE
    if verification.digest != digest(product, item):
        return Status.STALE
    return Status(verification.outcome)


def statuses(product, on, items=frozenset(Item)):
    """Those of some items that a product needs, with how each stands on a day."""
    found = standing(product)
    return [
        ItemStatus(item, found.get(item), status_of(product, item, found.get(item), on))
        for item in items_of(product)
        if item in items
    ]


def with_settled(products, on):
    """Products with ``needed``, the number of their items, and ``settled``, how many of them stand.

    For lists alone: the database believes ``stale_at`` where ``statuses`` compares digests.
    """
    restricted = Category.Regime.RESTRICTED
    standing = ProductVerification.objects.filter(
        Q(next_due_on=None) | Q(next_due_on__gt=on),
        ~Q(item=Item.RESTRICTION) | Q(product__category__regime=restricted),
        product=OuterRef("pk"),
        superseded_at=None,
        stale_at=None,
        outcome__in=[Outcome.GOOD, Outcome.NOT_APPLICABLE],
    )
    counted = standing.order_by().values("product").annotate(number=Count("pk")).values("number")
    return products.annotate(
        settled=Coalesce(Subquery(counted), 0),
        needed=Case(
            When(category__regime=restricted, then=len(Item)),
            default=len(Item) - 1,
            output_field=models.IntegerField(),
        ),
    )
