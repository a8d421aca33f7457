"""What is said in public, reviews, surveys and improvement: the default ones wait for nobody."""

import datetime
from decimal import Decimal

import factory

from aftersales.models import (
    AlertRule,
    Cause,
    GoodPractice,
    ImprovementAction,
    Mention,
    Nonconformity,
    OpinionAlert,
    OpinionCase,
    Outlet,
    Pilot,
    Review,
    ReviewDimension,
    SentimentWord,
    Survey,
    SurveyInvitation,
    SurveyQuestion,
    Why,
)
from tests.factories import AT, DAY, RecordFactory
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory

START = datetime.date(2020, 1, 1)
WEEK = datetime.timedelta(days=7)


class OutletFactory(RecordFactory):
    """A watched outlet that was looked through on ``DAY``; ``OutletFactory(code="weibo")`` is made once."""

    class Meta:
        model = Outlet

    code = factory.Sequence(lambda number: f"outlet{number}")
    name = factory.LazyAttribute(lambda outlet: f"渠道{outlet.code}")
    watched_at = AT

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        found = Outlet.objects.filter(code=kwargs["code"]).first()
        return found or super()._create(model_class, *args, **kwargs)


class SentimentWordFactory(RecordFactory):
    class Meta:
        model = SentimentWord

    word = factory.Sequence(lambda number: f"妙{number}")
    kind = SentimentWord.Kind.POSITIVE
    valid_from = START


class MentionFactory(RecordFactory):
    """A post that praises, of an hour before ``AT``."""

    class Meta:
        model = Mention

    outlet = factory.SubFactory(OutletFactory, code="douyin")
    number = factory.Sequence(lambda number: f"7351{number:08d}")
    author = "小满爱分享"
    text = "质量很好，会回购"
    published_at = AT - datetime.timedelta(hours=1)
    sentiment = "positive"
    heard = "positive"


class AlertRuleFactory(RecordFactory):
    """An alert where half of at least two mentions are bad; ``measure`` and ``scope`` for others."""

    class Meta:
        model = AlertRule

    measure = AlertRule.Measure.NEGATIVE_SHARE
    scope = AlertRule.Scope.ALL
    threshold = Decimal(50)
    least = 2
    window_hours = 24
    level = "serious"
    valid_from = START
    source = "测试"


class OpinionAlertFactory(RecordFactory):
    class Meta:
        model = OpinionAlert

    rule = factory.SubFactory(AlertRuleFactory)
    about = "all"
    level = factory.SelfAttribute("rule.level")
    since = AT - datetime.timedelta(days=1)
    raised_at = AT
    mentions = 4
    negative = 3
    alarming = 0


class OpinionCaseFactory(RecordFactory):
    """A case nobody owns yet; ``handled=True`` for one that an after-sales agent does."""

    class Meta:
        model = OpinionCase

    class Params:
        handled = factory.Trait(
            state=OpinionCase.State.HANDLED, owner=factory.SubFactory(StaffFactory, role="after_sales")
        )

    code = factory.Sequence(lambda number: f"Y{number + 1:05d}")
    title = "保温杯漏水的讨论"
    summary = "多名消费者称保温杯漏水，要求退换。"
    opened_at = AT


class DimensionFactory(RecordFactory):
    class Meta:
        model = ReviewDimension

    service = "purchase"
    code = factory.Sequence(lambda number: f"dimension{number}")
    name = factory.LazyAttribute(lambda row: f"维度{row.code}")
    question = "您满意吗？"
    valid_from = START


class ReviewFactory(RecordFactory):
    """A review of five stars; ``negative=True`` for one that waits for an answer."""

    class Meta:
        model = Review

    service = "purchase"
    number = factory.Sequence(lambda number: f"6920{number:014d}")
    merchant = factory.SubFactory(MerchantFactory)
    text = "和直播间说的一样"
    score = factory.LazyAttribute(lambda review: Decimal(1 if review.negative else 5))
    negative = False
    state = factory.LazyAttribute(lambda review: "waiting" if review.negative else "received")
    given_at = AT


class SurveyFactory(RecordFactory):
    """An open survey after complaints of one question; ``draft=True`` for one that is being written."""

    class Meta:
        model = Survey
        exclude = ["draft"]

    draft = False
    title = "投诉处理满意度调查"
    intro = "三个问题，一分钟。"
    service = "complaint"
    state = factory.LazyAttribute(lambda survey: "draft" if survey.draft else "open")

    @factory.post_generation
    def questions(self, create, extracted, **kwargs):
        """Ask one question, or those given."""
        for question in extracted if extracted is not None else [{}]:
            SurveyQuestionFactory(survey=self, **question)


class SurveyQuestionFactory(RecordFactory):
    class Meta:
        model = SurveyQuestion

    survey = factory.SubFactory(SurveyFactory, questions=[])
    place = 1
    kind = SurveyQuestion.Kind.STARS
    text = "您对处理结果满意吗？"
    satisfaction = factory.LazyAttribute(lambda question: question.kind == SurveyQuestion.Kind.STARS)


class SurveyInvitationFactory(RecordFactory):
    """A link that is open for a fortnight."""

    class Meta:
        model = SurveyInvitation

    survey = factory.SubFactory(SurveyFactory)
    label = "C000001"
    invited_at = AT
    expires_at = AT + 2 * WEEK


class NonconformityFactory(RecordFactory):
    """A shortfall whose cause is being sought; ``acting=True`` for one whose root is known."""

    class Meta:
        model = Nonconformity

    class Params:
        acting = factory.Trait(state=Nonconformity.State.ACTING, root_cause="打包无检查工位", settled_at=AT)

    code = factory.Sequence(lambda number: f"N{number + 1:05d}")
    title = "破损投诉率超标"
    source = Nonconformity.Source.KPI
    found_on = DAY
    facts = "二月破损投诉 31 件，千单 4.2 件，目标 1 件。"
    owner = factory.SubFactory(StaffFactory, role="after_sales")


class WhyFactory(RecordFactory):
    class Meta:
        model = Why

    nonconformity = factory.SubFactory(NonconformityFactory)
    place = 1
    question = "为什么破损多？"
    answer = "纸箱偏软"
    evidence = "抽检 20 箱，14 箱抗压不达标"


class CauseFactory(RecordFactory):
    class Meta:
        model = Cause

    nonconformity = factory.SubFactory(NonconformityFactory)
    bone = Cause.Bone.GOODS
    text = "纸箱偏软"


class ImprovementActionFactory(RecordFactory):
    """An action to be done within a week, for a shortfall whose root is known."""

    class Meta:
        model = ImprovementAction

    nonconformity = factory.SubFactory(NonconformityFactory, acting=True)
    what = "换用五层瓦楞纸箱"
    goal = "千单破损投诉降到 1 件以下"
    owner = factory.SubFactory(StaffFactory, role="after_sales")
    due_on = DAY + WEEK


class PilotFactory(RecordFactory):
    class Meta:
        model = Pilot

    title = "生鲜先行赔付"
    pain = "坏果举证麻烦"
    idea = "50 元以下免举证"
    scope = "两家水果商家"
    goal = "满意度到 4.5"
    owner = factory.SubFactory(StaffFactory, role="after_sales")
    starts_on = DAY
    ends_on = DAY + 4 * WEEK


class GoodPracticeFactory(RecordFactory):
    class Meta:
        model = GoodPractice

    title = "坏果两小时内赔"
    situation = "生鲜签收当天"
    text = "收到照片即赔，不要求寄回。"
    proof = "投诉下降六成。"
