"""Reviews: received with their stars, judged at once, answered with the cause that was found."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.actions.review_link import is_given
from aftersales.models import Review, ReviewScore
from aftersales.rules.numbers import without_numbers
from aftersales.rules.review import ANSWER, dimensions, is_negative, weighed
from aftersales.rules.sentiment import lexicon
from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import permission
from mcn.kit.refusal import Denied, Refused

Source = Review.Source
State = Review.State
CLOCK = "review_answer"


def give(review, stars, *, at):
    """Take a consumer's review in: stars for every dimension asked for, words if wished, a name if wished."""
    asked = dimensions(review.service, business_day(at))
    missing = [dimension.name for dimension in asked if not stars.get(dimension)]
    if missing or not asked:
        raise ValidationError(_("Give stars for: %(names)s") % {"names": "、".join(missing)})
    if is_given(review):
        raise Refused(_("This was reviewed already. Thank you."))
    review.source = Source.LINK
    return receive([(review, stars)], by=None, at=at)[0]


def bring(reviews, *, by, at, source=Source.PROGRAM):
    """Take reviews of platforms in: pairs of a review and its ``{dimension: stars}``, or none and a score."""
    if by is not None and not by.has_perm(permission(Review, "add")):
        raise Denied(_("You may not enter reviews."))
    for review, _stars in reviews:
        review.source = source
        if review.given_at and review.given_at > at:
            raise ValidationError({"given_at": _("This lies in the future.")})
    return receive(reviews, by=by, at=at)


@transaction.atomic
def receive(pairs, *, by, at):
    """Save reviews with their stars, say which are negative, and let the time for their answers run."""
    on = business_day(at)
    least, words = figure(Figure.Key.REVIEW_NEGATIVE_STARS, on), lexicon(on)
    for review, stars in pairs:
        review.given_at = review.given_at or at
        if stars:
            review.score = weighed(stars)
        review.text = without_numbers(review.text)
        verdict = words.judge(review.text)
        review.sentiment, review.words = verdict.sentiment, verdict.words
        review.negative = is_negative(review.score, review.sentiment, least) if review.score else False
        review.state = State.WAITING if review.negative else State.RECEIVED
    reviews = [review for review, _stars in pairs]
    records.save_many(reviews, by=by, at=at, verb="receive")
    scores = [
        ReviewScore(review=review, dimension=dimension, stars=number)
        for review, stars in pairs
        for dimension, number in stars.items()
    ]
    records.save_many(scores, by=by, at=at)
    starts = [
        clocks.Start(review, CLOCK, review.merchant, started_at=at, facts={"nature": review.service})
        for review in reviews
        if review.negative
    ]
    clocks.begin_many(starts, by=by, at=at)
    return reviews


def answer(review, *, answer, by, at, cause=""):
    """Answer a review; of a negative one say the cause too. The words are scanned as all that is said."""
    if not answer.strip():
        raise ValidationError({"answer": _("Write the answer.")})
    with moves.move(review, "answer", by=by, at=at, note=answer[:200]) as locked:
        if locked.negative and not cause.strip():
            raise ValidationError({"cause": _("Say what the cause was, as far as you found it.")})
        locked.answer, locked.cause = answer.strip(), cause.strip()
        locked.answered_by, locked.answered_at = by, at
        _require_clean(locked, at)
        clocks.stop(locked, CLOCK, by=by, at=at)
    return review


def _require_clean(review, at):
    findings = [finding for finding in ANSWER.findings(review, business_day(at)) if finding.blocks]
    if findings:
        raise ValidationError({"answer": [str(finding.message) for finding in findings]})
