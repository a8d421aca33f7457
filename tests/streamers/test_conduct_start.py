"""What conduct and tiers put on the start page, and that each pile leads to a list of exactly its rows."""

import datetime

import pytest
from django.test import Client

from mcn.kit.start import Chart, Work
from streamers.admin.conduct_start import work
from tests.factories import DAY
from tests.factories.accounts import StaffFactory
from tests.factories.conduct import (
    ConductMeasureFactory,
    CorrectionFactory,
    TierAssessmentFactory,
    ViolationFactory,
)

pytestmark = pytest.mark.django_db


def test_the_officer_sees_what_waits_and_each_pile_leads_there():
    officer = StaffFactory(role="compliance")
    ViolationFactory()
    ViolationFactory(reported_by=officer)
    ViolationFactory(confirmed=True, state="appealed")
    ConductMeasureFactory()
    CorrectionFactory(due_on=DAY - datetime.timedelta(days=1))
    TierAssessmentFactory()
    decided = TierAssessmentFactory(state="approved", grade="S", effective_on=DAY)
    client = Client()
    client.force_login(officer)

    found = list(work(officer, DAY))
    piles = {str(item.label): item.count for item in found if isinstance(item, Work)}
    (chart,) = [item for item in found if isinstance(item, Chart)]

    assert piles == {
        "待确认的违规": 1,
        "待答复的违规申诉": 1,
        "待决定的扣分处置": 1,
        "待审批的评级": 1,
        "逾期未整改": 1,
    }
    assert dict(zip(chart.labels, chart.values, strict=True))["S"] == 1
    assert chart.labels[-1] == "未评级"
    assert decided.streamer_id
    assert {client.get(item.url).status_code for item in found if isinstance(item, Work)} == {200}


def test_an_operator_is_given_no_decision():
    ViolationFactory()
    labels = [str(item.label) for item in work(StaffFactory(role="operator"), DAY) if isinstance(item, Work)]
    assert labels == ["逾期未整改"]
