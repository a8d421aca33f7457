"""Articles, questions, promises, price claims and invoices for programs: read and moved on."""

import pytest

from aftersales.models import Article, Inquiry
from mcn.audit import trail
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, InquiryFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory
from tests.factories.promises import (
    BreachFactory,
    InvoiceFactory,
    PriceClaimFactory,
    PromiseKindFactory,
    ServicePromiseFactory,
)
from tests.kit.api_suite import client_of

pytestmark = pytest.mark.django_db
API = "/api/v1/"
OWNED = {
    "inquiries": (lambda merchant: InquiryFactory(merchant=merchant), "answer"),
    "service-promises": (lambda merchant: ServicePromiseFactory(merchant=merchant), "end"),
    "breaches": (lambda merchant: BreachFactory(promise__merchant=merchant), "compensate"),
    "price-claims": (lambda merchant: PriceClaimFactory(line__order__merchant=merchant), "pay"),
    "invoices": (lambda merchant: InvoiceFactory(order__merchant=merchant), "particulars"),
}


@pytest.fixture
def agent():
    return client_of(StaffFactory(role="after_sales"))


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def owner(merchant):
    return client_of(MerchantUserFactory(merchant=merchant))


def did(client, address, given=None, status=200):
    """What a post was answered, as it should be."""
    answer = client.post(API + address, given or {}, format="json")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.mark.parametrize("name", OWNED)
def test_a_merchant_s_program_is_told_of_its_own_rows_alone(name, merchant, owner, agent):
    make, verb = OWNED[name]
    own, foreign = make(merchant), make(MerchantFactory(papers=False))

    assert [row["id"] for row in owner.get(f"{API}{name}/").json()["results"]] == [own.pk]
    assert {row["id"] for row in agent.get(f"{API}{name}/").json()["results"]} == {own.pk, foreign.pk}
    by_merchant = agent.get(f"{API}{name}/", {"merchant": merchant.pk}).json()["results"]
    assert [row["id"] for row in by_merchant] == [own.pk]
    assert owner.get(f"{API}{name}/{own.pk}/").status_code == 200
    assert owner.get(f"{API}{name}/{foreign.pk}/").status_code == 404
    assert owner.post(f"{API}{name}/{foreign.pk}/{verb}/", {}, format="json").status_code == 404


def test_a_program_writes_an_article_that_another_publishes(agent):
    given = {"name": "开发票", "topic": "invoice", "audience": "public"}
    article = did(agent, "articles/", given, 201)
    words = {"article": article["id"], "title": "怎样开发票？", "answer": "收货后在订单页申请，两天内开出。"}
    version = did(agent, "article-versions/", words | {"basis": "服务方案", "internal": "超时找财务"}, 201)
    assert (article["code"], version["number"], version["state"]) == ("K00001", 1, "draft")
    assert did(agent, "article-versions/", words, 409)["code"] == "wrong_state"

    place = f"article-versions/{version['id']}"
    did(agent, f"{place}/submit/")
    did(agent, f"{place}/approve/", status=403)
    other = client_of(StaffFactory(role="after_sales"))
    assert did(other, f"{place}/approve/")["state"] == "published"
    assert Article.objects.get().review_on
    assert did(other, f"articles/{article['id']}/confirm/")["review_on"]


def test_outside_the_agency_the_help_centre_alone_is_read(owner, agent):
    public = ArticleFactory().versions.get()
    ArticleVersionFactory(article=public.article, number=2, state="draft", answer="还没有批准")
    ArticleFactory(audience="agents")

    assert [row["id"] for row in owner.get(f"{API}articles/").json()["results"]] == [public.article_id]
    assert [row["id"] for row in owner.get(f"{API}article-versions/").json()["results"]] == [public.pk]
    read = owner.get(f"{API}article-versions/{public.pk}/").json()
    assert {"internal", "comment", "hits"} & read.keys() == set()
    assert agent.get(f"{API}article-versions/{public.pk}/").json()["internal"] == public.internal


def test_a_robot_asks_for_the_nearest_answers(agent):
    version = ArticleFactory().versions.get()
    found = agent.get(f"{API}article-versions/suggestions/", {"text": "付款以后多久发货"}).json()
    assert [(row["version"], row["percent"]) for row in found] == [(version.pk, 100)]
    assert agent.get(f"{API}article-versions/suggestions/").json() == []
    did(agent, f"article-versions/{version.pk}/use/", {"kind": "helpful"})
    assert version.uses.get().kind == "helpful"


