"""The knowledge base: the default article is published and breaks no clause; the default question waits."""

import datetime

import factory

from aftersales.models import Article, ArticleVersion, Inquiry
from tests.factories import AT, DAY, RecordFactory

State = ArticleVersion.State


class ArticleFactory(RecordFactory):
    """An article with a published answer: ``ArticleFactory(state="draft")``, ``state=None`` for none."""

    class Meta:
        model = Article

    code = factory.Sequence(lambda number: f"K{90_000 + number}")
    name = "发货时间"
    topic = "logistics"
    review_on = DAY + datetime.timedelta(days=180)

    @factory.post_generation
    def state(self, create, extracted, **words):
        """The version that the article has."""
        if extracted != "none":
            ArticleVersionFactory(article=self, state=extracted or State.PUBLISHED, **words)


class ArticleVersionFactory(RecordFactory):
    """A version; published unless told otherwise."""

    class Meta:
        model = ArticleVersion

    article = factory.SubFactory(ArticleFactory, state="none")
    number = 1
    state = State.PUBLISHED
    title = "付款后多久发货？"
    keywords = "不发货 催发货 什么时候发"
    answer = "现货商品在付款后 48 小时内发出，预售商品按页面标注的时间发出。"
    internal = "超时未发的，登记投诉并联系商家。"
    basis = "服务方案"
    submitted_at = factory.LazyAttribute(lambda row: AT if row.state in ArticleVersion.FROZEN else None)
    decided_at = factory.SelfAttribute("submitted_at")


class InquiryFactory(RecordFactory):
    """A question that waits, promised for the next day."""

    class Meta:
        model = Inquiry

    code = factory.Sequence(lambda number: f"Q{900_000 + number}")
    topic = "logistics"
    text = "付款三天了还不发货，什么时候能发？"
    contact = "13800138000"
    asked_at = AT
    due_at = AT + datetime.timedelta(hours=24)
