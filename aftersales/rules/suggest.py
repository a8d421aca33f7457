"""Which articles answer a question or a complaint, the likeliest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from aftersales.models import ArticleVersion, Topic
from mcn.kit import fulltext

MOST = 5
# Of two answers with like words the one about the same goods or of the same merchant is the better one.
SAME_MERCHANT, SAME_CATEGORY, SAME_TOPIC = 1.3, 1.2, 1.3
# Below this share of the best one's score an answer only happens to share a word.
NEAR = 0.25
TOPIC_OF_WORDS = {
    Topic.LOGISTICS: ["发货", "物流", "快递", "签收", "派送", "配送", "催单", "单号"],
    Topic.RETURNS: ["退货", "退款", "换货", "退换", "七天", "运费", "退回"],
    Topic.WARRANTY: ["维修", "保修", "三包", "质保", "返修"],
    Topic.PRICE: ["价保", "降价", "差价", "补差", "买贵"],
    Topic.INVOICE: ["发票", "开票", "抬头", "税号"],
    Topic.PAYMENT: ["付款", "支付", "扣款", "定金", "尾款"],
    Topic.PROMOTION: ["赠品", "优惠", "满减", "红包", "抽奖", "活动"],
    Topic.PROMISE: ["承诺", "必赔", "保障"],
    Topic.COMPLAINT: ["投诉", "举报", "维权", "赔偿"],
}


@dataclass(frozen=True)
class Suggestion:
    """An answer that may fit, with how well it does against the best one (1 is the best)."""

    version: Any
    share: float

    @property
    def percent(self):
        return round(self.share * 100)


def topic_of(text):
    """What a question is most likely about, by the words that buyers use for each topic."""
    counts = {topic: sum(text.count(word) for word in words) for topic, words in TOPIC_OF_WORDS.items()}
    best = max(counts, key=lambda topic: counts[topic])
    return best if counts[best] else Topic.OTHER


def suggest(text, *, public, merchant=None, category=None, topic="", most=MOST):
    """The published answers nearest to a text: for buyers the public ones, for agents all of them.

    Answers about one merchant's goods come only where it is that merchant, those about a category only within
    it; where the question tells of neither, they stay, for the words alone have to decide.
    """
    rows = ArticleVersion.objects.public() if public else ArticleVersion.objects.published()
    rows = _of(rows, merchant, category)
    found = list(fulltext.candidates(rows, text))
    if not found:
        return []
    scored = [
        (row, score * _fit(row.article, merchant, category, topic or topic_of(text)))
        for row, score in fulltext.nearest(found, text, total=rows.count())
    ]
    scored.sort(key=lambda pair: (-pair[1], pair[0].pk))
    best = scored[0][1]
    near = [(row, score / best) for row, score in scored[:most] if score >= best * NEAR]
    return [Suggestion(row, share) for row, share in near]


def suggest_for(complaint):
    """What the knowledge base says to a complaint, for the agent who answers it."""
    category = complaint.product.category if complaint.product_id else None
    return suggest(complaint.text, public=False, merchant=complaint.merchant, category=category)


def _of(rows, merchant, category):
    if merchant is not None:
        rows = rows.filter(Q(article__merchant=None) | Q(article__merchant=merchant))
    if category is not None:
        rows = rows.filter(Q(article__category=None) | Q(article__category__code__in=_above(category.code)))
    return rows.select_related("article__category")


def _above(code):
    """A category's code and those of its parents."""
    parts = code.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts) + 1)]


def _fit(article, merchant, category, topic):
    fit = 1.0
    if merchant is not None and article.merchant_id == merchant.pk:
        fit *= SAME_MERCHANT
    if category is not None and article.category_id:
        fit *= SAME_CATEGORY
    return fit * SAME_TOPIC if article.topic == topic else fit
