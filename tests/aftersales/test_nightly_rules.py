"""What was decided at a verb is asked again every night: what no verb would have let through is found."""

import pytest

from aftersales.rules.complaint_steps import CLOSURE, RESOLUTION
from aftersales.rules.emergency_plan import PLANS
from aftersales.rules.improvement import CLOSING as CLOSING_NONCONFORMITY
from aftersales.rules.improvement import SETTLING
from aftersales.rules.inquiry import ANSWERING
from aftersales.rules.opinion import CLOSING as CLOSING_CASE
from aftersales.rules.promise import PROMISE
from aftersales.rules.review import ANSWER
from aftersales.rules.score import SCORING
from tests.factories import AT, DAY
from tests.factories.complaints import ComplaintFactory
from tests.factories.emergency import EmergencyPlanFactory
from tests.factories.knowledge import InquiryFactory
from tests.factories.opinion import NonconformityFactory, OpinionCaseFactory, ReviewFactory
from tests.factories.promises import ServicePromiseFactory
from tests.factories.scores import ScoreRuleSetFactory

BOAST = "我们是全国第一的国家级品牌"
ANSWERED = {"conclusion": "商家退款", "basis": "照片属实", "next_step": "三日内到账"}
CLOSED = {"state": "closed", "closed_at": AT}
ENDED = CLOSED | {"root_cause": "打包无检查工位", "settled_at": AT, "effect": "投诉率回到目标"}
DECIDED = CLOSED | {"handled": True, "conclusion": "已退换"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rulebook", "factory", "right", "wrong"),
    [
        (RESOLUTION, ComplaintFactory, {"state": "answered", **ANSWERED}, {"basis": ""}),
        (RESOLUTION, ComplaintFactory, {"state": "resolved", **ANSWERED}, {"serious": True}),
        (CLOSURE, ComplaintFactory, CLOSED, {"redirected_to": "平台客服"}),
        (PLANS, EmergencyPlanFactory, {}, {"matter": "opinion", "first_words": BOAST}),
        (CLOSING_CASE, OpinionCaseFactory, DECIDED | {"level": "notice"}, {"level": "serious"}),
        (SETTLING, NonconformityFactory, {}, {"acting": True}),
        (CLOSING_NONCONFORMITY, NonconformityFactory, {}, ENDED),
        (ANSWER, ReviewFactory, {"state": "answered", "answer": "已补发"}, {"answer": BOAST}),
        (
            ANSWERING,
            InquiryFactory,
            {"state": "answered", "answer": "今日发出", "answered_at": AT},
            {"answer": BOAST},
        ),
        (PROMISE, ServicePromiseFactory, {}, {"wording": "我们尽快发货。"}),
        (SCORING, ScoreRuleSetFactory, {}, {"steps": False, "valid_from": DAY}),
    ],
)
def test_what_no_verb_would_let_through_is_found_at_night(rulebook, factory, right, wrong):
    factory(**right)
    bad = factory(**right | wrong)

    reports = rulebook.inspect_many(rulebook.subjects(), on=DAY)

    assert {key for key, report in reports.items() if report.findings} == {bad.pk}
    assert {finding.mend_url for finding in reports[bad.pk].findings} != {""}
