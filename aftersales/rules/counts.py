"""What happened in a span of days, counted by merchant, product, streamer or show: what scores and KPIs read.

Each of them asks the same few questions; every answer is one query, however many merchants there are.
"""

import datetime
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum, Value

from aftersales.models import Complaint, Order, ReturnRequest, Review, SurveyInvitation
from mcn.kit.clock import SHANGHAI

AGENCY, MERCHANT, PRODUCT, STREAMER, SHOW = "agency", "merchant", "product", "streamer", "show"
# By which path a row says what it is about; a show with two streamers counts for both.
ORDERS = {MERCHANT: "merchant", PRODUCT: "lines__product", STREAMER: "show__cast__streamer", SHOW: "show"}
RETURNS = {
    MERCHANT: "merchant",
    PRODUCT: "line__product",
    STREAMER: "order__show__cast__streamer",
    SHOW: "order__show",
}
DIRECT = {MERCHANT: "merchant", PRODUCT: "product", STREAMER: "streamer", SHOW: "show"}
# What is not ours, or was said twice, tells nothing of how well we serve.
NOT_COUNTED = [Complaint.State.REDIRECTED, Complaint.State.MERGED]
CENT = Decimal("0.01")


@dataclass
class Counts:
    """What happened to one of them in a span; only sums, so that spans can be added up."""

    orders: int = 0
    due: int = 0
    late: int = 0
    complaints: int = 0
    unfounded: int = 0
    answered: int = 0
    answer_seconds: int = 0
    resolved: int = 0
    resolve_seconds: int = 0
    returns: int = 0
    reviews: int = 0
    stars: Decimal = Decimal()
    asked: int = 0
    satisfied: Decimal = Decimal()

    def __add__(self, other):
        return Counts(*[getattr(self, field.name) + getattr(other, field.name) for field in fields(Counts)])

    @property
    def shipping(self):
        """Shipped in time, in percent of what was to be shipped."""
        return share(self.due - self.late, self.due, 100)

    @property
    def complaint_rate(self):
        """Complaints in a thousand orders."""
        return share(self.complaints, self.orders, 1000)

    @property
    def founded_rate(self):
        """Complaints in a thousand orders, without those that were not upheld."""
        return share(self.complaints - self.unfounded, self.orders, 1000)

    @property
    def answer_hours(self):
        """Hours to the first answer, in the mean."""
        return share(self.answer_seconds, self.answered * 3600)

    @property
    def resolve_hours(self):
        """Hours until resolved, in the mean."""
        return share(self.resolve_seconds, self.resolved * 3600)

    @property
    def return_rate(self):
        """Orders with a return, in percent."""
        return share(self.returns, self.orders, 100)

    @property
    def rating(self):
        """The mean of reviews."""
        return share(self.stars, self.reviews)

    @property
    def satisfaction(self):
        """What consumers gave when they were called back or surveyed, in the mean."""
        return share(self.satisfied, self.asked)


def share(part, whole, of=1):
    """A share of so many, or a mean, to two places; None of nothing."""
    return (Decimal(part) * of / whole).quantize(CENT) if whole else None


@dataclass(frozen=True)
class Span:
    """Days, both inclusive, as known at a moment."""

    since: datetime.date
    until: datetime.date
    at: datetime.datetime

    def covers(self, column):
        """Whether a moment lies in it."""
        start = datetime.datetime.combine(self.since, datetime.time(), SHANGHAI)
        end = datetime.datetime.combine(self.until, datetime.time(), SHANGHAI) + datetime.timedelta(days=1)
        return Q(**{f"{column}__gte": start, f"{column}__lt": min(end, self.at)})


def count_up(by, span, within=None):
    """``{id: Counts}`` of what happened in a span; under 0 where it is counted for the agency as a whole.

    ``by`` is one of the five above; ``within`` narrows it to some ids.
    """
    counts: dict = {}
    for rows, path, sums in [*_of_orders(by, span), *_of_complaints(by, span), *_of_voices(by, span)]:
        found = rows.values(counted=F(path) if path else Value(0))
        if path:
            found = found.filter(**{f"{path}__isnull": False} | _standing(path))
            if within is not None:
                found = found.filter(**{f"{path}__in": within})
        for row in found.order_by().annotate(**{f"n_{name}": total for name, total in sums.items()}):
            one = counts.setdefault(row["counted"], Counts())
            for name in sums:
                setattr(one, name, getattr(one, name) + _plain(row[f"n_{name}"]))
    return counts


def _standing(path):
    """Who was taken off a show does not answer for it."""
    return {f"{path.removesuffix('streamer')}removed_at": None} if "cast__" in path else {}


def _of_orders(by, span):
    each = Count("pk", distinct=True)
    path = ORDERS.get(by, "")
    yield Order.objects.filter(span.covers("paid_at")), path, {"orders": each}
    # What was closed before it was shipped had not to be shipped any more.
    due = Order.objects.filter(span.covers("ship_by")).exclude(state=Order.State.CLOSED, shipped_at=None)
    late = Q(shipped_at=None) | Q(shipped_at__gt=F("ship_by"))
    yield due, path, {"due": each, "late": Count("pk", distinct=True, filter=late)}
    asked = ReturnRequest.objects.filter(span.covers("asked_at"))
    returns = asked.exclude(state=ReturnRequest.State.CANCELLED)
    yield returns, RETURNS.get(by, ""), {"returns": Count("order", distinct=True)}


def _of_complaints(by, span):
    path = DIRECT.get(by, "")
    ours = Complaint.objects.exclude(state__in=NOT_COUNTED)
    unfounded = Count("pk", filter=Q(outcome=Complaint.Outcome.REJECTED))
    yield ours.filter(span.covers("received_at")), path, {"complaints": Count("pk"), "unfounded": unfounded}
    answered = {"answered": Count("pk"), "answer_seconds": _waited("first_answer_at")}
    yield ours.filter(span.covers("first_answer_at")), path, answered
    resolved = {"resolved": Count("pk"), "resolve_seconds": _waited("resolved_at")}
    yield ours.filter(span.covers("resolved_at")), path, resolved


def _of_voices(by, span):
    path = DIRECT.get(by, "")
    given = Review.objects.filter(given_on__gte=span.since, given_on__lte=span.until)
    yield given, path, {"reviews": Count("pk"), "stars": Sum("score")}
    told = {"asked": Count("pk"), "satisfied": Sum("satisfaction")}
    called = Complaint.objects.filter(span.covers("answered_at"), satisfaction__isnull=False)
    yield called, path, told
    surveyed = SurveyInvitation.objects.filter(span.covers("answered_at"), satisfaction__isnull=False)
    yield surveyed, path, told


def _waited(column):
    return Sum(ExpressionWrapper(F(column) - F("received_at"), output_field=DurationField()))


def _plain(value):
    if isinstance(value, datetime.timedelta):
        return int(value.total_seconds())
    # SQLite adds decimals as floats: 69.17 comes back with fifteen places.
    return value.quantize(CENT) if isinstance(value, Decimal) else value or 0
