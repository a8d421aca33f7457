"""What runs out: papers, contracts and consents that still count and that no later one replaces."""

import datetime

from django.db.models import Exists, OuterRef, Q

from streamers.models import (
    CapacityRecord,
    Consent,
    Contract,
    LikenessConsent,
    Qualification,
    Streamer,
    StreamerVerification,
    VirtualRight,
)
from streamers.rules.age import ADULT_AGE, latest_birth

# The column that says until when, and what makes a row count.
LAST_DAY = {
    Qualification: "valid_to",
    Contract: "valid_to",
    VirtualRight: "valid_to",
    LikenessConsent: "valid_to",
    StreamerVerification: "next_due_on",
    Consent: "valid_to",
    CapacityRecord: "valid_to",
}
COUNTING = {
    Qualification: Q(ended_on=None, long_term=False),
    Contract: Q(state=Contract.State.SIGNED),
    VirtualRight: Q(ended_on=None, long_term=False),
    LikenessConsent: Q(state=LikenessConsent.State.GIVEN),
    StreamerVerification: Q(superseded_at=None),
    Consent: Q(state=Consent.State.SIGNED),
    CapacityRecord: Q(ended_on=None),
}
# What only minors need: it lapses with their coming of age, and nobody need be warned then.
OF_MINORS = (Consent, CapacityRecord)
# By which columns a later row is the same thing renewed, and what makes that later one count.
SAME = {Qualification: ["field"], VirtualRight: [], Contract: [], Consent: [], CapacityRecord: []}
LATER = {
    Qualification: Q(ended_on=None),
    VirtualRight: Q(ended_on=None),
    Contract: Q(state=Contract.State.SIGNED) & ~Q(kind=Contract.Kind.SUPPLEMENT),
    Consent: Q(state=Consent.State.SIGNED),
    CapacityRecord: Q(ended_on=None),
}
LASTS_FOR_GOOD = (Qualification, VirtualRight)


def replaced(model):
    """Whether a later row of the same kind takes a row's place."""
    if model not in SAME:
        return Q(pk__in=[])
    same = {name: OuterRef(name) for name in ["streamer", *SAME[model]]}
    others = model.objects.filter(LATER[model], **same).exclude(pk=OuterRef("pk"))
    later = Q(valid_to__gt=OuterRef("valid_to"))
    return Exists(others.filter(later | Q(long_term=True) if model in LASTS_FOR_GOOD else later))


def counting(model, on):
    """The rows that count on a day for a streamer whose work has not ended."""
    rows = model.objects.filter(COUNTING[model]).exclude(streamer__state=Streamer.State.ENDED)
    if model in OF_MINORS:
        rows = rows.filter(streamer__born_on__gt=latest_birth(on, ADULT_AGE))
    return rows.exclude(replaced(model))


def expiring(model, on, days):
    """The rows whose last day is today or lies within some days, the soonest first."""
    column = LAST_DAY[model]
    until = on + datetime.timedelta(days=days)
    return counting(model, on).filter(**{f"{column}__range": (on, until)}).order_by(column, "pk")


def expired(model, on):
    """The rows whose last day is past, the longest past first."""
    column = LAST_DAY[model]
    return counting(model, on).filter(**{f"{column}__lt": on}).order_by(column, "pk")