def test_a_question_is_taken_in_handed_over_and_answered(merchant, owner, agent):
    given = {"channel": "chat", "text": "付款三天了还不发货", "contact": "13800138000"}
    asked = did(agent, "inquiries/", given, 201)
    assert (asked["topic"], asked["contact"]) == ("logistics", "138****8000")
    did(agent, f"inquiries/{asked['id']}/assign/", {"merchant": merchant.pk})
    answered = did(owner, f"inquiries/{asked['id']}/answer/", {"answer": "今天 18:00 前发出，单号稍后可查。"})
    assert (answered["state"], "contact" in answered) == ("answered", False)
    did(agent, f"inquiries/{asked['id']}/assign/", {"merchant": merchant.pk}, 409)
    assert Inquiry.objects.get().contact == "13800138000"


def test_a_merchant_s_program_promises_and_the_agency_decides(merchant, owner):
    written = {
        "merchant": merchant.pk,
        "kind": PromiseKindFactory().pk,
        "wording": "付款后 48 小时内发出，超时按实付金额的 5% 赔付。",
        "compensation": "实付金额的 5%。",
        "resources": "仓库两班各 6 人。",
        "valid_from": "2026-03-01",
    }
    made = did(owner, "service-promises/", written, 201)
    place = f"service-promises/{made['id']}"
    assert did(owner, f"{place}/submit/")["state"] == "submitted"
    did(owner, f"{place}/approve/", {"capacity": "sufficient", "opinion": "可以"}, 403)
    desk = client_of(StaffFactory(role="merchant_desk"))
    assert (
        did(desk, f"{place}/approve/", {"capacity": "sufficient", "opinion": "发货能力足"})["state"]
        == "in_force"
    )
    did(
        client_of(StaffFactory(role="after_sales")),
        f"{place}/audit/",
        {"sample": 20, "kept": 20, "note": "抽查"},
    )
    assert [row["outcome"] for row in owner.get(f"{API}promise-audits/").json()["results"]] == ["kept"]
    assert owner.get(f"{API}promise-kinds/").json()["results"][0]["code"] == "late_shipping"


def test_a_breach_is_confirmed_by_the_terms_and_compensated(merchant, owner, agent):
    breach = BreachFactory(promise__merchant=merchant, order__merchant=merchant)
    confirmed = did(agent, f"breaches/{breach.pk}/confirm/", {"serious": True})
    assert (confirmed["state"], confirmed["serious"]) == ("confirmed", True)
    assert confirmed["amount"] == str(breach.promise.least) or confirmed["reasoning"]
    did(owner, f"breaches/{breach.pk}/dismiss/", {"note": "不认"}, 403)
    assert did(owner, f"breaches/{breach.pk}/compensate/", {"reference": "PAY1"})["state"] == "compensated"


def test_a_price_claim_is_worked_out_and_paid(merchant, owner, agent):
    line = PriceClaimFactory(line__order__merchant=merchant).line
    did(agent, "price-claims/", {"line": line.pk}, 409)
    claim = line.price_claims.get()
    assert did(owner, f"price-claims/{claim.pk}/pay/", {"reference": "PAY2"})["paid_at"]
    again = did(agent, "price-claims/", {"line": line.pk}, 201)
    assert (again["state"], again["reason"]) == ("refused", "no_sku")


@pytest.mark.clause("EJAS 6.9.2")
def test_a_merchant_s_program_issues_sends_and_red_letters_an_invoice(merchant, owner, agent):
    order = OrderFactory(merchant=merchant, amount="100.00")
    asked = did(agent, "invoices/", {"order": order.pk, "title": "林小满", "email": "lin@example.cn"}, 201)
    place = f"invoices/{asked['id']}"
    assert (asked["amount"], asked["title"], asked["email"]) == ("100.00", "林**", "lin*******e.cn")
    # An agent may not look; the merchant writes the invoice, and the trail says that it took the name.
    assert did(owner, f"{place}/particulars/")["title"] == "林小满"
    history = agent.get(f"{API}{place}/history/").json()["results"]
    assert (history[0]["verb"], "林小满" in str(history)) == ("reveal", False)

    did(owner, f"{place}/issue/", {"number": "26442000000000000001", "issued_on": "2026-03-17"})
    assert did(owner, f"{place}/send/", {"way": "page"}, 409)["code"] == "refused"
    assert did(owner, f"{place}/send/", {"way": "email"})["state"] == "sent"
    did(owner, f"{place}/particulars/", status=409)
    red = {"number": "R1", "reason": "退一件"}
    assert "keep" in did(owner, f"{place}/red_letter/", red | {"keep": "100.00"}, 400)["errors"]
    assert did(owner, f"{place}/red_letter/", red | {"keep": "60.00"})["state"] == "red"
    fresh = agent.get(f"{API}invoices/", {"state": "requested"}).json()["results"]
    assert [(row["amount"], row["replaces"]) for row in fresh] == [("60.00", asked["id"])]


def test_staff_without_the_right_to_see_people_are_not_told_whom_an_invoice_is_for():
    invoice = InvoiceFactory()
    did(client_of(StaffFactory(role="auditor")), f"invoices/{invoice.pk}/particulars/", status=403)
    assert not trail.history(invoice).filter(verb="reveal").exists()
