"""Scores, key figures, recalls and rules for holds at their doors."""

import datetime

import pytest

from aftersales.models import HoldRule, MerchantScore, Recall, ScoreRuleSet
from tests.factories import DAY
from tests.factories.accounts import MerchantUserFactory, UserFactory
from tests.factories.products import ProductFactory
from tests.factories.scores import MerchantScoreFactory, ScoreRuleSetFactory, ServiceFiguresFactory

pytestmark = pytest.mark.django_db
LINE = {"component": "shipping", "figure": "92.00", "of": 100, "at_least": "90", "weight": 30, "points": 60}


@pytest.fixture
def staff(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.clause("DB4401 5.6.3.11")
def test_a_score_is_shown_with_its_components_to_staff_and_to_its_merchant(client, staff):
    score = MerchantScoreFactory(lines=[LINE | {"weighted": "18.00"}])
    MerchantScoreFactory(rule_set=score.rule_set)
    assert client.get("/admin/aftersales/merchantscore/").status_code == 200
    page = client.get(f"/admin/aftersales/merchantscore/{score.pk}/change/").content.decode()
    assert "92.00" in page

    client.force_login(MerchantUserFactory(merchant=score.merchant))
    page = client.get(f"/portal/m/{score.merchant.code}/score/").content.decode()
    assert "90.00" in page
    assert "92.00" in page
    rows = client.get("/api/v1/merchant-scores/").json()["results"]
    assert [row["id"] for row in rows] == [score.pk]


def test_anothers_score_is_not_there(client):
    score = MerchantScoreFactory()
    client.force_login(MerchantUserFactory())
    assert client.get(f"/portal/m/{score.merchant.code}/score/").status_code == 404
    assert client.get(f"/api/v1/merchant-scores/{score.pk}/").status_code == 404


@pytest.mark.clause("EJAS 7.3.1")
def test_the_board_of_key_figures_tells_what_stands_out(client, staff, django_assert_max_num_queries):
    for back, complaints in enumerate([9, 1, 2, 1, 1]):
        week = DAY - datetime.timedelta(weeks=back)
        ServiceFiguresFactory(week=week, complaints=complaints)
        ServiceFiguresFactory(dimension="agency", subject_id=0, week=week, complaints=complaints)
    with django_assert_max_num_queries(14):
        page = client.get(f"/admin/aftersales/servicefigures/?by=merchant&week={DAY}").content.decode()
    assert "90.00‰" in page
    assert client.get("/admin/aftersales/servicefigures/?by=nobody&week=none").status_code == 200


def test_a_recall_is_entered_in_the_admin_and_holds(client, staff):
    product = ProductFactory()
    told = {"announced_by": "厂家", "announced_on": "2026-03-16", "reason": "霉菌超标", "remedy": "退款"}
    client.post("/admin/aftersales/recall/add/", told | {"product": product.pk})
    recall = Recall.objects.get()
    assert (recall.product, recall.entered_by) == (product, staff)
    assert product.holds.count() == 1
    assert client.get(f"/admin/aftersales/recall/{recall.pk}/change/").status_code == 200
    assert client.get("/admin/aftersales/ruledhold/").status_code == 200
    ended = client.post(
        f"/api/v1/recalls/{recall.pk}/end/", {"note": "已全部退款"}, content_type="application/json"
    )
    assert ended.json()["state"] == "ended"


def test_rules_are_kept_by_staff(client, staff):
    rule = {"subject": "product", "nature": "quality", "count": 3, "days": 30, "clause": "DB4401 6.4.1 e"}
    dated = rule | {"source": "会议", "valid_from": "2026-01-01"}
    assert client.post("/api/v1/hold-rules/", dated, content_type="application/json").status_code == 201
    assert HoldRule.objects.get().count == 3
    rules = ScoreRuleSetFactory(state="draft")
    assert client.get(f"/admin/aftersales/scoreruleset/{rules.pk}/change/").status_code == 200
    assert client.post(f"/api/v1/score-rule-sets/{rules.pk}/adopt/").status_code == 200
    assert ScoreRuleSet.objects.get().state == "adopted"
    assert not MerchantScore.objects.exists()
