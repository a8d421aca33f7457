"""The demo's help centre: answers written by an agent, approved by the compliance officer, and questions."""

from aftersales.actions import article as articles
from aftersales.actions import inquiry as inquiries
from aftersales.actions.service_channel import sync_channels
from aftersales.models import Article, ArticleUse, ArticleVersion, Inquiry, ServiceChannel
from mcn.kit import records
from merchants.models import Merchant

WRITTEN, APPROVED = -40, -38


class KnowledgeStories:
    """Articles first, then what buyers asked lately."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data

    def stories(self):
        """Two: the writing of the articles, and the questions."""
        yield self._library()
        yield self._questions()

    def _library(self):
        agent, officer = self.stage.staff("after_sales"), self.stage.staff("compliance")
        calendar = self.stage.calendar
        yield calendar.at(WRITTEN)
        self._channels(by=agent, at=calendar.at(WRITTEN))
        made = [self._written(row, by=agent, at=calendar.at(WRITTEN)) for row in self.data["article"]]
        yield calendar.at(APPROVED)
        for version in made:
            articles.submit(version, by=agent, at=calendar.at(APPROVED))
            articles.approve(version, by=officer, at=calendar.at(APPROVED))
        yield calendar.at(-2)
        # The next version of one waits for its approval.
        fresh = articles.open_version(made[0].article, words=self.data["next"], by=agent, at=calendar.at(-2))
        articles.submit(fresh, by=agent, at=calendar.at(-2))

    def _channels(self, *, by, at):
        """How consumers reach the agency; one kind is left out, so that its finding is seen."""
        sync_channels(at=at)
        known = {channel.kind: channel for channel in ServiceChannel.objects.all()}
        for row in self.data["channel"]:
            channel = known[row["kind"]]
            for name, value in row.items():
                setattr(channel, name, value)
            records.save(channel, by=by, at=at)

    def _written(self, row, *, by, at):
        article = Article(name=row["name"], topic=row["topic"], audience=row.get("audience", "public"))
        words = {name: row[name].strip() for name in ArticleVersion.CONTENT if name in row}
        return articles.add(article, words=words, by=by, at=at).versions.get()

    def _questions(self):
        agent, calendar = self.stage.staff("after_sales"), self.stage.calendar
        for place, row in enumerate(self.data["question"]):
            at = calendar.at(row["day"], place)
            yield at
            asked = Inquiry(text=row["text"], contact=row.get("contact", ""), channel=row["channel"])
            inquiry = inquiries.ask(asked, by=None, at=at)
            if row.get("merchant"):
                merchant = Merchant.objects.filter(state=Merchant.State.ADMITTED).order_by("code").first()
                inquiries.assign(inquiry, merchant=merchant, by=agent, at=at)
            if "answer" in row:
                used = ArticleVersion.objects.published().filter(article__name=row["article"]).first()
                inquiries.answer(inquiry, answer=row["answer"], article_version=used, by=agent, at=at)
                articles.use(used, ArticleUse.Kind.HELPFUL, by=None, at=at)
