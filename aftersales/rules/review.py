"""What a review comes to, whether it has to be answered, and how a service stands by its reviews."""

from decimal import ROUND_HALF_UP, Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Clock, Review, ReviewDimension, Sentiment
from aftersales.rules import wording
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = Review.State
TWO_PLACES = Decimal("0.01")


def weighed(stars):
    """The weighted mean of ``{dimension: stars}``."""
    weights = sum(dimension.weight for dimension in stars)
    points = sum(dimension.weight * number for dimension, number in stars.items())
    return (Decimal(points) / weights).quantize(TWO_PLACES, ROUND_HALF_UP)


def is_negative(score, sentiment, least):
    """Whether a review is one that needs an answer: few stars, or words that blame."""
    return score <= least or sentiment == Sentiment.NEGATIVE


def dimensions(service, on):
    """What a kind of service is reviewed by on a day: of several lines for the same, the newest."""
    rows = ReviewDimension.objects.in_force(on).filter(service=service).order_by("valid_from")
    newest = {row.code: row for row in rows}
    return sorted(newest.values(), key=lambda row: (row.place, row.pk))


@clause("EJAS 7.1.3", "GDAS 6.2", "GDAS 5.3.3 f")
def is_answered_in_time(review, on):
    """A negative review is answered, with its cause, before its deadline."""
    if review.late:
        yield review, _("the deadline for the answer has passed")


@clause("DB4401 6.4.3 a", level="shall")
def says_nothing_banned(review, on):
    """An answer to a consumer holds no word that advertising law forbids."""
    for said in wording.banned(review.answer):
        yield review, said


def waiting():
    """The negative reviews that nobody answered yet."""
    return Review.objects.filter(state=State.WAITING)


def with_lateness(reviews):
    """Reviews with whether the deadline of their answer has passed, without a query more."""
    kind = ContentType.objects.get_for_model(Review)
    late = Clock.objects.open().filter(content_type=kind, object_id=OuterRef("pk"), level__gte=1)
    return reviews.annotate(late=Exists(late))


REVIEWS = Rulebook(
    "reviews",
    gettext_lazy("negative reviews"),
    [is_answered_in_time],
    with_lateness,
    mend=admin_page,
    subjects=waiting,
)
ANSWER = Rulebook(
    "review_answer",
    gettext_lazy("answer to a review"),
    [says_nothing_banned],
    lambda rows: rows.iterator(chunk_size=2_000),
    mend=admin_page,
    subjects=lambda: Review.objects.filter(state=State.ANSWERED),
)
