"""The help centre: read by everybody, found by what is asked, and the way to a person."""

import re

import pytest
import time_machine
from django.test import Client

from aftersales.models import ArticleUse, Inquiry
from aftersales.portal import help as help_centre
from aftersales.rules.inquiry import tracking_code
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.knowledge import ArticleFactory, InquiryFactory

HELP = "/portal/help/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(AT, tick=False):
        yield


def text(answer):
    return answer.content.decode()


@pytest.mark.clause("EJAS 6.1.1.2", "EJAS 6.7.1")
def test_everybody_reads_and_finds_published_answers(client: Client):
    ArticleFactory(code="K00001")
    ArticleFactory(code="K00002", audience="agents", state__title="升级流程")
    ArticleFactory(code="K00003", state="draft", state__title="还没写完")
    page = text(client.get(HELP))
    assert "付款后多久发货" in page
    assert "升级流程" not in page
    assert "还没写完" not in page
    assert "K00001" in text(client.get(HELP, {"q": "怎么还不发货"}))
    assert "没有找到" in text(client.get(HELP, {"q": "今天天气"}))
    assert "超时未发的" not in text(client.get(f"{HELP}a/K00001/"))
    assert client.get(f"{HELP}a/K00002/").status_code == 404


@pytest.mark.clause("EJAS 6.7.3")
def test_whom_it_does_not_help_asks_a_person_and_reads_the_answer(client: Client):
    article = ArticleFactory(code="K00001")
    assert client.post(f"{HELP}a/K00001/", {"helped": "yes"}).status_code == 302
    led = client.post(f"{HELP}a/K00001/", {"helped": "no"})
    assert sorted(article.versions.get().uses.values_list("kind", flat=True)) == ["helpful", "unhelpful"]
    assert "关于“付款后多久发货？”" in text(client.get(led["Location"]))

    told = client.post(f"{HELP}ask/", {"text": "怎么还不发货", "contact": "13800138000"}, follow=True)
    inquiry = Inquiry.objects.get()
    assert f"{inquiry.code}" in text(told)
    assert tracking_code(inquiry) in text(told)
    assert "3-17 10:00" in text(told)
    assert "13800138000" not in text(told)
    assert told.headers["Cache-Control"] == "no-store"

    wrong = client.post(f"{HELP}track/", {"number": inquiry.code, "code": "WRONG"})
    nobody = client.post(f"{HELP}track/", {"number": "Q999999", "code": "WRONG"})
    said = re.compile(r"编号与查询码不匹配")
    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert said.search(text(wrong))
    assert said.search(text(nobody))
    found = client.post(
        f"{HELP}track/", {"number": inquiry.code, "code": tracking_code(inquiry)}, follow=True
    )
    assert "怎么还不发货" in text(found)
    assert client.get(f"{HELP}question/abc/").status_code == 404


def test_a_question_is_settled_or_asked_again(client: Client):
    inquiry = InquiryFactory(state="answered", answer="今天发出。", answered_at=AT)
    page = f"{HELP}question/{help_centre.token_of(inquiry)}/"
    assert "今天发出。" in text(client.get(page))
    client.post(page, {"text": "还没有物流"})
    inquiry.refresh_from_db()
    assert inquiry.state == "waiting"
    client.post(f"{page}settled/")
    inquiry.refresh_from_db()
    assert inquiry.state == "closed"


def test_too_many_questions_from_one_address_are_refused(client: Client, monkeypatch):
    monkeypatch.setattr(help_centre, "QUESTIONS", 1)
    client.post(f"{HELP}ask/", {"text": "第一问"})
    answer = client.post(f"{HELP}ask/", {"text": "第二问"})
    assert (answer.status_code, Inquiry.objects.count()) == (429, 1)
    assert "第二问" in text(answer)


def test_agents_find_give_and_answer_in_the_back_office(client: Client):
    client.force_login(StaffFactory(role="after_sales"))
    article = ArticleFactory(code="K00001")
    inquiry = InquiryFactory()
    desk = "/admin/aftersales/article/answers/"
    assert "付款后多久发货" in text(client.get(desk, {"text": "催发货"}))
    client.post(desk, {"version": article.versions.get().pk})
    assert ArticleUse.objects.get().kind == "given"
    assert "暂无相关回答" in text(client.get(desk, {"text": "今天天气"}))

    page = f"/admin/aftersales/inquiry/{inquiry.pk}/"
    shown = text(client.get(f"{page}change/"))
    assert "知识库推荐回答" in shown
    assert "13800138000" not in shown
    form = client.get(f"{page}do/answer/").context["form"]
    assert form["answer"].value().startswith("现货商品")
    client.post(f"{page}do/answer/", {"answer": "今天发出。", "article_version": article.versions.get().pk})
    inquiry.refresh_from_db()
    assert inquiry.state == "answered"
    assert "待审核的知识库回答" not in text(client.get("/admin/"))


def test_an_article_is_written_on_its_page_and_listed(client: Client, django_assert_max_num_queries):
    client.force_login(StaffFactory(role="after_sales"))
    new = {
        "name": "换货",
        "topic": "returns",
        "audience": "public",
        "title": "怎么换货？",
        "answer": "7 日内。",
    }
    answer = client.post("/admin/aftersales/article/add/", new)
    assert answer.status_code == 302, answer.context["errors"]
    for _ in range(3):
        ArticleFactory()
    with django_assert_max_num_queries(14):
        assert "换货" in text(client.get("/admin/aftersales/article/"))
    with django_assert_max_num_queries(14):
        assert "怎么换货" in text(client.get("/admin/aftersales/articleversion/"))
    with django_assert_max_num_queries(14):
        client.get("/admin/aftersales/inquiry/")
