"""KNOWLEDGE: whether an answer may be given to buyers, and what of it is to be looked at again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Article, ArticleVersion, Topic
from aftersales.rules import wording
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = ArticleVersion.State
SPOKEN = ["title", "keywords", "answer"]
# What changes from week to week is given out only where it says on what it rests.
NEEDS_BASIS = [Topic.PROMOTION, Topic.PROMISE, Topic.QUALITY, Topic.PRICE]


def hits_of(version):
    """The hits of every text of a version that buyers read, each with its field."""
    regime = wording.regime_of(version.article)
    return [
        {"place": name, **hit.as_dict()}
        for name in SPOKEN
        for hit in wording.scan(getattr(version, name), regime)
    ]


@clause("EJAS 6.7.2", "EJAS 6.7.3 -1")
def says_nothing_banned(version, on):
    """An answer holds no word that the claim scan bans for the goods it speaks of."""
    regime = wording.regime_of(version.article)
    for name in SPOKEN:
        for said in wording.banned(getattr(version, name), regime):
            yield version, said


@clause("EJAS 6.7.3 -3")
def leads_nowhere_else(version, on):
    """An answer sends no buyer to goods, sites or accounts outside the platform."""
    for said in wording.leads_elsewhere(version.answer):
        yield version, said


@clause("EJAS 6.7.3 -5")
def tells_of_nobody(version, on):
    """No text of an answer, not even the agents' part, holds anybody's personal numbers."""
    for name in [*SPOKEN, "internal"]:
        for said in wording.tells_of_people(getattr(version, name)):
            yield version, said


@clause("EJAS 6.1.3.1", "GDAS 5.3.2 f", "DB4401 6.4.2 g")
def says_what_it_rests_on(version, on):
    """What is said of promotions, promises, goods and prices names the rule or paper that it rests on."""
    if version.article.topic in NEEDS_BASIS and not version.basis.strip():
        yield (
            version,
            _("say on which rule, plan or report it rests: nothing unverified is given out"),
        )


@clause("EJAS 6.7.1", level="should")
def is_looked_at_in_time(version, on):
    """A published answer was looked at again before its day came."""
    due = version.article.review_on
    if version.state == State.PUBLISHED and due and due < on:
        yield version, _("it was to be looked at again on %(day)s") % {"day": f"{due:%Y-%m-%d}"}


KNOWLEDGE = Rulebook(
    "knowledge",
    gettext_lazy("knowledge base"),
    [
        says_nothing_banned,
        leads_nowhere_else,
        tells_of_nobody,
        says_what_it_rests_on,
        is_looked_at_in_time,
    ],
    lambda versions: versions.select_related("article__category"),
    mend=admin_page,
    subjects=lambda: ArticleVersion.objects.filter(state=State.PUBLISHED),
)

# What the help centre and the agents must be able to answer at least.
ANSWERED = {
    Topic.PROMOTION: "GDAS 5.3.2 f",
    Topic.PROMISE: "GDAS 5.3.2 f",
    Topic.PAYMENT: "GDAS 5.3.2 g",
    Topic.LOGISTICS: "GDAS 5.3.2 g",
    Topic.RETURNS: "GDAS 5.3.2 g",
}


def unanswered():
    """The topics that the standards name and on which no answer is published: pairs of topic and clause."""
    told = set(ArticleVersion.objects.public().values_list("article__topic", flat=True))
    return [(topic, code) for topic, code in ANSWERED.items() if topic not in told]


def shown(articles=None):
    """Published answers of articles, with the article of each."""
    rows = ArticleVersion.objects.published()
    return rows if articles is None else rows.filter(article__in=articles)


def is_public(article):
    """Whether buyers may read an article's published answer."""
    return article.audience == Article.Audience.PUBLIC
