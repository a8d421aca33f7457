"""Scoring by night: counted from the rows, warned, held, told, once."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersales.actions import score as score_actions
from aftersales.actions import score_rule_set as rule_sets
from aftersales.models import Complaint, MerchantScore, ScoreRuleSet
from aftersales.rules.counts import AGENCY, MERCHANT, PRODUCT, SHOW, STREAMER, Span, count_up
from mcn.kit.refusal import Blocked, Denied
from mcn.notices.models import Receipt
from merchants.models import Merchant, MerchantHold
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, UserFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.opinion import ReviewFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.factories.products import ProductFactory
from tests.factories.scores import MerchantScoreFactory, ScoreRuleSetFactory
from tests.factories.shows import ShowFactory

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(days=10)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def merchant():
    return MerchantFactory(state=Merchant.State.ADMITTED)


def sell(merchant, count=2, **given):
    return [
        OrderFactory(merchant=merchant, state="shipped", **{"lines": 0} | given) for _number in range(count)
    ]


def test_each_question_is_counted_by_each_dimension(merchant):
    show = ShowFactory()
    product = ProductFactory(merchant=merchant)
    [order, _other] = sell(merchant, show=show)
    OrderFactory(merchant=merchant, show=show, lines=0)  # not shipped
    OrderFactory(merchant=merchant, show=show, lines=0, state="closed")  # needed no shipping any more
    OrderLineFactory(order=order, product=product)
    about = {"merchant": merchant, "product": product, "show": show}
    ComplaintFactory(**about, first_answer_at=AT + HOUR, resolved_at=AT + 4 * HOUR, state="resolved")
    ComplaintFactory(**about, state="answered", outcome="rejected", answered_at=AT, satisfaction=4)
    ComplaintFactory(**about, state="redirected")
    # Floats add these up to 15.450000000000001.
    for number, stars in enumerate(["1.89", "4.78", "4.11", "4.67"]):
        ReviewFactory(merchant=merchant, product=product, show=show, number=str(number), score=Decimal(stars))

    span = Span(DAY, DAY + datetime.timedelta(days=6), LATER)
    found = {by: count_up(by, span) for by in (AGENCY, MERCHANT, PRODUCT, STREAMER, SHOW)}
    counts = found[MERCHANT][merchant.pk]
    assert (counts.orders, counts.due, counts.late) == (4, 3, 1)
    assert (counts.complaints, counts.unfounded) == (2, 1)
    assert (counts.answer_hours, counts.resolve_hours) == (Decimal(1), Decimal(4))
    assert (counts.satisfaction, str(counts.stars)) == (Decimal(4), "15.45")
    assert found[AGENCY] == {0: counts}
    assert found[SHOW][show.pk] == counts
    assert found[PRODUCT][product.pk].orders == 1
    [streamer] = show.cast.values_list("streamer", flat=True)
    assert found[STREAMER][streamer].orders == 4
    assert (
        count_up(MERCHANT, Span(DAY - datetime.timedelta(days=9), DAY - datetime.timedelta(days=1), LATER))
        == {}
    )


@pytest.mark.clause("DB4401 6.4.1 e", "GDAS 5.3.3 b", "EJAS 4.1.1 -4", "EJAS 4.2.3 -2")
def test_a_night_scores_everybody_once(merchant):
    ScoreRuleSetFactory()
    sell(merchant)
    quiet = MerchantFactory(state=Merchant.State.ADMITTED)
    MerchantFactory(state=Merchant.State.EXITED)

    made = score_actions.score_all(DAY + datetime.timedelta(days=5), at=LATER)

    assert {one.merchant: one.total for one in made} == {merchant: Decimal(100), quiet: None}
    assert score_actions.score_all(DAY + datetime.timedelta(days=5), at=LATER) == []


def test_many_are_scored_in_as_many_queries_as_one(merchant):
    ScoreRuleSetFactory()
    with CaptureQueriesContext(connection) as one:
        score_actions.score_all(DAY, at=LATER)
    for _number in range(4):
        MerchantFactory(state=Merchant.State.ADMITTED)
    with CaptureQueriesContext(connection) as many:
        score_actions.score_all(DAY + datetime.timedelta(days=1), at=LATER)
    assert len(many) <= len(one)


@pytest.mark.clause("DB4401 6.4.1 f", "GDAS 5.3.3 e")
def test_a_bad_score_warns_first_and_holds_after_so_many_nights(merchant):
    rules = ScoreRuleSetFactory(hold_nights=2)
    owner = MerchantUserFactory(merchant=merchant)
    sell(merchant, 4, shipped_at=AT + datetime.timedelta(days=8))
    ComplaintFactory.create_batch(3, merchant=merchant)
    first, second, third = (DAY + datetime.timedelta(days=number) for number in (5, 6, 7))

    [score] = score_actions.score_all(first, at=LATER)
    assert (score.measure, score.nights, score.hold) == ("hold", 1, None)
    assert not MerchantHold.objects.exists()
    assert Receipt.objects.filter(user=owner).count() == 1

    [score] = score_actions.score_all(second, at=LATER)
    assert score.nights == 2
    assert score.hold == MerchantHold.objects.get(merchant=merchant)
    assert score.hold.clause == "DB4401 6.4.1 f"
    told = Receipt.objects.filter(user=owner).order_by("id").last()
    assert told.notice.kind == "hold"

    # It stands: another night places no second one and tells nobody again.
    score_actions.score_all(third, at=LATER)
    assert MerchantHold.objects.count() == 1
    assert Receipt.objects.filter(user=owner).count() == 2
    assert rules.scores.count() == 3


def test_a_hold_that_was_lifted_does_not_come_back_the_next_night(merchant):
    rules = ScoreRuleSetFactory(hold_nights=1)
    ComplaintFactory.create_batch(3, merchant=merchant)
    OrderFactory.create_batch(2, merchant=merchant, lines=0)
    on = DAY + datetime.timedelta(days=5)
    [score] = score_actions.score_all(on, at=LATER)
    score.hold.state = "lifted"
    MerchantHold.objects.bulk_update([score.hold], ["state"])
    score_actions.score_all(on + datetime.timedelta(days=1), at=LATER)
    assert MerchantHold.objects.count() == 1
    assert rules.scores.filter(measure="hold").count() == 2


def test_who_recovers_is_told(merchant):
    owner = MerchantUserFactory(merchant=merchant)
    MerchantScoreFactory(
        merchant=merchant, day=DAY + datetime.timedelta(days=4), total=60, band="预警", measure="warn"
    )
    sell(merchant)
    [score] = score_actions.score_all(DAY + datetime.timedelta(days=5), at=LATER)
    assert (score.measure, score.before) == ("none", Decimal(60))
    assert Receipt.objects.filter(user=owner, notice__kind="score").count() == 1


def test_a_rule_set_is_adopted_by_another_and_whole():
    drafter, other = (UserFactory(is_superuser=True) for _who in "ab")
    rule_sets.sync_scores(at=AT)
    shipped = ScoreRuleSet.objects.get()
    draft = rule_sets.copy(shipped, name="新规则", valid_from=DAY, by=drafter, at=AT)
    assert draft.steps.count() == shipped.steps.count()
    with pytest.raises(Denied):
        rule_sets.adopt(draft, by=drafter, at=AT)
    bare = ScoreRuleSetFactory(steps=False, state="draft", valid_from=DAY + datetime.timedelta(days=9))
    with pytest.raises(Blocked, match=r"DB4401 6\.4\.1 e"):
        rule_sets.adopt(bare, by=other, at=AT)
    assert rule_sets.adopt(draft, by=other, at=AT).state == "adopted"
    assert not MerchantScore.objects.exists()
    assert Complaint.objects.count() == 0
