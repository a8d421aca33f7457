"""What consumers think of a service: stars by dimension and words, with the answer they got."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from aftersales.models.lexicon import Sentiment
from mcn.agency.models import Platform
from mcn.kit.clock import business_day
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.privacy import EncryptedField
from mcn.kit.records import Record
from mcn.kit.search import SearchField, TokenIndex
from mcn.kit.visibility import SharedQuerySet

MOST_STARS = 5


class Service(models.TextChoices):
    """What kind of service is reviewed; each has dimensions of its own."""

    PURCHASE = "purchase", pgettext_lazy("service", "purchase in a show")
    CONSULTATION = "consultation", pgettext_lazy("service", "consultation")
    RETURN = "return", pgettext_lazy("service", "return or exchange")
    REPAIR = "repair", pgettext_lazy("service", "repair")
    COMPLAINT = "complaint", pgettext_lazy("service", "complaint")


class DimensionQuerySet(SharedQuerySet):
    """Dimensions with the days on which they are asked for."""

    def in_force(self, on):
        """Those that are asked for on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class ReviewDimension(Record):
    """One thing that a kind of service is reviewed by, its weight, and the days on which it is asked for."""

    service = models.CharField(_("kind of service"), max_length=20, choices=Service)
    code = models.SlugField(_("dimension code"), max_length=20)
    name = models.CharField(_("dimension"), max_length=40)
    question = models.CharField(_("question to the consumer"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    place = models.PositiveSmallIntegerField(_("place in lists"), default=1)
    valid_from = models.DateField(_("asked from"))
    valid_to = models.DateField(_("asked until"), null=True, blank=True, help_text=_("Inclusive."))

    objects = DimensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("dimension of reviews")
        verbose_name_plural = _("dimensions of reviews")
        ordering = ["service", "place", "id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "code", "valid_from"],
                name="review_dimension_once",
                violation_error_message=_("This dimension is there already from that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="review_dimension_span",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_service_display()} · {self.name}"


class Review(About):
    """One consumer's review of one service; what was said stays, the answer comes beside it."""

    class Source(models.TextChoices):
        LINK = "link", _("by the agency's own link")
        SHEET = "sheet", _("by spreadsheet")
        PROGRAM = "program", _("by a program")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("review", "received")
        WAITING = "waiting", pgettext_lazy("review", "waits for an answer")
        ANSWERED = "answered", pgettext_lazy("review", "answered")

    MOVES = Moves(answer=([State.RECEIVED, State.WAITING], State.ANSWERED))

    service = models.CharField(_("kind of service"), max_length=20, choices=Service, default=Service.PURCHASE)
    platform = models.ForeignKey(
        Platform,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("platform"),
    )
    number = models.CharField(
        _("number"), max_length=120, help_text=_("Of the platform's review, or of the order or complaint.")
    )
    anonymous = models.BooleanField(_("anonymous"), default=False)
    author = EncryptedField(_("who said it"), blank=True, default="")
    text = models.TextField(_("what was said"), max_length=2_000, blank=True)
    score = models.DecimalField(
        pgettext_lazy("review", "score"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(MOST_STARS))],
        help_text=_("The weighted mean of its dimensions, 1 to 5."),
    )
    sentiment = models.CharField(
        _("how it sounds"), max_length=20, choices=Sentiment, default=Sentiment.NEUTRAL, editable=False
    )
    words = models.JSONField(_("words found"), default=list, blank=True, editable=False)
    given_at = models.DateTimeField(_("given at"))
    given_on = models.DateField(_("given on"), editable=False)
    source = models.CharField(
        _("how it came"), max_length=20, choices=Source, default=Source.LINK, editable=False
    )
    negative = models.BooleanField(_("negative review"), default=False, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, editable=False)
    answer = models.TextField(_("answer"), max_length=2_000, blank=True, editable=False)
    cause = models.TextField(_("cause found"), max_length=2_000, blank=True, editable=False)
    answered_by = ActorField(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    nonconformity = models.ForeignKey(
        "aftersales.Nonconformity",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reviews",
        verbose_name=_("nonconformity"),
    )
    search = SearchField(_("search"), sources=["text", "number"])

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-id"]
        default_permissions = ["add", "view"]
        permissions = [
            ("answer_review", _("Can answer a review")),
            ("reveal_review", _("Can see in clear who gave a review")),
        ]
        indexes = [
            TokenIndex(name="review_search"),
            models.Index(fields=["merchant", "given_on"], name="review_of_a_merchant"),
            models.Index(fields=["state", "-id"], name="review_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "service", "number"],
                name="review_once_on_a_platform",
                violation_error_message=_("This review is there already."),
            ),
            models.UniqueConstraint(
                fields=["service", "number"],
                condition=Q(platform=None),
                name="review_once_of_our_own",
                violation_error_message=_("This review is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(anonymous=True) | Q(author=""),
                name="anonymous_review_names_nobody",
                violation_error_message=_("An anonymous review names nobody."),
            ),
        ]

    def __str__(self):
        return f"{self.get_service_display()} {self.given_on:%Y-%m-%d} {self.score} ★"

    def clean(self):
        super().clean()
        self.number, self.author = normalise(self.number), normalise(self.author)
        if self.anonymous:
            self.author = ""
        if self.given_at:
            self.given_on = business_day(self.given_at)


class ReviewScore(Record):
    """The stars that a review gives to one dimension."""

    audited = False

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="scores", verbose_name=_("review")
    )
    dimension = models.ForeignKey(
        ReviewDimension, on_delete=models.PROTECT, related_name="scores", verbose_name=_("dimension")
    )
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)]
    )

    class Meta:
        verbose_name = _("stars of a review")
        verbose_name_plural = _("stars of reviews")
        ordering = ["review", "dimension__place", "id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "dimension"],
                name="review_score_once",
                violation_error_message=_("This dimension has its stars already."),
            )
        ]

    def __str__(self):
        return f"{self.dimension.name} {self.stars}"
