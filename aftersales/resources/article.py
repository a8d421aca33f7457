"""The knowledge base by spreadsheet: one row for each article, with the words of its newest version."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import article as articles
from aftersales.filters.article import ArticleFilter
from aftersales.models import Article, ArticleVersion, Topic
from aftersales.resources.owned import brought
from mcn.kit.identity import compact, normalise
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.models import Category, Merchant

ABOUT = ["name", "topic", "audience"]


def newest(article):
    """The version that is written on or was written last, if there is one."""
    return max(article.versions.all(), key=lambda version: version.number, default=None)


def _word(name, label, synonyms, **options):
    """A column of the words of an answer."""
    return Column(
        name,
        label,
        synonyms=synonyms,
        extract=lambda article: getattr(newest(article), name, ""),
        **options,
    )


COLUMNS = [
    Column(
        "code",
        gettext_lazy("article number"),
        Kind.CODE,
        ("文章编号", "知识编号", "编号", "article number"),
        help=gettext_lazy("Empty for a new article; the product gives the number."),
        extract=lambda article: article.code,
    ),
    Column(
        "name",
        pgettext_lazy("article", "subject"),
        synonyms=("主题", "知识名称", "subject"),
        required=True,
        help=gettext_lazy("An article without a number is found by it."),
        example="发货时间",
        width=20,
    ),
    Column("topic", gettext_lazy("topic"), Kind.CHOICE, ("分类", "主题分类", "topic"), choices=Topic.choices),
    Column(
        "audience",
        gettext_lazy("for"),
        Kind.CHOICE,
        ("可见范围", "适用对象", "audience"),
        choices=Article.Audience.choices,
        help=gettext_lazy("Empty: buyers and agents."),
    ),
    Column(
        "category",
        gettext_lazy("category"),
        synonyms=("商品类目", "类目", "category"),
        help=gettext_lazy("Its full name or its code; empty where it holds for all goods."),
        extract=lambda article: article.category.full_name if article.category else "",
        width=20,
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        help=gettext_lazy("Empty where it holds for all merchants."),
        extract=lambda article: article.merchant.code if article.merchant else "",
    ),
    _word(
        "title",
        pgettext_lazy("article", "question"),
        ("问题", "标题", "question"),
        required=True,
        help=gettext_lazy("As a buyer would ask it, in one sentence."),
        example="付款后多久发货？",
        width=30,
    ),
    _word(
        "keywords",
        gettext_lazy("other words for it"),
        ("相似问法", "关键词", "keywords"),
        example="不发货 催发货",
        width=24,
    ),
    _word(
        "answer",
        gettext_lazy("answer"),
        ("答案", "标准答案", "回答", "answer"),
        required=True,
        help=gettext_lazy("It waits as a draft until somebody else approves it."),
        example="现货商品在付款后 48 小时内发出。",
        width=50,
    ),
    _word("internal", gettext_lazy("for agents"), ("内部说明", "客服备注", "internal"), width=30),
    _word("basis", gettext_lazy("basis"), ("依据", "basis"), width=20),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        ("状态", "state"),
        choices=ArticleVersion.State.choices,
        help=gettext_lazy("Only for reading: answers are approved in the back office."),
        extract=lambda article: getattr(newest(article), "state", ""),
    ),
]


class ArticleSheet(Sheet):
    """One row for each article; other words than the newest version's make a draft that somebody approves."""

    name = "articles"
    label = gettext_lazy("knowledge articles")
    model = Article
    columns = COLUMNS
    needed = [["name"], ["title"], ["answer"]]
    title = ["code", "name"]
    max_rows = 20_000
    chunk_rows = 500

    def open(self, run):
        categories = list(Category.objects.all())
        run.known["category"] = {normalise(row.full_name): row for row in categories}
        run.known["category"] |= {row.code: row for row in categories}
        run.known["merchant"] = {row.code: row for row in Merchant.objects.all()}

    def identity(self, row, run):
        return compact(row.get("code")) or normalise(row.get("name")) or None

    def plan(self, rows, run):
        keys = {self.identity(row, run) for row in rows}
        known, doubled = {}, set()
        for name, field in (("name", "name__in"), ("code", "code__in")):
            for article in self.seen_by(run.by, Article.objects.filter(**{field: keys})):
                word = normalise(getattr(article, name))
                if known.setdefault(word, article).pk != article.pk:
                    doubled.add(word)
        plans = [self._plan(row, known, doubled, run) for row in rows]
        fresh = [(plan.row, plan.target[0]) for plan in plans if plan.target and not plan.row.problems]
        run.validate(fresh, exclude=["code"])
        drafts = [
            (plan.row, _draft(*plan.target))
            for plan in plans
            if plan.target and plan.target[1] and not plan.row.problems
        ]
        run.validate(drafts, exclude=["article", "number"])
        return plans

    def _plan(self, row, known, doubled, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        key = self.identity(row, run)
        article = known.get(key)
        if article is None and row.get("code"):
            run.refuse(row, "code", _("No article has this number; leave it empty for a new one."))
        if key in doubled:
            run.refuse(row, "name", _("Several articles are called so: give the article number."))
        links = {
            "category": self._linked(row, "category", normalise, run),
            "merchant": self._linked(row, "merchant", compact, run),
        }
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        article = article or Article()
        version = newest(article) if article.pk else None
        changes = dict(brought(article, row, ABOUT))
        for name, linked in links.items():
            if linked is not None and linked != getattr(article, name):
                changes[name] = [str(getattr(article, name) or ""), str(linked)]
        words = dict(brought(version or ArticleVersion(), row, ArticleVersion.CONTENT))
        if words and version and version.state == ArticleVersion.State.SUBMITTED:
            message = _("%(row)s waits for approval: take it back before you change its words.")
            run.refuse(row, next(iter(words)), message % {"row": article.code})
        for name in changes:
            setattr(article, name, links.get(name) or row.get(name))
        target = (article, {name: row.get(name) for name in words}, bool(changes))
        if article.pk is None:
            return Plan(row, Outcome.CREATED, target, changes | words)
        outcome = Outcome.UPDATED if changes or words else Outcome.UNCHANGED
        return Plan(row, outcome, target, changes | words)

    def _linked(self, row, name, meant, run):
        word, rows = meant(row.get(name)), run.known[name]
        if word and word not in rows:
            run.refuse(row, name, _("There is no such row: “%(value)s”.") % {"value": word[:40]})
        return rows.get(word)

    def write(self, plans, run):
        by, at = run.by, run.at
        for plan in plans:
            article, words, changed = plan.target
            if article.pk is None:
                articles.add(article, words=words, by=by, at=at)
                continue
            if changed:
                articles.change(article, by=by, at=at)
            version = newest(article)
            if words and version and version.editable:
                articles.save_draft(version, words=words, by=by, at=at)
            elif words:
                articles.open_version(article, words=words, by=by, at=at)

    def export_queryset(self, user, params):
        rows = Article.objects.all() if user is None else Article.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return ArticleFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the words that the cells show, in one query more."""
        versions = ArticleVersion.objects.defer("words")
        return queryset.select_related("category", "merchant").prefetch_related(
            Prefetch("versions", versions)
        )


def _draft(article, words, _changed):
    """The version that the words would make, to be judged."""
    last = newest(article) if article.pk else None
    before = {name: getattr(last, name) for name in ArticleVersion.CONTENT} if last else {}
    return ArticleVersion(article=article, number=1, **before | words)
