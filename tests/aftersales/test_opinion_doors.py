"""Every page about talk in public, reviews, surveys and improvement opens, and refuses whom it should."""

import pytest

from aftersales.actions import review_link as review_links
from aftersales.actions import survey as survey_actions
from aftersales.models import Mention, Review
from tests.factories import opinion as made
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.kit.api_suite import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
PAGES = {
    "outlet": made.OutletFactory,
    "mention": made.MentionFactory,
    "alertrule": made.AlertRuleFactory,
    "opinionalert": made.OpinionAlertFactory,
    "opinioncase": made.OpinionCaseFactory,
    "review": made.ReviewFactory,
    "survey": made.SurveyFactory,
    "surveyinvitation": made.SurveyInvitationFactory,
    "nonconformity": lambda: made.CauseFactory().nonconformity,
    "improvementaction": made.ImprovementActionFactory,
    "pilot": made.PilotFactory,
    "goodpractice": made.GoodPracticeFactory,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_list_and_a_row_open_in_the_back_office(client, name):
    client.force_login(StaffFactory(role="after_sales"))
    row = PAGES[name]()
    path = f"/admin/aftersales/{name}/"
    assert client.get(path).status_code == 200
    assert client.get(f"{path}{row.pk}/change/").status_code == 200


def test_a_consumer_reviews_by_link(client):
    dimension = made.DimensionFactory()
    token = review_links.token_of("purchase", "6920", merchant=MerchantFactory())
    path = f"/portal/reviews/{token}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"text": "好"}).status_code == 422
    assert client.post(path, {f"dimension_{dimension.pk}": 5, "text": "好"}).status_code == 302
    assert Review.objects.get().anonymous
    assert client.get(path).status_code == 302
    assert client.get("/portal/reviews/nonsense/").status_code == 404


def test_a_merchant_answers_its_own_reviews_alone(client):
    review = made.ReviewFactory(negative=True)
    client.force_login(MerchantUserFactory(merchant=review.merchant))
    path = f"/portal/m/{review.merchant.code}/reviews/"
    assert client.get(path).status_code == 200
    assert client.post(f"{path}{review.pk}/", {"answer": "抱歉", "cause": "漏检"}).status_code == 302
    assert client.get(f"{path}{made.ReviewFactory().pk}/").status_code == 404


def test_a_program_brings_a_mention():
    agent = client_of(StaffFactory(role="after_sales"))
    given = {"outlet": made.OutletFactory().pk, "number": "1", "text": "假货", "author": "张三丰四"}
    answer = agent.post("/api/v1/mentions/", given | {"published_at": "2026-03-16T09:00:00+08:00"})
    assert answer.status_code == 201, answer.json()
    assert (answer.json()["sentiment"], answer.json()["author"]) == ("negative", "张***")
    assert client_of(MerchantUserFactory()).get("/api/v1/mentions/").json()["results"] == []
    assert Mention.objects.get().source == "program"


def test_a_program_brings_a_review_and_opens_a_case():
    agent = client_of(StaffFactory(role="after_sales"))
    given = {
        "service": "purchase",
        "number": "1",
        "score": "2",
        "text": "破损",
        "merchant": MerchantFactory().pk,
    }
    brought = agent.post("/api/v1/reviews/", given | {"given_at": "2026-03-16T09:00:00+08:00"}, format="json")
    assert (brought.status_code, brought.json().get("negative")) == (201, True), brought.json()
    answered = {"answer": "已补发", "cause": "漏检"}
    place = f"/api/v1/reviews/{brought.json()['id']}/answer/"
    assert agent.post(place, answered).json()["state"] == "answered"
    case = {"title": "破损", "summary": "多人说破损", "level": "serious", "owner": StaffFactory().pk}
    assert agent.post("/api/v1/opinion-cases/", case).json()["code"]


def test_a_survey_opens_by_its_link(client):
    link = made.SurveyInvitationFactory()
    answer = client.get(survey_actions.link_of(link))
    assert answer.status_code in (200, 404)
