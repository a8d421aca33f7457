"""Holds on products: placed here; appealed against, upheld and lifted as all holds are."""

from mcn.evidence.holds import appeal, lift, place, uphold
from products.models import ProductHold

__all__ = ["appeal", "blacklist", "hold", "lift", "uphold"]

Kind = ProductHold.Kind


def hold(product, *, file=None, by, at, **told):
    """Stop a product for a reason; ``told`` is the kind, reason, clause and span of the hold."""
    return place(ProductHold(product=product, **told), file, by=by, at=at)


def blacklist(product, *, file=None, by, at, **told):
    """Stop a product for good, until somebody with that right lifts it."""
    return hold(product, kind=Kind.BLACKLIST, file=file, by=by, at=at, **told)
