"""Reviews and surveys: given by link, judged, answered with the cause, counted."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import outlet as outlet_actions
from aftersales.actions import review as review_actions
from aftersales.actions import review_link as review_links
from aftersales.actions import survey as survey_actions
from aftersales.actions.clock_sweep import sweep
from aftersales.models import Clock, Review, ReviewDimension, Service, Survey, SurveyQuestion
from aftersales.rules.review import REVIEWS, dimensions, is_negative, weighed
from aftersales.rules.survey import standing
from mcn.kit.refusal import Denied, Refused, WrongState
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.opinion import DimensionFactory, ReviewFactory, SurveyFactory, SurveyInvitationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def begun(**about):
    token = review_links.token_of("purchase", "69200001", **about)
    return review_links.begun(token)


@pytest.mark.clause("EJAS 7.1.1", "GDAS 6.1", "DB4401 6.4.3 a")
def test_a_consumer_reviews_by_dimension_without_a_name():
    truth, quality = DimensionFactory(weight=3), DimensionFactory(weight=1)
    merchant = MerchantFactory()
    review = begun(merchant=merchant)
    review.anonymous, review.text = True, "和说的一样，就是13800138000一直打来"
    review_actions.give(review, {truth: 5, quality: 3}, at=AT)

    review.refresh_from_db()
    assert (review.score, review.author, review.merchant) == (Decimal("4.50"), "", merchant)
    assert "13800138000" not in review.text
    assert [score.stars for score in review.scores.order_by("id")] == [5, 3]
    with pytest.raises(Refused):
        review_actions.give(begun(merchant=merchant), {truth: 1, quality: 1}, at=AT)


@pytest.mark.clause("EJAS 7.1.2", "EJAS 6.2.2.3")
def test_each_kind_of_service_has_its_own_dimensions():
    outlet_actions.sync_dimensions(at=AT)
    asked = {service: [row.code for row in dimensions(service, DAY)] for service in Service}

    assert all(len(codes) >= 3 for codes in asked.values())
    assert "delivery" in asked["purchase"]
    assert len({tuple(codes) for codes in asked.values()}) == len(Service)


def test_a_dimension_that_changed_is_asked_in_its_new_words():
    old = DimensionFactory(code="truth")
    new = DimensionFactory(code="truth", name="新说法", valid_from=DAY)
    assert dimensions("purchase", DAY) == [new]
    assert dimensions("purchase", DAY - WEEK) == [old]


@pytest.mark.parametrize(
    ("score", "sentiment", "negative"),
    [
        ("2.00", "neutral", True),
        ("2.01", "neutral", False),
        ("5.00", "negative", True),
        ("1", "positive", True),
    ],
)
def test_what_is_negative(score, sentiment, negative):
    assert is_negative(Decimal(score), sentiment, 2) is negative


def test_the_score_is_the_weighted_mean():
    stars = {ReviewDimension(pk=1, weight=3): 4, ReviewDimension(pk=2, weight=1): 1}
    assert weighed(stars) == Decimal("3.25")


@pytest.mark.clause("EJAS 7.1.3", "GDAS 6.2", "GDAS 5.3.3 f")
def test_a_negative_review_waits_for_an_answer_with_its_cause(agent):
    merchant = MerchantFactory()
    review = Review(number="1", merchant=merchant, score=1, text="漏水，没人理", given_at=AT)
    review_actions.bring([(review, {})], by=agent, at=AT)
    assert (review.state, review.sentiment) == ("waiting", "negative")
    [clock] = Clock.objects.of(review, "review_answer")
    assert clock.merchant == merchant

    owner = MerchantUserFactory(merchant=merchant)
    with pytest.raises(ValidationError) as refused:
        review_actions.answer(review, answer="抱歉，已补发", by=owner, at=AT)
    assert list(refused.value.message_dict) == ["cause"]

    review_actions.answer(review, answer="抱歉，已补发", cause="密封圈错装", by=owner, at=AT)
    clock.refresh_from_db()
    assert (review.state, clock.state) == ("answered", "met")
    with pytest.raises(WrongState):
        review_actions.answer(review, answer="再说一次", cause="x", by=owner, at=AT)


@pytest.mark.clause("EJAS 7.1.3", "GDAS 6.2", "GDAS 5.3.3 f")
@pytest.mark.parametrize(("hours", "late"), [(1, False), (24 * 30, True)])
def test_a_negative_review_that_nobody_answered_in_time_is_found(agent, hours, late):
    review = Review(number="1", merchant=MerchantFactory(papers=False), score=1, text="漏水", given_at=AT)
    review_actions.bring([(review, {})], by=agent, at=AT)
    sweep(at=AT + datetime.timedelta(hours=hours))

    assert bool(REVIEWS.inspect(review, on=DAY).findings) is late


def test_an_answer_is_scanned_as_all_that_is_said(agent):
    with pytest.raises(ValidationError) as refused:
        review_actions.answer(ReviewFactory(), answer="我们是全国第一的国家级品牌", by=agent, at=AT)
    assert list(refused.value.message_dict) == ["answer"]


def test_another_merchant_answers_nothing():
    with pytest.raises(Denied):
        review_actions.answer(ReviewFactory(), answer="您好", by=MerchantUserFactory(), at=AT)


def test_customer_service_reads_and_does_not_answer():
    merchant = MerchantFactory()
    reader = MerchantUserFactory(merchant=merchant, role="customer_service")
    review = ReviewFactory(merchant=merchant)
    assert list(Review.objects.visible_to(reader)) == [review]
    with pytest.raises(Denied):
        review_actions.answer(review, answer="您好", by=reader, at=AT)


@pytest.mark.parametrize("token", ["nonsense", ""])
def test_a_token_that_is_not_ours_leads_nowhere(token):
    assert review_links.begun(token) is None
    assert survey_actions.find(token) is None


QUESTIONS = [
    {"text": "满意吗？"},
    {"text": "解决了吗？", "kind": "yes_no"},
    {"text": "通过什么渠道？", "kind": "choice", "options": "电话\n小程序"},
    {"text": "还想说什么？", "kind": "text", "required": False},
]


@pytest.mark.clause("LSMS 6.3.3", "EJAS 6.1.3.2")
def test_a_survey_is_answered_once_and_counted():
    survey = SurveyFactory(questions=QUESTIONS)
    stars, solved, channel, words = survey.questions.order_by("id")
    first, second = SurveyInvitationFactory(survey=survey), SurveyInvitationFactory(survey=survey)
    said = {stars: 4, solved: "yes", channel: "电话", words: "谢谢13800138000"}
    survey_actions.answer(first, said, at=AT)

    told = standing(survey)
    assert (told.asked, told.answered, told.share, told.satisfaction) == (2, 1, 50, Decimal(4))
    assert told.results[0].bars[1] == ("★★★★", 1, 100)
    assert told.results[3].words == ["谢谢138****8000"]
    with pytest.raises(Refused):
        survey_actions.answer(first, said, at=AT)
    with pytest.raises(ValidationError):
        survey_actions.answer(second, {stars: 4}, at=AT)
    with pytest.raises(ValidationError):
        survey_actions.answer(second, said | {channel: "飞鸽"}, at=AT)
    with pytest.raises(Refused):
        survey_actions.answer(second, said, at=AT + 3 * WEEK)


def test_a_matter_is_asked_after_once_and_only_while_a_survey_is_open():
    matter = MerchantFactory()
    assert survey_actions.ask_after(matter, "complaint", label="C000001", at=AT) is None
    SurveyFactory()
    first = survey_actions.ask_after(matter, "complaint", label="C000001", at=AT, merchant=matter)
    assert survey_actions.ask_after(matter, "complaint", label="C000001", at=AT) == first
    assert survey_actions.find(survey_actions.link_of(first).split("/")[-2]) == first


@pytest.mark.clause("LSMS 6.3.3", "EJAS 6.1.3.2")
def test_a_survey_is_closed_with_what_was_found_and_done(agent):
    survey = SurveyFactory(draft=True)
    survey_actions.publish(survey, by=agent, at=AT)
    with pytest.raises(ValidationError):
        survey_actions.close(survey, findings="等待太久", measures=" ", by=agent, at=AT)
    survey_actions.close(survey, findings="等待太久", measures="晚间加两席", by=agent, at=AT)
    assert survey.state == Survey.State.CLOSED


def test_the_questions_of_an_open_survey_are_settled(agent):
    survey = SurveyFactory()
    with pytest.raises(WrongState):
        survey_actions.change(survey, [SurveyQuestion(text="新题")], by=agent, at=AT)


def test_a_survey_without_satisfaction_does_not_open(agent):
    with pytest.raises(ValidationError):
        survey_actions.publish(SurveyFactory(draft=True, questions=[QUESTIONS[1]]), by=agent, at=AT)
