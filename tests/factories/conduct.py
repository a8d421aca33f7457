"""Violations, thresholds, tiers and figures of streamers."""

import datetime
from decimal import Decimal

import factory

from mcn.agency.models import Platform
from streamers.models import (
    ConductMeasure,
    ConductThreshold,
    Correction,
    StreamerFigures,
    TierAssessment,
    TierBand,
    TierGrade,
    TierRuleSet,
    Violation,
    ViolationCode,
    ViolationTariff,
)
from streamers.rules.tiers import assess
from tests.factories import AT, DAY, RecordFactory
from tests.factories.streamers import StreamerFactory

START = datetime.date(2020, 1, 1)
YEAR = datetime.timedelta(days=365)


class PlatformFactory(RecordFactory):
    """A platform: ``PlatformFactory(code="douyin")``; made once a code."""

    class Meta:
        model = Platform

    code = factory.Sequence(lambda number: f"platform{number}")
    name = factory.LazyAttribute(lambda platform: {"douyin": "抖音"}.get(platform.code, platform.code))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return Platform.objects.filter(code=kwargs["code"]).first() or super()._create(
            model_class, *args, **kwargs
        )


class ViolationCodeFactory(RecordFactory):
    """A code with its tariff of 6 points: ``ViolationCodeFactory(clause="DB4401 5.2.3.3 j")``; once each."""

    class Meta:
        model = ViolationCode

    clause = "DB4401 5.2.3.3 d"
    name = "虚假误导信息"
    told = "发布的信息没有虚假成分，也不让人误会"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        found = ViolationCode.objects.filter(clause=kwargs["clause"]).first()
        if found:
            return found
        made = super()._create(model_class, *args, **kwargs)
        ViolationTariffFactory(code=made)
        return made


class ViolationTariffFactory(RecordFactory):
    class Meta:
        model = ViolationTariff

    code = factory.SubFactory(ViolationCodeFactory)
    valid_from = START
    severity = "serious"
    points = 6
    action = "take_down"
    source = "测试"


class ConductThresholdFactory(RecordFactory):
    """A hold of 30 days at once from 12 points on."""

    class Meta:
        model = ConductThreshold

    kind = ConductThreshold.Kind.HOLD
    points = 12
    automatic = True
    hold_days = 30
    valid_from = START
    source = "测试"


class ViolationFactory(RecordFactory):
    """A reported violation of ``DAY``; ``confirmed=True`` for one whose points count."""

    class Meta:
        model = Violation

    class Params:
        confirmed = factory.Trait(
            state=Violation.State.CONFIRMED,
            decided_at=AT,
            lapses_on=DAY + YEAR,
            appeal_until=DAY + datetime.timedelta(days=15),
        )

    streamer = factory.SubFactory(StreamerFactory)
    code = factory.SubFactory(ViolationCodeFactory)
    happened_at = factory.Sequence(lambda number: AT - datetime.timedelta(minutes=number % 500 + 1))
    description = "口播称“七天见效”，无任何依据"
    severity = "serious"
    points = 6
    action = "take_down"
    reported_at = AT


class CorrectionFactory(RecordFactory):
    """A reminder that is open until three days after ``DAY``."""

    class Meta:
        model = Correction

    violation = factory.SubFactory(ViolationFactory, confirmed=True)
    streamer = factory.SelfAttribute("violation.streamer")
    reminded_at = AT
    reminder = "请更正口播内容"
    due_on = DAY + datetime.timedelta(days=3)


class ConductMeasureFactory(RecordFactory):
    """A suggested hold."""

    class Meta:
        model = ConductMeasure

    violation = factory.SubFactory(ViolationFactory, confirmed=True)
    streamer = factory.SelfAttribute("violation.streamer")
    threshold = factory.SubFactory(ConductThresholdFactory)
    kind = factory.SelfAttribute("threshold.kind")
    points = 12
    made_at = AT


class TierRuleSetFactory(RecordFactory):
    """An adopted rule set with bands for every component and tiers S, A and C; ``parts=False`` for none."""

    class Meta:
        model = TierRuleSet

    name = "主播分级规则"
    valid_from = START
    weight_followers = 25
    weight_sales = 35
    weight_orientation = 20
    weight_violations = 20
    source = "测试"
    state = TierRuleSet.State.ADOPTED

    @factory.post_generation
    def parts(self, create, extracted, **kwargs):
        """Give it bands and tiers."""
        if extracted is False:
            return
        for component, at_least, points in [
            ("followers", 0, 20),
            ("followers", 100_000, 100),
            ("sales", 0, 20),
            ("sales", 1_000_000, 100),
            ("orientation", 0, 0),
            ("orientation", 60, 100),
            ("violations", 0, 100),
            ("violations", 6, 40),
            ("violations", 12, 0),
        ]:
            TierBandFactory(rule_set=self, component=component, at_least=at_least, points=points)
        for grade, at_least, share in [("S", 85, 100), ("A", 60, 50), ("C", 0, 30), ("", None, 80)]:
            TierGradeFactory(rule_set=self, grade=grade, at_least=at_least, recording_share=share)


class TierBandFactory(RecordFactory):
    class Meta:
        model = TierBand

    rule_set = factory.SubFactory(TierRuleSetFactory)
    component = "followers"
    at_least = Decimal(50_000)
    points = 50


class TierGradeFactory(RecordFactory):
    class Meta:
        model = TierGrade

    rule_set = factory.SubFactory(TierRuleSetFactory)
    grade = "B"
    at_least = Decimal(50)
    training_plan = "常规计划"
    training_hours = 16
    script_review = True
    recording_share = 30


class StreamerFiguresFactory(RecordFactory):
    """Figures on Douyin on the last day of the month before ``DAY``."""

    class Meta:
        model = StreamerFigures

    streamer = factory.SubFactory(StreamerFactory)
    platform = factory.SubFactory(PlatformFactory, code="douyin")
    day = datetime.date(2026, 2, 28)
    followers = 150_000
    sales = Decimal("2000000.00")
    orientation = 80


class TierAssessmentFactory(RecordFactory):
    """A proposal of tier S for the month before ``DAY``; ``inputs={"sales": None}`` for other figures."""

    class Meta:
        model = TierAssessment
        exclude = ["inputs"]

    inputs = {}
    streamer = factory.SubFactory(StreamerFactory)
    month = datetime.date(2026, 2, 1)
    rule_set = factory.LazyFunction(lambda: TierRuleSet.objects.first() or TierRuleSetFactory())
    proposed_at = AT

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        full = {"followers": 150_000, "sales": 2_000_000, "orientation": 80, "violations": 0}
        result = assess(kwargs["rule_set"], full | kwargs.pop("inputs", {}))
        return {"lines": result.lines, "total": result.total, "proposed": result.grade} | kwargs
