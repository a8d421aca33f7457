"""KNOWLEDGE: whether an answer may be given to buyers, and what of it is to be looked at again."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Article, ArticleVersion, Topic
from mcn.claims import categories
from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.claims.terms import Regime
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = ArticleVersion.State
SPOKEN = ["title", "keywords", "answer"]
# What changes from week to week is given out only where it says on what it rests.
NEEDS_BASIS = [Topic.PROMOTION, Topic.PROMISE, Topic.QUALITY, Topic.PRICE]
ELSEWHERE = re.compile(
    r"https?://\S+|www\.\S+|(?:加|私聊|联系)?(?:微信|薇信|VX|vx|QQ|扣扣)(?:号|群)?[:：]?\s*[A-Za-z0-9_-]{5,}"
)
PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{16,19})(?!\d)")


def regime_of(article):
    """The wording rules by which an article is judged: those of its category's goods, or the general ones."""
    return categories.regime_of(article.category.claim_regime) if article.category_id else Regime.GENERAL


def scan(text, regime=Regime.GENERAL):
    """The hits of a text that buyers are to read."""
    return scanner().scan(text, regime).hits


def hits_of(version):
    """The hits of every text of a version that buyers read, each with its field."""
    regime = regime_of(version.article)
    return [
        {"place": name, **hit.as_dict()} for name in SPOKEN for hit in scan(getattr(version, name), regime)
    ]


def banned(text, regime=Regime.GENERAL):
    """What may not be said in a text, each as it is told to whoever wrote it."""
    for hit in scan(text, regime):
        if hit.outcome is Outcome.BANNED:
            said = _("“%(matched)s”: %(reason)s %(suggestion)s")
            yield said % {"matched": hit.matched, "reason": hit.reason, "suggestion": hit.suggestion}


def leads_elsewhere(text):
    """The links and private accounts in a text, which would lead a buyer away from the platform."""
    for found in ELSEWHERE.finditer(text):
        yield _("“%(found)s” leads the buyer away from the platform: take it out.") % {"found": found[0]}


def tells_of_people(text):
    """The phones, identity and card numbers in a text, without repeating them."""
    if PERSONAL.search(text):
        yield _("It holds a phone, identity or card number: take it out.")


@clause("EJAS 6.7.2", "EJAS 6.7.3 -1")
def says_nothing_banned(version, on):
    """An answer holds no word that the claim scan bans for the goods it speaks of."""
    regime = regime_of(version.article)
    for name in SPOKEN:
        for said in banned(getattr(version, name), regime):
            yield version, said


@clause("EJAS 6.7.3 -3")
def leads_nowhere_else(version, on):
    """An answer sends no buyer to goods, sites or accounts outside the platform."""
    for said in leads_elsewhere(version.answer):
        yield version, said


@clause("EJAS 6.7.3 -5")
def tells_of_nobody(version, on):
    """No text of an answer, not even the agents' part, holds anybody's personal numbers."""
    for name in [*SPOKEN, "internal"]:
        for said in tells_of_people(getattr(version, name)):
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
