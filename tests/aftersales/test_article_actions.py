"""Knowledge and questions: approved by another than wrote it, answered in decent words."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from aftersales.actions import article as articles
from aftersales.actions import inquiry as inquiries
from aftersales.models import Article, ArticleUse, ArticleVersion, Inquiry
from aftersales.rules.inquiry import INQUIRIES, find, tracking_code
from mcn.kit import records
from mcn.kit.refusal import Blocked, Denied, WrongState
from tests.factories import AT, DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.knowledge import ArticleFactory, ArticleVersionFactory, InquiryFactory

State = ArticleVersion.State
WORDS = {"title": "多久发货？", "keywords": "催发货", "answer": "48 小时内发出。", "basis": "服务方案"}
LATER = AT + datetime.timedelta(hours=30)


@pytest.fixture
def writer():
    return StaffFactory(role="after_sales")


@pytest.fixture
def approver():
    return StaffFactory(role="compliance")


def first(article):
    return article.versions.get(number=1)


@pytest.mark.clause("EJAS 6.7.2", "EJAS 6.7.1", "EJAS 4.2.3 -3")
def test_an_answer_is_published_by_another_and_looked_at_again_later(writer, approver):
    article = articles.add(Article(name="发货时间", topic="logistics"), words=WORDS, by=writer, at=AT)
    version = first(article)
    with pytest.raises(Denied):
        articles.submit(version, by=MerchantUserFactory(), at=AT)
    articles.submit(version, by=writer, at=AT)
    with pytest.raises(Denied, match="提交"):
        articles.approve(version, by=writer, at=AT)

    articles.approve(version, by=approver, at=AT)

    article.refresh_from_db()
    assert (article.code, version.state, version.decided_by) == ("K00001", State.PUBLISHED, approver)
    assert article.review_on == DAY + datetime.timedelta(days=180)
    articles.confirm(article, by=approver, at=AT + datetime.timedelta(days=100))
    assert article.review_on == DAY + datetime.timedelta(days=280)


@pytest.mark.clause("EJAS 6.7.2")
def test_what_the_scan_bans_is_kept_with_the_version_and_not_published(writer, approver):
    version = ArticleVersionFactory(state="draft", answer="全网第一，根治失眠。")
    articles.submit(version, by=writer, at=AT)
    assert {hit["place"] for hit in version.hits} == {"answer"}
    assert version.terms
    with pytest.raises(Blocked, match=r"EJAS 6\.7\.2"):
        articles.approve(version, by=approver, at=AT)
    articles.send_back(version, note="删去绝对化用语", by=approver, at=AT)
    articles.save_draft(version, words={"answer": "助眠枕请按说明使用。"}, by=writer, at=AT)
    assert (version.state, version.written_by) == (State.RETURNED, writer)


def test_the_next_version_takes_the_place_of_the_one_before(writer, approver):
    article = ArticleFactory()
    old = first(article)
    old.answer = "改了"
    with pytest.raises(ValidationError, match="不能修改"):
        records.save(old, by=None, at=AT)
    new = articles.open_version(article, words={"answer": "24 小时内发出。"}, by=writer, at=AT)
    with pytest.raises(WrongState):
        articles.open_version(article, by=writer, at=AT)
    assert (new.number, new.title) == (2, "付款后多久发货？")
    articles.submit(new, by=writer, at=AT)
    articles.approve(new, by=approver, at=AT)

    old.refresh_from_db()
    assert (old.state, new.state) == (State.SUPERSEDED, State.PUBLISHED)
    articles.retire(new, note="活动结束", by=approver, at=AT)
    assert not ArticleVersion.objects.public().exists()
    with pytest.raises(WrongState):
        articles.use(new, ArticleUse.Kind.GIVEN, by=writer, at=AT)


@pytest.mark.clause("EJAS 6.1.2.2", "EJAS 6.7.3")
def test_a_question_goes_to_a_person_who_promised_when(writer):
    inquiry = inquiries.ask(Inquiry(text="快递三天不动了，是不是丢件"), by=None, at=AT)
    assert (inquiry.code, inquiry.topic) == ("Q000001", "logistics")
    assert inquiry.due_at == AT + datetime.timedelta(hours=24)
    assert INQUIRIES.inspect(inquiry, on=DAY).findings == []
    assert [found.clause for found in INQUIRIES.inspect(inquiry, on=DAY.replace(day=20)).findings] == [
        "EJAS 6.1.2.2"
    ]
    assert find("q000001", tracking_code(inquiry).lower()) == inquiry
    assert find("Q000001", "00000000") is None
    assert find("Q999999", tracking_code(inquiry)) is None

    article = first(ArticleFactory())
    inquiries.answer(inquiry, answer="已请快递核查。", article_version=article, by=writer, at=AT)

    assert (inquiry.state, inquiry.answered_by) == (Inquiry.State.ANSWERED, writer)
    assert article.uses.get().matter_id == inquiry.pk
    inquiries.ask_again(inquiry, text="还是没动", by=None, at=LATER)
    assert (inquiry.state, inquiry.rounds) == (Inquiry.State.WAITING, 2)
    assert inquiry.due_at == LATER + datetime.timedelta(hours=24)
    with pytest.raises(ValidationError):
        inquiries.close(inquiry, by=writer, at=LATER)
    inquiries.close(inquiry, note="电话已告知", by=writer, at=LATER)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("你这个傻逼自己看说明书", r"EJAS 6\.1\.2\.1"),
        ("请加 QQ 123456789 处理", r"EJAS 6\.7\.3 -3"),
        ("找张经理 13800138000", r"EJAS 6\.7\.3 -5"),
    ],
)
@pytest.mark.clause("EJAS 6.1.2.1", "EJAS 6.7.3 -3", "EJAS 6.7.3 -4", "EJAS 6.7.3 -5")
def test_an_indecent_answer_does_not_go_out(writer, words, clause):
    inquiry = InquiryFactory()
    with pytest.raises(Blocked, match=clause):
        inquiries.answer(inquiry, answer=words, by=writer, at=AT)
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.answer) == (Inquiry.State.WAITING, "")


@pytest.mark.clause("GDAS 5.3.2 f", "GDAS 5.3.2 g", "DB4401 6.4.2 g", "DB4401 6.4.2 h", "EJAS 6.1.2.3")
@pytest.mark.clause("EJAS 6.7.3 -2")
def test_a_merchant_answers_what_was_handed_to_it_and_nothing_else(writer):
    person = MerchantUserFactory(role="customer_service")
    merchant = person.memberships.get().merchant
    inquiry = InquiryFactory()
    with pytest.raises(Denied):
        inquiries.answer(inquiry, answer="今天发出。", by=person, at=AT)
    with pytest.raises(ValidationError):
        inquiries.assign(inquiry, by=writer, at=AT)
    inquiries.assign(inquiry, merchant=merchant, by=writer, at=AT)
    assert list(Inquiry.objects.visible_to(person)) == [inquiry]
    assert not Inquiry.objects.visible_to(MerchantUserFactory()).exists()
    inquiries.answer(inquiry, answer="今天发出。", by=person, at=AT)
    assert inquiry.answered_by == person
