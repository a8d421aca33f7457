"""The knowledge base: what buyers ask again and again, answered once, in versions that another approves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.kit.fields import ActorField
from mcn.kit.fulltext import WordsField, WordsIndex
from mcn.kit.moves import Moves
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from merchants.models import Category, Merchant

LONGEST = 6_000


class Topic(models.TextChoices):
    """What a question is about, as buyers would sort it."""

    PROMOTION = "promotion", pgettext_lazy("topic", "promotions and gifts")
    PROMISE = "promise", pgettext_lazy("topic", "service promises")
    PAYMENT = "payment", pgettext_lazy("topic", "payment")
    LOGISTICS = "logistics", pgettext_lazy("topic", "shipping and delivery")
    RETURNS = "returns", pgettext_lazy("topic", "returns and exchanges")
    WARRANTY = "warranty", pgettext_lazy("topic", "repairs and warranty")
    QUALITY = "quality", pgettext_lazy("topic", "quality and use of goods")
    PRICE = "price", pgettext_lazy("topic", "price protection")
    INVOICE = "invoice", pgettext_lazy("topic", "invoices")
    COMPLAINT = "complaint", pgettext_lazy("topic", "complaints and rights")
    OTHER = "other", pgettext_lazy("topic", "other matters")


class ArticleQuerySet(models.QuerySet):
    """Articles."""

    def visible_to(self, user):
        """All for staff who may view them, for everybody else what the help centre shows."""
        return self if user.has_perm("aftersales.view_article") else self.public()

    def public(self):
        """What buyers may read: a published answer of an article for them."""
        published = ArticleVersion.objects.filter(state=ArticleVersion.State.PUBLISHED)
        return self.filter(audience=Article.Audience.PUBLIC, pk__in=published.values("article"))


class Article(Record):
    """A question of the knowledge base: for whom, about what, and whose goods; its answer is in versions."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("buyers and agents")
        AGENTS = "agents", _("agents only")

    code = models.CharField(_("article number"), max_length=12, unique=True, editable=False)
    name = models.CharField(
        pgettext_lazy("article", "subject"),
        max_length=100,
        help_text=_("What it is called among us; buyers read the version's title."),
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    audience = models.CharField(_("for"), max_length=20, choices=Audience, default=Audience.PUBLIC)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Empty where it holds for all goods."),
    )
    merchant = models.ForeignKey(
        Merchant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("merchant"),
        help_text=_("Empty where it holds for all merchants."),
    )
    review_on = models.DateField(
        _("to be looked at again on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Set when a version is published or confirmed."),
    )
    search = SearchField(_("search"), sources=["code", "name"])

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [("confirm_article", _("Can confirm that knowledge articles still hold"))]
        indexes = [
            models.Index(fields=["review_on"], name="article_to_review"),
            TokenIndex(name="article_search"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class ArticleVersionQuerySet(models.QuerySet):
    """Versions of articles."""

    def visible_to(self, user):
        """All for staff who may view them, for everybody else what the help centre shows."""
        return self if user.has_perm("aftersales.view_articleversion") else self.public()

    def published(self):
        """The answers that are given today, to agents."""
        return self.filter(state=ArticleVersion.State.PUBLISHED).select_related("article")

    def public(self):
        """The answers that are given today, to everybody."""
        return self.published().filter(article__audience=Article.Audience.PUBLIC)


class ArticleVersion(Record):
    """One wording of an answer; once published it never changes, and the next version takes its place."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("article", "draft")
        SUBMITTED = "submitted", pgettext_lazy("article", "waiting for approval")
        RETURNED = "returned", pgettext_lazy("article", "sent back")
        PUBLISHED = "published", pgettext_lazy("article", "published")
        SUPERSEDED = "superseded", pgettext_lazy("article", "superseded")
        RETIRED = "retired", pgettext_lazy("article", "taken out of use")

    MOVES = Moves(
        submit=([State.DRAFT, State.RETURNED], State.SUBMITTED),
        withdraw=([State.SUBMITTED], State.DRAFT),
        approve=([State.SUBMITTED], State.PUBLISHED),
        send_back=([State.SUBMITTED], State.RETURNED),
        retire=([State.PUBLISHED], State.RETIRED),
    )
    EDITABLE = [State.DRAFT, State.RETURNED]
    OPEN = [*EDITABLE, State.SUBMITTED]
    FROZEN = [State.PUBLISHED, State.SUPERSEDED, State.RETIRED]
    CONTENT = ["title", "keywords", "answer", "internal", "basis"]

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="versions", verbose_name=_("knowledge article")
    )
    number = models.PositiveIntegerField(_("version number"), editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(
        pgettext_lazy("article", "question"),
        max_length=100,
        help_text=_("As a buyer would ask it, in one sentence."),
    )
    keywords = models.CharField(
        _("other words for it"),
        max_length=300,
        blank=True,
        help_text=_("How else buyers say it, such as: not shipped, still no parcel, when will it come."),
    )
    answer = models.TextField(
        _("answer"), max_length=LONGEST, help_text=_("What buyers read; an empty line begins a paragraph.")
    )
    internal = models.TextField(
        _("for agents"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Steps, limits and whom to ask; buyers never see it."),
    )
    basis = models.CharField(
        _("basis"),
        max_length=300,
        blank=True,
        help_text=_("The clause, service plan, promotion rule or test report that it rests on."),
    )
    words = WordsField(_("words"), sources={"title": "A", "keywords": "A", "answer": "C", "internal": "D"})

    hits = models.JSONField(_("found by the claim scan"), default=list, blank=True, editable=False)
    terms = models.CharField(_("version of the terms"), max_length=80, blank=True, editable=False)
    written_by = ActorField(pgettext_lazy("article", "written by"))
    submitted_by = ActorField(pgettext_lazy("article", "submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    decided_by = ActorField(pgettext_lazy("article", "decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    comment = models.TextField(_("last comment"), blank=True, editable=False)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the knowledge base")
        verbose_name_plural = _("answers of the knowledge base")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("submit_articleversion", _("Can submit answers of the knowledge base")),
            ("withdraw_articleversion", _("Can withdraw answers of the knowledge base")),
            ("approve_articleversion", _("Can approve answers of the knowledge base")),
            ("send_back_articleversion", _("Can send answers of the knowledge base back")),
            ("retire_articleversion", _("Can take answers of the knowledge base out of use")),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="article_version_waiting"),
            WordsIndex(name="article_version_words"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="article_version_number_once",
                violation_error_message=_("A version with this number is there already."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_article_version",
                violation_error_message=_("There is an open version already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state="published"),
                name="one_published_article_version",
                violation_error_message=_("There is a published version already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded", "retired"])
                | Q(submitted_at__isnull=False, decided_at__isnull=False),
                name="published_article_says_when",
                violation_error_message=_("A published answer says when it was submitted and approved."),
            ),
        ]

    def __str__(self):
        return f"{self.article.code} v{self.number} {self.title}"

    @property
    def editable(self):
        """Whether its words may still change."""
        return self.state in self.EDITABLE

    def clean(self):
        """What was published never changes."""
        if self.pk:
            frozen = ArticleVersion._base_manager.filter(pk=self.pk, state__in=self.FROZEN)
            stored = frozen.values(*self.CONTENT).first()
            if stored and stored != {name: getattr(self, name) for name in self.CONTENT}:
                raise ValidationError(
                    _("A published answer never changes: begin a new version."), code="frozen"
                )


class ArticleUse(Record):
    """That an answer helped or did not, said by a buyer, or was given by an agent; never changed."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("given to a buyer by an agent")
        HELPFUL = "helpful", _("a buyer says it helped")
        UNHELPFUL = "unhelpful", _("a buyer says it did not help")

    version_used = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="uses", verbose_name=_("answer")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    used_at = models.DateTimeField(_("at"))
    used_by = ActorField(_("by"))
    matter_model = models.CharField(_("kind of matter"), max_length=60, blank=True, editable=False)
    matter_id = models.PositiveBigIntegerField(_("matter"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("use of an answer")
        verbose_name_plural = _("uses of answers")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["version_used", "kind"], name="article_use_kind")]

    def __str__(self):
        return f"{self.version_used} · {self.get_kind_display()}"
