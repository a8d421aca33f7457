"""What changed since an item was verified, read from the audit trail."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from mcn.audit.models import Entry
from products.models import Product, ProductCredential, ProductVerification, Sku
from products.rules.facts import COVERS
from products.rules.status import Status

Item = ProductVerification.Item
# The columns of rows below the product that an item looks at.
OF_SKUS = {Item.SPECIFICATION: ["code", "specification", "gtin"], Item.PRICE: ["code", "price", "list_price"]}
OF_PAPERS = ["number", "issuer", "valid_from", "valid_to", "file_sha256", "ended_on"]
PAPERS = {Item.STANDARD, Item.MARKS}


@dataclass(frozen=True)
class Change:
    """One field: what it was when the item was verified, and what it is now."""

    label: str
    old: Any
    new: Any


def changes_since(product, statuses):
    """``{item: [Change]}`` for the stale ones among the statuses of a product's items."""
    stale = {row.item: row.verification for row in statuses if row.status == Status.STALE}
    if not stale:
        return {}
    seen_at = _entry_of_each(stale.values())
    entries = list(_entries_about(product, after=min(seen_at.values(), default=0)))
    return {
        item: _changes(item, [entry for entry in entries if entry.pk > seen_at.get(str(row.pk), 0)])
        for item, row in stale.items()
    }


def _entry_of_each(verifications):
    """The last entry of the trail about each verification's own making, by the verification's id as text."""
    made = Entry.objects.filter(
        model=ProductVerification._meta.label_lower,
        row__in=[str(row.pk) for row in verifications],
        verb__in=["add", "verify"],
    )
    return dict(made.order_by().values("row").annotate(entry=Max("pk")).values_list("row", "entry"))


def _entries_about(product, *, after):
    wanted = Q(model=Product._meta.label_lower, row=str(product.pk))
    for model, rows in ((Sku, product.skus.all()), (ProductCredential, product.credentials.all())):
        wanted |= Q(model=model._meta.label_lower, row__in=[str(row.pk) for row in rows])
    return Entry.objects.filter(wanted, pk__gt=after).order_by("pk")


def _changes(item, entries):
    found = {}
    for entry in entries:
        for field in _fields(item, entry.model):
            if field.attname in entry.diff:
                old, new = (_shown(field, value) for value in entry.diff[field.attname])
                earlier = found.get((entry.model, entry.row, field.name))
                of_product = entry.model == Product._meta.label_lower
                label = str(field.verbose_name) if of_product else f"{entry.label} {field.verbose_name}"
                found[entry.model, entry.row, field.name] = Change(
                    label, earlier.old if earlier else old, new
                )
    return list(found.values())


def _fields(item, model):
    if model == Product._meta.label_lower:
        return [Product._meta.get_field(name.removesuffix("_id")) for name in COVERS[item]]
    if model == Sku._meta.label_lower:
        return [Sku._meta.get_field(name) for name in OF_SKUS.get(item, [])]
    return [ProductCredential._meta.get_field(name) for name in OF_PAPERS if item in PAPERS]


def _shown(field, value):
    if field.is_relation and value is not None:
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    return "" if value is None else value
