"""What runs out: papers, agreements and verifications that still count and that no later one replaces."""

import datetime

from django.db.models import Exists, OuterRef, Q

from merchants.models import Agreement, Merchant, MerchantCredential, MerchantVerification

# The column that says until when, and what makes a row count.
LAST_DAY = {MerchantCredential: "valid_to", Agreement: "valid_to", MerchantVerification: "next_due_on"}
COUNTING = {
    MerchantCredential: Q(ended_on=None, long_term=False),
    Agreement: Q(state=Agreement.State.SIGNED),
    MerchantVerification: Q(superseded_at=None),
}


def replaced(model):
    """Whether a later row of the same kind takes a row's place."""
    if model is MerchantVerification:
        return Q(pk__in=[])
    same = model.objects.filter(merchant=OuterRef("merchant"), kind=OuterRef("kind")).exclude(
        pk=OuterRef("pk")
    )
    later = Q(valid_to__gt=OuterRef("valid_to"))
    if model is MerchantCredential:
        return Exists(same.filter(later | Q(long_term=True), ended_on=None))
    return Exists(same.filter(later, state=Agreement.State.SIGNED))


def counting(model):
    """The rows that count for a merchant that has not left."""
    rows = model.objects.filter(COUNTING[model]).exclude(merchant__state=Merchant.State.EXITED)
    return rows.exclude(replaced(model))


def expiring(model, on, days):
    """The rows whose last day is today or lies within some days, the soonest first."""
    column = LAST_DAY[model]
    until = on + datetime.timedelta(days=days)
    return counting(model).filter(**{f"{column}__range": (on, until)}).order_by(column, "pk")


def expired(model, on):
    """The rows whose last day is past, the longest past first."""
    column = LAST_DAY[model]
    return counting(model).filter(**{f"{column}__lt": on}).order_by(column, "pk")
