"""Rules of scores and holds, recalls, and what the weeks brought."""

import datetime
from decimal import Decimal

import factory

from aftersales.models import (
    HoldRule,
    MerchantScore,
    Recall,
    ScoreBand,
    ScoreRuleSet,
    ScoreStep,
    ServiceFigures,
)
from tests.factories import DAY, RecordFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory

STEPS = {
    "shipping": [(0, 0), (90, 60), (98, 100)],
    "complaints": [(0, 100), (3, 60), (10, 0)],
    "resolution": [(0, 100), (48, 60), (240, 0)],
    "returns": [(0, 100), (20, 60), (50, 0)],
    "ratings": [(0, 0), (4, 60), ("4.8", 100)],
}
BANDS = [("优秀", 85, "none"), ("预警", 50, "warn"), ("不合格", 0, "hold")]


class ScoreRuleSetFactory(RecordFactory):
    """An adopted rule set with steps and bands; ``steps=False`` for one without."""

    name = "评分规则"
    valid_from = datetime.date(2026, 1, 1)
    weight_shipping = 30
    weight_complaints = 25
    weight_resolution = 15
    weight_returns = 15
    weight_ratings = 15
    least_orders = 2
    source = "会议决定"
    state = ScoreRuleSet.State.ADOPTED

    class Meta:
        model = ScoreRuleSet

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        """Give it its steps and bands."""
        if extracted is False:
            return
        for component, steps in STEPS.items():
            for at_least, points in steps:
                ScoreStepFactory(
                    rule_set=self, component=component, at_least=Decimal(at_least), points=points
                )
        for name, at_least, measure in BANDS:
            ScoreBandFactory(rule_set=self, name=name, at_least=Decimal(at_least), measure=measure)


class ScoreStepFactory(RecordFactory):
    """Full points for shipping in time, from nothing on."""

    rule_set = factory.SubFactory(ScoreRuleSetFactory, steps=False)
    component = "shipping"
    at_least = Decimal(0)
    points = 100

    class Meta:
        model = ScoreStep


class ScoreBandFactory(RecordFactory):
    """Nothing follows."""

    rule_set = factory.SubFactory(ScoreRuleSetFactory, steps=False)
    name = "优秀"
    at_least = Decimal(0)
    measure = "none"

    class Meta:
        model = ScoreBand


class MerchantScoreFactory(RecordFactory):
    """A good score of ``DAY``."""

    merchant = factory.SubFactory(MerchantFactory)
    day = DAY
    since = DAY - datetime.timedelta(days=29)
    rule_set = factory.SubFactory(ScoreRuleSetFactory)
    orders = 100
    total = Decimal("90.00")
    band = "优秀"

    class Meta:
        model = MerchantScore


class HoldRuleFactory(RecordFactory):
    """Two upheld complaints about quality within thirty days hold the product."""

    subject = "product"
    nature = "quality"
    count = 2
    days = 30
    source = "会议决定"
    valid_from = datetime.date(2026, 1, 1)

    class Meta:
        model = HoldRule


class RecallFactory(RecordFactory):
    """A recall by the producer, under way."""

    product = factory.SubFactory(ProductFactory)
    announced_by = "广东某食品有限公司"
    announced_on = DAY
    reason = "部分批次霉菌超标。"
    remedy = "全额退款，无需退回。"

    class Meta:
        model = Recall


class ServiceFiguresFactory(RecordFactory):
    """A week of a merchant without anything to complain about."""

    dimension = "merchant"
    subject_id = 1
    week = DAY  # a Monday
    orders = 100

    class Meta:
        model = ServiceFigures
