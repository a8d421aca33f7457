"""Holds that follow from upheld complaints and from recalls, and the gate that reads them."""

import datetime

import pytest

from aftersales.actions import hold_rule as rules
from aftersales.models import HoldRule, RuledHold
from mcn.kit.refusal import Denied
from mcn.notices.models import Receipt
from merchants.models import MerchantHold
from products.models import ProductHold
from products.rules.listing import LISTING
from streamers.models import StreamerHold
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, UserFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.products import ProductFactory
from tests.factories.scores import HoldRuleFactory, RecallFactory
from tests.factories.streamers import StreamerFactory

pytestmark = pytest.mark.django_db
LATER = AT + datetime.timedelta(days=1)


def uphold(count, **about):
    given = {"outcome": "upheld", "state": "resolved", "resolved_at": AT} | about
    return [ComplaintFactory(**given) for _number in range(count)]


@pytest.mark.clause("DB4401 6.4.1 e")
def test_upheld_complaints_hold_the_product_and_the_gate_reads_it():
    rule, product = HoldRuleFactory(), ProductFactory()
    owner = MerchantUserFactory(merchant=product.merchant)
    codes = [complaint.code for complaint in uphold(2, product=product)]

    [placed] = rules.place_due(at=LATER)

    assert (placed.rule, placed.complaints) == (rule, codes)
    assert codes[0] in placed.hold.reason
    assert placed.hold in product.holds.all()
    findings = LISTING.inspect(product, on=DAY + datetime.timedelta(days=1)).blockers
    assert {finding.clause for finding in findings} == {"DB4401 5.1.5.2 b"}
    assert Receipt.objects.filter(user=owner, notice__kind="hold").exists()


def test_run_again_it_places_nothing_and_lifted_it_waits_for_new_ones():
    HoldRuleFactory()
    product = ProductFactory()
    uphold(2, product=product)
    rules.place_due(at=LATER)
    assert rules.place_due(at=LATER) == []
    uphold(1, product=product)
    assert rules.place_due(at=LATER) == []
    uphold(1, product=product)
    assert len(rules.place_due(at=LATER)) == 1
    assert ProductHold.objects.count() == 2


@pytest.mark.parametrize(
    "about",
    [
        {"outcome": "rejected"},
        {"nature": "service"},
        {"resolved_at": AT - datetime.timedelta(days=60), "received_at": AT - datetime.timedelta(days=61)},
    ],
)
def test_what_the_rule_does_not_count_holds_nothing(about):
    HoldRuleFactory()
    uphold(2, product=ProductFactory(), **about)
    assert rules.place_due(at=LATER) == []


def test_streamers_and_merchants_are_held_too():
    HoldRuleFactory(subject="streamer", nature="falsehood", count=1)
    HoldRuleFactory(subject="merchant", nature="falsehood", count=1)
    uphold(1, nature="falsehood", streamer=StreamerFactory())
    assert len(rules.place_due(at=LATER)) == 2
    assert StreamerHold.objects.count() == MerchantHold.objects.count() == 1


def test_a_recall_holds_its_product_at_once():
    reviewer = UserFactory(is_superuser=True)
    recall = RecallFactory.build(product=ProductFactory())
    rules.announce(recall, by=reviewer, at=AT)
    assert RuledHold.objects.get().recall == recall
    assert recall.product.holds.count() == 1

    rules.end(recall, note="已全部退款", by=reviewer, at=LATER)
    assert (recall.state, recall.result) == ("ended", "已全部退款")
    assert recall.product.holds.get().state == "active"


def test_a_recall_is_not_for_everybody_to_enter():
    with pytest.raises(Denied):
        rules.announce(RecallFactory.build(product=ProductFactory()), by=UserFactory(), at=AT)


def test_the_shipped_rules_are_brought_once():
    rules.sync_hold_rules(at=AT)
    rules.sync_hold_rules(at=AT)
    assert HoldRule.objects.count() == len(rules.SHIPPED)
