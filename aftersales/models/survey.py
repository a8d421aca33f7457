"""Surveys of consumers by link: what is asked, who was asked after what, and what each of them said."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersales.models.about import About
from aftersales.models.review import Service
from mcn.kit.fields import ActorField
from mcn.kit.identity import normalise
from mcn.kit.moves import Moves
from mcn.kit.records import Record

MOST_OPTIONS = 8


class Survey(Record):
    """One questionnaire; once it is open its questions are settled, so that answers can be compared."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("survey", "draft")
        OPEN = "open", pgettext_lazy("survey", "open")
        CLOSED = "closed", pgettext_lazy("survey", "closed")

    MOVES = Moves(
        publish=([State.DRAFT], State.OPEN),
        close=([State.OPEN], State.CLOSED),
    )

    title = models.CharField(_("title"), max_length=80)
    service = models.CharField(_("asked after"), max_length=20, choices=Service, default=Service.COMPLAINT)
    intro = models.TextField(
        _("words to the consumer"), max_length=500, help_text=_("Why we ask, and how long it takes.")
    )
    good_days = models.PositiveSmallIntegerField(
        _("a link is good for (days)"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, editable=False)
    findings = models.TextField(_("what was found"), max_length=5_000, blank=True, editable=False)
    measures = models.TextField(_("what is done about it"), max_length=5_000, blank=True, editable=False)

    class Meta:
        verbose_name = _("consumer survey")
        verbose_name_plural = _("consumer surveys")
        ordering = ["-id"]
        default_permissions = ["add", "change", "view"]
        permissions = [
            ("publish_survey", _("Can open a consumer survey")),
            ("close_survey", _("Can close a consumer survey")),
            ("invite_survey", _("Can make links to a consumer survey")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(state="open"),
                name="one_open_survey_of_a_service",
                violation_error_message=_(
                    "Another survey after this kind of service is open: close it first."
                ),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def editable(self):
        """Whether its questions may change still."""
        return self.state == self.State.DRAFT


class SurveyQuestion(Record):
    """One question of a survey."""

    class Kind(models.TextChoices):
        STARS = "stars", _("one to five stars")
        YES_NO = "yes_no", _("yes or no")
        CHOICE = "choice", _("one of several")
        TEXT = "text", _("free words")

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="questions", verbose_name=_("survey")
    )
    place = models.PositiveSmallIntegerField(_("place in lists"), default=1)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STARS)
    text = models.CharField(pgettext_lazy("survey", "question"), max_length=120)
    options = models.TextField(
        _("options"), max_length=500, blank=True, help_text=_("One a line, for one of several.")
    )
    required = models.BooleanField(_("must be answered"), default=True)
    satisfaction = models.BooleanField(
        _("counts as satisfaction"), default=False, help_text=_("The stars that the satisfaction is told by.")
    )

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["survey", "place", "id"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "text"],
                name="survey_question_once",
                violation_error_message=_("This question is asked already."),
            ),
            models.CheckConstraint(
                condition=~Q(satisfaction=True) | Q(kind="stars"),
                name="satisfaction_is_told_in_stars",
                violation_error_message=_("Satisfaction is told in stars."),
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        self.text = normalise(self.text)
        lines = [normalise(line) for line in self.options.splitlines() if line.strip()]
        if self.kind != self.Kind.CHOICE:
            lines = []
        elif not 2 <= len(set(lines)) == len(lines) <= MOST_OPTIONS:
            raise ValidationError(
                {"options": _("Give 2 to %(most)s different options.") % {"most": MOST_OPTIONS}}
            )
        self.options = "\n".join(lines)

    @property
    def choices(self):
        """The options of a question that has them."""
        return self.options.splitlines()


class SurveyInvitation(About):
    """A link that asks one consumer once, after one complaint, return or order; the answer names nobody."""

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("survey")
    )
    content_type = models.ForeignKey(
        ContentType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("kind of matter"),
    )
    object_id = models.PositiveBigIntegerField(_("matter"), null=True, blank=True, editable=False)
    matter = GenericForeignKey("content_type", "object_id")
    label = models.CharField(
        _("after what"), max_length=120, help_text=_("Number of the complaint, return or order.")
    )
    invited_at = models.DateTimeField(_("made at"), editable=False)
    invited_by = ActorField(pgettext_lazy("survey", "made by"))
    expires_at = models.DateTimeField(_("good until"), editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    satisfaction = models.DecimalField(
        _("satisfaction"), max_digits=3, decimal_places=2, null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("link to a survey")
        verbose_name_plural = _("links to surveys")
        ordering = ["-id"]
        default_permissions = ["view"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="survey_of_a_matter")]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "content_type", "object_id"],
                condition=Q(object_id__isnull=False),
                name="survey_once_a_matter",
                violation_error_message=_("This consumer was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="survey_link_span",
                violation_error_message=_("A link is good for some time."),
            ),
        ]

    def __str__(self):
        return f"{self.survey} · {self.label}"


class SurveyAnswer(Record):
    """What a consumer said to one question."""

    audited = False

    invitation = models.ForeignKey(
        SurveyInvitation, on_delete=models.PROTECT, related_name="answers", verbose_name=_("link to a survey")
    )
    question = models.ForeignKey(
        SurveyQuestion,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=pgettext_lazy("survey", "question"),
    )
    stars = models.PositiveSmallIntegerField(
        _("stars"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    said = models.TextField(_("what was said"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ["invitation", "question__place", "id"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "question"],
                name="survey_answer_once",
                violation_error_message=_("This question was answered already."),
            )
        ]

    def __str__(self):
        return f"{self.question} {self.stars or self.said[:20]}"
