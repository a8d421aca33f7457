"""Holds on merchants: placed here; appealed against, upheld and lifted as all holds are."""

from mcn.evidence.holds import appeal, lift, place, uphold
from merchants.models import MerchantHold

__all__ = ["appeal", "blacklist", "hold", "lift", "uphold"]

Kind = MerchantHold.Kind


def hold(merchant, *, file=None, by, at, **told):
    """Stop a merchant for a reason; ``told`` is the kind, reason, clause and span of the hold."""
    return place(MerchantHold(merchant=merchant, **told), file, by=by, at=at)


def blacklist(merchant, *, file=None, by, at, **told):
    """Put a merchant on the blacklist until it is lifted: it can neither be admitted nor start again."""
    return hold(merchant, kind=Kind.BLACKLIST, file=file, by=by, at=at, **told)
